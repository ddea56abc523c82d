"""`zicha db`: what it says, and with which exit status."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from bot.cli import commands
from bot.cli.db import command
from bot.localization import LOCALES, Localizers
from storage.codes import StorageCode
from storage.files import FileStore
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
    backup = str(data_dir / "backup")
    for arguments in (["migrate"], ["migrate"], ["backup", backup], ["restore", backup], ["migrate"]):
        result = _run(localizer, *arguments)
        assert (result.exit_code, result.stderr) == (0, "")
        _assert_said(result.stdout)
    assert len(list(data_dir.glob("zicha.db.before-restore-*"))) == 1


def test_the_doctor_finds_nothing_wrong_with_what_was_restored_elsewhere(
    localizer: Localizer, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = str(data_dir.parent / "backup")
    _run(localizer, "migrate")
    _show(data_dir, FileStore(data_dir).keep(b"a photo"))
    assert _run(localizer, "backup", backup).exit_code == 0
    monkeypatch.setenv("ZICHA_DATA_DIR", str(data_dir.parent / "elsewhere"))
    assert _run(localizer, "restore", backup).exit_code == 0
    told = CliRunner().invoke(commands(localizer), ["doctor", "--offline", "--json"])
    assert told.exit_code == 0, told.stdout
    files = next(each for each in json.loads(told.stdout) if each["check"] == "files")
    assert (files["state"], files["files"], files["lost"], files["strays"]) == ("ok", 1, [], [])


def test_a_lost_file_is_told_with_exit_status_1_and_the_backup_stands(localizer: Localizer, data_dir: Path) -> None:
    _run(localizer, "migrate")
    _show(data_dir, "ab" * 32)
    for arguments in (["backup", str(data_dir / "backup")], ["restore", str(data_dir / "backup")]):
        result = _run(localizer, *arguments)
        assert result.exit_code == 1
        assert "ab" * 32 in result.stderr
        _assert_said(result.stdout)
        _assert_said(result.stderr)


def _show(data_dir: Path, name: str) -> None:
    """Note in the database that an assessment was shown the file."""
    with closing(sqlite3.connect(data_dir / "zicha.db")) as connection, connection:
        connection.execute("insert into person (id, telegram_id, created_at) values (1, 100, '')")
        connection.execute(
            "insert into assessment (id, rubric, version, kind, owner, created_at, changed_at)"
            " values (7, 'r', 1, 'practice', 1, '', '')"
        )
        connection.execute("insert into file values (7, ?, 5, '')", (name,))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["backup", "none"], StorageCode.NO_DATABASE),
        (["restore", "none"], StorageCode.NO_BACKUP),
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
