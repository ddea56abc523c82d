"""`zicha db`: what it says, and with which exit status."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from bot.cli.db import command
from bot.localization import LOCALES, Localizers
from storage.codes import StorageCode
from storage.lock import hold

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from bot.localization import Localizer


@pytest.fixture(params=LOCALES)
def localizer(request: pytest.FixtureRequest) -> Localizer:
    """Each language."""
    return Localizers.load("Asia/Shanghai").of(request.param)


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder that the settings name."""
    monkeypatch.setenv("ZICHA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("ZICHA_DATABASE_URL", raising=False)
    return tmp_path / "data"


def _run(localizer: Localizer, *arguments: str) -> Result:
    return CliRunner().invoke(command(localizer), arguments)


def _assert_said(text: str) -> None:
    assert text.strip()
    assert not re.search(r"[{}]|cli\.db|problem\.", text)


def test_a_database_is_made_backed_up_and_restored(localizer: Localizer, data_dir: Path) -> None:
    backup = str(data_dir / "backup.db")
    for arguments in (["migrate"], ["migrate"], ["backup", backup], ["restore", backup], ["migrate"]):
        result = _run(localizer, *arguments)
        assert (result.exit_code, result.stderr) == (0, "")
        _assert_said(result.stdout)
    assert len(list(data_dir.glob("zicha.db.before-restore-*"))) == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["backup", "none.db"], StorageCode.NO_DATABASE),
        (["restore", "none.db"], StorageCode.NO_BACKUP),
        (["migrate"], StorageCode.IN_USE),
    ],
)
def test_a_refusal_has_its_code_one_line_and_exit_status_1(
    localizer: Localizer, data_dir: Path, arguments: list[str], code: StorageCode
) -> None:
    with hold(data_dir):
        result = _run(localizer, *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{code} ")
    assert result.stderr.count("\n") == 1
    _assert_said(result.stderr)


@pytest.mark.parametrize("arguments", [["--help"], ["migrate", "--help"], ["backup", "--help"], ["restore", "--help"]])
def test_help_is_in_the_persons_language(localizer: Localizer, arguments: list[str]) -> None:
    result = _run(localizer, *arguments)
    assert result.exit_code == 0
    _assert_said(result.stdout)


def test_every_refusal_has_its_sentence(localizer: Localizer) -> None:
    for code in StorageCode:
        assert localizer.translations.gettext(f"problem.{code}") != f"problem.{code}"
