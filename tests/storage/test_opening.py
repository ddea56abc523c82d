"""Which databases are opened, made, migrated, and refused."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.errors import StartupRefusedError
from storage import opening, schema
from storage.addresses import database_path, read_only_uri
from storage.backup import verify
from storage.codes import StorageCode
from storage.inspection import inspect
from storage.opening import make_ready, open_storage
from storage.schema import Schema
from tests.storage.builders import NOW, update

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder that is not there yet."""
    return tmp_path / "data" / "zicha"


@pytest.fixture
def initialised(data_dir: Path, empty_database: Path) -> Path:
    """The database of a data folder that is in use."""
    data_dir.mkdir(parents=True)
    shutil.copyfile(empty_database, data_dir / "zicha.db")
    make_ready(_url(data_dir), data_dir)
    return data_dir / "zicha.db"


def _url(data_dir: Path) -> str:
    return f"sqlite:///{data_dir}/zicha.db"


def _refusal(data_dir: Path, url: str = "") -> StorageCode:
    with pytest.raises(StartupRefusedError) as refused:
        make_ready(url or _url(data_dir), data_dir)
    return StorageCode(refused.value.problem.code)


def _execute(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(sql)


async def test_a_new_data_folder_is_made_for_our_eyes_only(data_dir: Path) -> None:
    storage = await open_storage(_url(data_dir), data_dir)
    await storage.run(lambda tx: tx.accept([update(1)], NOW))
    await storage.close()
    assert {path.name: path.stat().st_mode & 0o777 for path in [data_dir, *data_dir.iterdir()]} == {  # noqa: ASYNC240 - a test's look
        "zicha": 0o700,
        "zicha.db": 0o600,
        "initialised": 0o600,
    }


async def test_what_was_kept_is_there_when_it_is_opened_again(data_dir: Path) -> None:
    for number in (1, 2):
        storage = await open_storage(_url(data_dir), data_dir)
        await storage.run(lambda tx, number=number: tx.accept([update(number)], NOW))
        waiting = await storage.run(lambda tx: tx.waiting())
        await storage.close()
        assert len(waiting) == number


def test_a_lost_database_is_never_replaced_by_an_empty_one(initialised: Path) -> None:
    initialised.unlink()
    assert _refusal(initialised.parent) is StorageCode.LOST
    assert not initialised.exists()


def test_a_database_that_became_empty_is_refused(initialised: Path) -> None:
    initialised.write_bytes(b"")
    assert _refusal(initialised.parent) is StorageCode.LOST


def test_a_journal_without_its_database_is_refused(data_dir: Path) -> None:
    data_dir.mkdir(parents=True)
    journal = data_dir / "zicha.db-wal"
    journal.write_bytes(b"answers")
    assert _refusal(data_dir) is StorageCode.LOST
    assert journal.read_bytes() == b"answers"


def test_a_start_that_was_killed_before_the_first_migration_begins_again(data_dir: Path) -> None:
    data_dir.mkdir(parents=True)
    (data_dir / "zicha.db").touch()
    make_ready(_url(data_dir), data_dir)
    make_ready(_url(data_dir), data_dir)
    assert inspect(_url(data_dir), NOW).schema is Schema.CURRENT


def test_a_newer_schema_is_refused(initialised: Path) -> None:
    _execute(initialised, "update alembic_version set version_num = '9999'")
    assert _refusal(initialised.parent) is StorageCode.NEWER


def test_an_older_schema_is_backed_up_and_migrated(initialised: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is only one version yet, so the database is called by an older name and renamed by the migration."""

    def migrate(_: str) -> None:
        _execute(initialised, "update alembic_version set version_num = '0001'")

    _execute(initialised, "update alembic_version set version_num = '0000'")
    monkeypatch.setattr(schema, "VERSIONS", ("0000", "0001"))
    monkeypatch.setattr(schema, "migrate", migrate)
    make_ready(_url(initialised.parent), initialised.parent)
    [backup] = (initialised.parent / "backups").iterdir()
    verify(backup, name=backup)
    with closing(sqlite3.connect(backup)) as connection:
        assert schema.version(connection) == "0000"


def test_another_programs_database_is_refused(initialised: Path) -> None:
    _execute(initialised, "pragma application_id = 1")
    assert _refusal(initialised.parent) is StorageCode.FOREIGN
    initialised.unlink()
    _execute(initialised, "create table theirs (id)")
    assert _refusal(initialised.parent) is StorageCode.FOREIGN


@pytest.mark.parametrize("spoil", [lambda _: b"no database" * 99, lambda raw: b"\xff" * 200 + raw[200:]])
def test_a_file_that_is_no_database_is_refused(initialised: Path, spoil: Callable[[bytes], bytes]) -> None:
    initialised.write_bytes(spoil(initialised.read_bytes()))
    before = initialised.read_bytes()
    assert _refusal(initialised.parent) is StorageCode.UNREADABLE
    assert initialised.read_bytes() == before


def test_a_folder_in_the_databases_place_is_refused(data_dir: Path) -> None:
    (data_dir / "zicha.db").mkdir(parents=True)
    assert _refusal(data_dir) is StorageCode.NOT_WRITABLE


def test_a_file_in_the_folders_place_is_refused(data_dir: Path) -> None:
    data_dir.parent.mkdir()
    data_dir.touch()
    assert _refusal(data_dir) is StorageCode.FOLDER


def test_a_read_only_database_is_refused(initialised: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite opens a file without write permission for reading alone; root has them all, so it is asked to."""
    monkeypatch.setattr(opening, "existing_uri", read_only_uri)
    assert _refusal(initialised.parent) is StorageCode.NOT_WRITABLE


@pytest.mark.slow
def test_a_database_that_another_program_holds_is_refused(initialised: Path) -> None:
    with closing(sqlite3.connect(initialised, isolation_level=None)) as other:
        other.execute("begin immediate")
        assert _refusal(initialised.parent) is StorageCode.BUSY


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("mysql://localhost/zicha", StorageCode.ADDRESS),
        ("sqlite://", StorageCode.ADDRESS),
        ("sqlite:///:memory:", StorageCode.ADDRESS),
        ("zicha.db", StorageCode.ADDRESS),
    ],
)
def test_an_address_that_is_not_ours_is_refused(data_dir: Path, url: str, code: StorageCode) -> None:
    assert _refusal(data_dir, url) is code
    assert not data_dir.exists()


def test_three_strokes_are_relative_and_four_are_absolute() -> None:
    assert str(database_path("sqlite:///data/zicha.db")) == "data/zicha.db"
    assert str(database_path("sqlite:////var/lib/a b%20?/zicha.db")) == "/var/lib/a b%20?/zicha.db"


async def test_a_path_with_strange_signs_is_one_like_any_other(tmp_path: Path) -> None:
    data_dir = tmp_path / "数据 #1?mode=ro&x=%41"
    storage = await open_storage(_url(data_dir), data_dir)
    await storage.run(lambda tx: tx.accept([update(1)], NOW))
    assert inspect(_url(data_dir), NOW).soundness.is_sound
    await storage.close()
