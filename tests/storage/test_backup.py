"""Backups are whole, and come back."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.errors import StartupRefusedError
from storage.backup import back_up
from storage.codes import StorageCode
from storage.full_backup import restore_all
from storage.lock import hold
from storage.opening import make_ready
from tests.storage.builders import NOW, answer, begin, update

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from storage.sqlite import SqliteStorage


@pytest.fixture
def backup(database: Path, tmp_path: Path) -> Path:
    """A good backup."""
    back_up(database, tmp_path / "backup.db")
    return tmp_path / "backup.db"


def _code(refused: pytest.ExceptionInfo[StartupRefusedError]) -> StorageCode:
    return StorageCode(refused.value.problem.code)


def _updates(path: Path) -> set[int]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return {row[0] for row in connection.execute("select update_id from inbox")}


def _keep_journal(connection: sqlite3.Connection) -> None:
    """As long as this connection is open, what others write stands in the journal alone."""
    connection.execute("pragma journal_mode = wal")
    connection.execute("select count(*) from inbox").fetchone()


def _add(path: Path, number: int) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "insert into inbox (update_id, digest, sender, payload, received_at, state)"
            " values (?, x'', 1, x'', '', 'done')",
            (number,),
        )


@pytest.mark.slow
async def test_a_backup_in_full_use_holds_everything_acknowledged_before_it_and_comes_back(
    open_sqlite: Callable[[], AbstractAsyncContextManager[SqliteStorage]], tmp_path: Path
) -> None:
    acknowledged: list[int] = []

    async def use(storage: SqliteStorage, lane: int) -> None:
        for number in range(lane, 100_000, 8):
            await storage.run(lambda tx, number=number: tx.accept([update(number, b"x" * 500)], NOW))
            acknowledged.append(number)

    async with open_sqlite() as storage:
        await storage.run(lambda tx: answer(tx, begin(tx), "1.1.1"))
        users = [asyncio.create_task(use(storage, lane)) for lane in range(8)]
        for number in range(10):
            await asyncio.sleep(0.02)
            before = set(acknowledged)
            target, data_dir = tmp_path / f"{number}.db", tmp_path / str(number)
            await asyncio.to_thread(back_up, tmp_path / "zicha.db", target)
            assert before <= _updates(target) <= set(range(100_000))
            await asyncio.to_thread(restore_all, target, data_dir / "zicha.db", data_dir)
            await asyncio.to_thread(make_ready, f"sqlite:///{data_dir}/zicha.db", data_dir)
        for user in users:
            user.cancel()
        await asyncio.gather(*users, return_exceptions=True)
    assert len(acknowledged) > 100


def test_a_backup_is_for_our_eyes_only_and_leaves_nothing_beside_it(backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in backup.parent.glob("backup*")] == ["backup.db"]


def test_a_backup_never_overwrites(database: Path, backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(StartupRefusedError) as refused:
        back_up(database, backup)
    assert _code(refused) is StorageCode.EXISTS
    assert backup.read_bytes() == before


def test_a_backup_that_cannot_be_written_leaves_nothing(database: Path, tmp_path: Path) -> None:
    with pytest.raises(StartupRefusedError) as refused:
        back_up(database, tmp_path / "no such folder" / "backup.db")
    assert _code(refused) is StorageCode.NOT_WRITTEN


def test_there_is_no_backup_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(StartupRefusedError) as refused:
        back_up(tmp_path / "none.db", tmp_path / "backup.db")
    assert _code(refused) is StorageCode.NO_DATABASE
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_database_yields_no_backup(database: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute(
            "insert into outbox (id, chat_id, person, notice_alert, draws, created_at) values (1, 1, 404, 0, 0, '')"
        )
    with pytest.raises(StartupRefusedError) as refused:
        back_up(database, tmp_path / "backup.db")
    assert _code(refused) is StorageCode.DAMAGED_COPY
    assert list(tmp_path.glob("backup*")) == []


def test_a_restored_database_takes_the_place_of_one_that_is_kept_aside(database: Path, backup: Path) -> None:
    _add(database, 5)
    aside = restore_all(backup, database, database.parent).aside
    assert aside is not None
    assert aside.name.startswith("zicha.db.before-restore-")
    assert (_updates(database), _updates(aside)) == (set(), {5})


def test_the_journal_of_the_old_database_goes_aside_with_it(database: Path, backup: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        _keep_journal(connection)
        _add(database, 5)
        shutil.copytree(database.parent, database.parent / "killed")
    killed = database.parent / "killed" / "zicha.db"
    assert killed.with_name("zicha.db-wal").stat().st_size > 0
    aside = restore_all(backup, killed, killed.parent).aside
    assert aside is not None
    assert (_updates(killed), _updates(aside)) == (set(), {5})


def test_a_lost_database_is_restored(database: Path, backup: Path) -> None:
    make_ready(f"sqlite:///{database}", database.parent)
    database.unlink()
    assert restore_all(backup, database, database.parent).aside is None
    make_ready(f"sqlite:///{database}", database.parent)


def test_nothing_is_restored_over_a_live_database(database: Path, backup: Path) -> None:
    with hold(database.parent), pytest.raises(StartupRefusedError) as refused:
        restore_all(backup, database, database.parent)
    assert _code(refused) is StorageCode.IN_USE


@pytest.mark.parametrize("length", [0, 10, 100, 4096, 40_000])
def test_a_torn_backup_is_refused_and_nothing_touched(database: Path, backup: Path, length: int) -> None:
    backup.write_bytes(backup.read_bytes()[:length])
    before = database.read_bytes()
    with pytest.raises(StartupRefusedError) as refused:
        restore_all(backup, database, database.parent)
    assert _code(refused) in {StorageCode.DAMAGED_COPY, StorageCode.FOREIGN}
    assert database.read_bytes() == before


def test_a_raw_copy_with_its_journal_is_no_backup(database: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        _keep_journal(connection)
        _add(database, 5)
        for name in ("", "-wal"):
            shutil.copyfile(f"{database}{name}", f"{tmp_path}/raw.db{name}")
    with pytest.raises(StartupRefusedError) as refused:
        restore_all(tmp_path / "raw.db", database, database.parent)
    assert _code(refused) is StorageCode.DAMAGED_COPY


def test_a_backup_that_is_not_there_is_refused(database: Path, tmp_path: Path) -> None:
    with pytest.raises(StartupRefusedError) as refused:
        restore_all(tmp_path / "none.db", database, database.parent)
    assert _code(refused) is StorageCode.NO_BACKUP


def test_a_backup_of_a_newer_version_is_refused(database: Path, backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as connection, connection:
        connection.execute("update alembic_version set version_num = '9999'")
    with pytest.raises(StartupRefusedError) as refused:
        restore_all(backup, database, database.parent)
    assert _code(refused) is StorageCode.NEWER
