"""The ZIP of everything: each file under its name and hash, and the same bytes for the same files."""

from __future__ import annotations

import hashlib
import subprocess
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.bundle import MANIFEST, SUMS, File, bundle, file_name
from tests.reports.samples import sample_package

if TYPE_CHECKING:
    from pathlib import Path

STAMP: Final = sample_package().stamp
FILES: Final = (File("自查报告.docx", b"PK letter"), File("附件2检查评估表.pdf", b"%PDF table"))


def test_every_file_is_in_it_with_its_hash() -> None:
    with ZipFile(BytesIO(bundle(STAMP, FILES))) as made:
        assert made.namelist() == ["自查报告.docx", "附件2检查评估表.pdf", MANIFEST, SUMS]
        manifest = orjson.loads(made.read(MANIFEST))
        for file, said in zip(FILES, manifest["files"], strict=True):
            assert made.read(file.name) == file.content
            assert said == {
                "name": file.name,
                "bytes": len(file.content),
                "sha256": hashlib.sha256(file.content).hexdigest(),
            }
    assert (manifest["code"], manifest["station"], manifest["is_draft"]) == (STAMP.code, STAMP.station, False)


def test_the_hashes_can_be_checked_with_the_usual_tool(tmp_path: Path) -> None:
    with ZipFile(BytesIO(bundle(STAMP, FILES))) as made:
        made.extractall(tmp_path)
    subprocess.run(["sha256sum", "--check", "--strict", SUMS], cwd=tmp_path, check=True, capture_output=True)  # noqa: S603, S607


def test_the_same_files_give_the_same_bytes() -> None:
    assert bundle(STAMP, FILES) == bundle(STAMP, FILES)


@given(st.text(), st.text())
def test_a_name_is_never_a_path(station: str, document: str) -> None:
    try:
        name = file_name(station, document)
    except ValueError:
        return
    assert not set('/\\:*?"<>|\n\x00') & set(name)
    assert name.strip(". ") == name
    assert len(name.encode()) <= 250


@pytest.mark.parametrize("words", ["../../x", "C:\\windows", "a/b", "..", "\u202egnp.exe"])
def test_what_looks_like_a_path_or_hides_its_end_does_not_stay_one(words: str) -> None:
    assert file_name(words, "自查报告").endswith("自查报告")
    assert "/" not in file_name(words, "自查报告")
    assert "\u202e" not in file_name(words, "自查报告")
