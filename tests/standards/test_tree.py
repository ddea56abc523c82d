"""What must not stand in any file of the project."""

from __future__ import annotations

import re

import pytest

from tests.standards.tree import ROOT, files, name_of

TEXTS = [path for path in files() if path.suffix not in {".png", ".jpg", ".ico", ".woff2", ".pdf", ".docx", ".db"}]
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:" + "home|root|Users|work|mnt" + r")/\w")


@pytest.fixture(scope="module")
def contents() -> dict[str, str]:
    """Every text file, by its name."""
    return {name_of(path): path.read_text(encoding="utf-8") for path in TEXTS}


def test_nothing_is_left_unfinished(contents: dict[str, str]) -> None:
    assert [name for name, text in contents.items() if UNFINISHED.search(text)] == []


def test_no_file_knows_the_machine_it_was_written_on(contents: dict[str, str]) -> None:
    assert [name for name, text in contents.items() if MACHINE_PATH.search(text)] == []


def test_lines_end_plainly_and_files_end_with_one(contents: dict[str, str]) -> None:
    official = {"bot/rubric/data/sichuan-2017/notice.txt"}
    for name, text in contents.items():
        if name not in official and text:
            assert "\r" not in text, name
            assert text.endswith("\n"), name
            assert not text.endswith("\n\n"), name


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").iterdir()), ids=name_of)
def test_requirements_name_packages_not_addresses(path: object) -> None:
    lines = [line for line in (ROOT / str(path)).read_text("utf-8").splitlines() if not line.lstrip().startswith("#")]
    assert [line for line in lines if re.search(r"://|git\+|(^|\s)@|--(extra-)?index-url|--find-links|^\.", line)] == []


def test_every_pinned_requirement_has_its_hash() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        text = re.sub(r"\\\n", " ", path.read_text(encoding="utf-8"))
        pinned = [line for line in text.splitlines() if "==" in line and not line.lstrip().startswith("#")]
        assert pinned
        assert [line.split()[0] for line in pinned if "--hash=sha256:" not in line] == []
