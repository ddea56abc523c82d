"""What only the SQLite storage can be asked."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import aiosqlite
import pytest

from bot.errors import StartupRefusedError, StorageUnavailableError
from storage.codes import StorageCode
from storage.connection import hop, prepare
from storage.inspection import inspect
from storage.sqlite import LARGEST_BATCH, SqliteStorage
from tests.storage.builders import NOW, answer, begin, update

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bot.services.ports import Transaction
    from storage.statements import Value

    Opener = Callable[[], AbstractAsyncContextManager[SqliteStorage]]


def _accept(number: int) -> Callable[[Transaction], int]:
    return lambda tx: len(tx.accept([update(number)], NOW))


async def test_work_that_waits_at_the_same_moment_shares_a_commit(open_sqlite: Opener) -> None:
    statements: list[str] = []
    async with open_sqlite() as storage:
        await hop(storage._connection, lambda connection: connection.set_trace_callback(statements.append))
        await asyncio.gather(*(storage.run(_accept(number)) for number in range(3 * LARGEST_BATCH)))
    assert statements.count("commit") == 3
    assert statements.count("savepoint work") == 3 * LARGEST_BATCH


async def test_work_alone_needs_no_savepoint(open_sqlite: Opener) -> None:
    statements: list[str] = []
    async with open_sqlite() as storage:
        await hop(storage._connection, lambda connection: connection.set_trace_callback(statements.append))
        await storage.run(_accept(1))
    assert (statements[0], statements[-1]) == ("begin immediate", "commit")
    assert not [each for each in statements if "savepoint" in each]


async def test_a_database_that_another_program_holds_is_unavailable_and_then_works_again(
    open_sqlite: Opener, database: Path
) -> None:
    async with open_sqlite() as storage:
        with closing(sqlite3.connect(database, isolation_level=None)) as other:
            other.execute("begin immediate")
            with pytest.raises(StorageUnavailableError, match="locked"):
                await storage.run(_accept(1))
            other.execute("rollback")
        assert await storage.run(_accept(1)) == 1


async def test_a_full_disk_keeps_nothing_of_what_did_not_fit_and_all_of_the_rest(open_sqlite: Opener) -> None:
    async with open_sqlite() as storage:
        await storage.run(_accept(1))
        pages = await hop(storage._connection, lambda c: c.execute("pragma page_count").fetchone()[0])
        await hop(storage._connection, lambda c: c.execute(f"pragma max_page_count = {pages}").fetchall())
        big = update(2, b"x" * 1_000_000)
        works = [storage.run(lambda tx: tx.accept([big], NOW)), storage.run(_accept(3))]
        outcomes = await asyncio.gather(*works, return_exceptions=True)
        await hop(storage._connection, lambda c: c.execute("pragma max_page_count = 100000").fetchall())
        kept = [row.update.update_id for row in await storage.run(lambda tx: tx.waiting())]
        assert isinstance(outcomes[0], StorageUnavailableError)
        assert outcomes[1] == 1 or isinstance(outcomes[1], StorageUnavailableError)
        assert kept == ([1, 3] if outcomes[1] == 1 else [1])
        assert len(await storage.run(lambda tx: tx.accept([big], NOW))) == 1


class _FailingConnection(sqlite3.Connection):
    """A connection whose next commit fails, with that code of SQLite's."""

    code: int | None = None

    def execute(self, sql: str, *parameters: Mapping[str, Value]) -> sqlite3.Cursor:
        if sql == "commit" and self.code is not None:
            error = sqlite3.OperationalError("made up")
            error.sqlite_errorcode, self.code = self.code, None
            raise error
        return super().execute(sql, *parameters)


async def _open_failing(database: Path, code: int) -> SqliteStorage:
    def fail_next(connection: sqlite3.Connection) -> None:
        assert isinstance(connection, _FailingConnection)
        connection.code = code

    connection = await aiosqlite.connect(database, factory=_FailingConnection, isolation_level=None)
    await hop(connection, prepare)
    await hop(connection, fail_next)
    return SqliteStorage(connection, database)


async def test_a_commit_that_fails_is_told_to_everybody_and_keeps_nothing(database: Path) -> None:
    storage = await _open_failing(database, sqlite3.SQLITE_FULL)
    try:
        works = (storage.run(_accept(number)) for number in range(5))
        outcomes = await asyncio.gather(*works, return_exceptions=True)
        assert [type(each) for each in outcomes] == [StorageUnavailableError] * 5
        assert await storage.run(lambda tx: tx.waiting()) == []
    finally:
        await storage.close()


async def test_after_a_failed_fsync_nothing_is_promised_before_a_restart(database: Path) -> None:
    storage = await _open_failing(database, sqlite3.SQLITE_IOERR_FSYNC)
    try:
        works = (storage.run(_accept(number)) for number in range(100))
        outcomes = await asyncio.gather(*works, return_exceptions=True)
        assert all(isinstance(each, StorageUnavailableError) for each in outcomes)
        await asyncio.wait_for(storage.broken(), 1)
        with pytest.raises(StorageUnavailableError):
            await storage.run(lambda tx: tx.waiting())
    finally:
        await storage.close()


async def test_a_damaged_page_met_by_one_stops_everybody(open_sqlite: Opener) -> None:
    def meet_damage(_: Transaction) -> None:
        error = sqlite3.DatabaseError("made up")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error

    async with open_sqlite() as storage:
        outcomes = await asyncio.gather(storage.run(_accept(1)), storage.run(meet_damage), return_exceptions=True)
        assert all(isinstance(each, StorageUnavailableError) for each in outcomes)
        await asyncio.wait_for(storage.broken(), 1)


async def test_a_page_that_is_damaged_on_the_disk_stops_everybody_and_is_found_by_the_inspection(
    open_sqlite: Opener, database: Path
) -> None:
    async with open_sqlite() as storage:
        await storage.run(lambda tx: answer(tx, begin(tx), "1.1.1"))
    with closing(sqlite3.connect(database)) as connection:
        page = connection.execute("select rootpage from sqlite_master where name = 'answer'").fetchone()[0]
        size = connection.execute("pragma page_size").fetchone()[0]
    raw = bytearray(database.read_bytes())  # noqa: ASYNC240 - a test's look
    raw[(page - 1) * size : page * size] = b"\xa5" * size
    database.write_bytes(raw)  # noqa: ASYNC240 - the same
    with pytest.raises(StartupRefusedError) as refused:
        inspect(f"sqlite:///{database}", NOW)
    assert refused.value.problem.code == StorageCode.UNREADABLE
    storage = await SqliteStorage.open(database)
    try:
        with pytest.raises(StorageUnavailableError, match="malformed"):
            await storage.run(lambda tx: tx.assessment(7))
        await asyncio.wait_for(storage.broken(), 1)
    finally:
        await storage.close()


async def test_a_database_file_that_was_taken_away_is_noticed_at_once(open_sqlite: Opener, database: Path) -> None:
    async with open_sqlite() as storage:
        await storage.run(_accept(1))
        await asyncio.to_thread(database.rename, database.with_name("elsewhere.db"))
        with pytest.raises(StorageUnavailableError, match="taken away"):
            await storage.run(_accept(2))
        await asyncio.wait_for(storage.broken(), 1)


async def test_a_mistake_of_ours_in_sql_is_not_called_unavailable(open_sqlite: Opener) -> None:
    """Otherwise it would be tried again for ever, instead of being set aside."""
    async with open_sqlite() as storage:
        with pytest.raises(sqlite3.IntegrityError):
            await storage.run(lambda tx: tx.save_item(404, "1.1.1", begin(tx).item("1.1.1")))


@pytest.mark.parametrize("change", ["update history set reason = 'x'", "delete from history"])
async def test_the_history_can_only_grow(open_sqlite: Opener, change: str) -> None:
    async with open_sqlite() as storage:
        await storage.run(lambda tx: answer(tx, begin(tx), "1.1.1"))
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            await hop(storage._connection, lambda connection: connection.execute(change))
        assert len(await storage.run(lambda tx: tx.history(7, "1.1.1", 9))) == 1


async def test_the_text_of_an_update_goes_when_it_is_done_with(open_sqlite: Opener, database: Path) -> None:
    async with open_sqlite() as storage:
        [row] = await storage.run(lambda tx: tx.accept([update(1, b"a private word")], NOW))
        await storage.run(lambda tx: tx.finish(row.id, NOW))
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("select payload, state from inbox").fetchall() == [(b"", "done")]
