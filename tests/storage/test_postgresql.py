"""What only the PostgreSQL storage can be asked."""

from __future__ import annotations

import asyncio
from contextlib import closing
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from bot.errors import StartupRefusedError, StorageUnavailableError
from storage import postgresql_opening, postgresql_schema
from storage.codes import StorageCode
from storage.inspection import Work, inspect
from storage.opening import make_ready, open_storage
from storage.schema import Schema
from tests.storage.builders import NOW, answer, begin, later, reply, update

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from bot.services.ports import Transaction
    from storage.postgresql import PostgresStorage
    from tests.storage.server import Server

    Opener = Callable[[], Awaitable[PostgresStorage]]


def _execute(url: str, statement: str) -> list[tuple[Any, ...]]:
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def _hang_up_on(tx: Transaction, url: str) -> None:
    """End the server's side of the transaction's own connection."""
    [[pid]] = tx._execute("select pg_backend_pid()", {})  # type: ignore[attr-defined]
    _execute(url, f"select pg_terminate_backend({pid}, 5000)")


async def test_a_connection_lost_between_two_works_is_made_anew_unnoticed(
    open_postgresql: Opener, postgresql_url: str
) -> None:
    storage = await open_postgresql()
    await storage.run(lambda tx: tx.accept([update(1)], NOW))
    await asyncio.to_thread(
        _execute,
        postgresql_url,
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where datname = current_database() and pid <> pg_backend_pid()",
    )
    assert len(await storage.run(lambda tx: tx.waiting())) == 1


async def test_a_connection_lost_inside_a_work_is_unavailable_and_keeps_nothing(
    open_postgresql: Opener, postgresql_url: str
) -> None:
    def work(tx: Transaction) -> None:
        tx.accept([update(1)], NOW)
        _hang_up_on(tx, postgresql_url)
        tx.waiting()

    storage = await open_postgresql()
    before = storage._presence.worker
    with pytest.raises(StorageUnavailableError):
        await storage.run(work)
    assert await storage.run(lambda tx: tx.waiting()) == []
    await asyncio.sleep(1.2)
    assert storage._presence.worker == before


async def test_after_a_commit_of_unknown_outcome_the_process_takes_a_new_number(
    open_postgresql: Opener, postgresql_url: str
) -> None:
    """So that whatever was kept under the old one is looked at again: here a reply that nobody knows is owed."""

    def work(tx: Transaction) -> None:
        tx.accept([update(1)], NOW)
        _hang_up_on(tx, postgresql_url)

    storage = await open_postgresql()
    owed = await storage.run(lambda tx: tx.owe(reply(tx), NOW))
    before = storage._presence.worker
    with pytest.raises(StorageUnavailableError):
        await storage.run(work)
    async with asyncio.timeout(5):
        while not (rows := await storage.run(lambda tx: tx.claim_owed(9))):
            await storage.stirred(0.1)
    assert [row.id for row in rows] == [owed]
    assert storage._presence.worker != before


async def test_works_that_lock_each_other_out_are_run_again_and_both_kept(open_postgresql: Opener) -> None:
    storage = await open_postgresql()
    await storage.run(lambda tx: (begin(tx, 1), begin(tx, 2)))
    tries = 0

    def work(tx: Transaction, first: int, second: int) -> None:
        nonlocal tries
        tries += 1
        for number in (first, second):
            assessment = tx.assessment(number)
            assert assessment is not None
            answer(tx, assessment, "1.1.1", assessment.item("1.1.1").revision + 1)
            tx._execute("select pg_sleep(0.2)", {})  # type: ignore[attr-defined]

    await asyncio.gather(storage.run(lambda tx: work(tx, 1, 2)), storage.run(lambda tx: work(tx, 2, 1)))
    assert tries > 2
    for number in (1, 2):
        assessment = await storage.run(lambda tx, number=number: tx.assessment(number))
        assert assessment is not None
        assert assessment.item("1.1.1").revision == 2


async def test_a_row_that_somebody_else_holds_too_long_is_unavailable(
    open_postgresql: Opener, postgresql_url: str
) -> None:
    storage = await open_postgresql()
    await storage.run(begin)
    with closing(psycopg.connect(postgresql_url)) as other:
        other.execute("select * from assessment for update")
        with pytest.raises(StorageUnavailableError, match="lock timeout"):
            await storage.run(lambda tx: (tx._execute("set local lock_timeout = '100ms'", {}), tx.assessment(7)))  # type: ignore[attr-defined]
    assert await storage.run(lambda tx: tx.assessment(7)) is not None


async def test_a_database_made_read_only_is_unavailable_and_then_works_again(open_postgresql: Opener) -> None:
    storage = await open_postgresql()
    with pytest.raises(StorageUnavailableError, match="read-only"):
        await storage.run(lambda tx: (tx._execute("set transaction read only", {}), tx.accept([update(1)], NOW)))  # type: ignore[attr-defined]
    assert len(await storage.run(lambda tx: tx.accept([update(1)], NOW))) == 1


async def test_an_error_that_a_work_swallows_is_not_taken_for_a_commit(open_postgresql: Opener) -> None:
    def work(tx: Transaction) -> None:
        tx.accept([update(1)], NOW)
        try:
            tx._execute("select 1 / 0", {})  # type: ignore[attr-defined]
        except psycopg.Error:
            return

    storage = await open_postgresql()
    with pytest.raises(StorageUnavailableError, match="ROLLBACK"):
        await storage.run(work)
    assert await storage.run(lambda tx: tx.waiting()) == []


async def test_a_mistake_of_ours_in_sql_is_not_called_unavailable(open_postgresql: Opener) -> None:
    storage = await open_postgresql()
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        await storage.run(lambda tx: tx.save_item(404, "1.1.1", begin(tx).item("1.1.1")))


async def test_an_empty_database_is_filled_and_opened(server: Server, tmp_path: Path) -> None:
    with server.database("template1") as url:
        storages = await asyncio.gather(*(open_storage(url, tmp_path / "none") for _ in range(3)))
        await storages[0].run(lambda tx: tx.accept([update(1)], NOW))
        assert len(await storages[1].run(lambda tx: tx.waiting())) == 1
        for storage in storages:
            await storage.close()
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240 - a test's look


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("update alembic_version set version_num = '9999'", StorageCode.NEWER),
        ("update alembic_version set version_num = '0001'", StorageCode.OLDER),
        ("delete from alembic_version", StorageCode.FOREIGN),
        ("drop table alembic_version", StorageCode.FOREIGN),
    ],
)
async def test_a_database_that_is_not_this_versions_is_refused(
    server: Server, tmp_path: Path, statement: str, code: StorageCode
) -> None:
    with server.database() as url:
        _execute(url, statement)
        with pytest.raises(StartupRefusedError) as refused:
            await open_storage(url, tmp_path)
    assert refused.value.problem.code == code


def test_a_server_that_is_not_there_is_refused_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(StartupRefusedError) as refused:
        make_ready("postgresql://me:secret@127.0.0.1:1/zicha", tmp_path)
    problem = refused.value.problem
    assert (problem.code, problem.place) == (StorageCode.UNREACHABLE, "postgresql://127.0.0.1:1/zicha")
    assert "secret" not in str(problem.details)


def test_a_server_that_cannot_keep_answers_is_refused(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql_opening, "objections", lambda _: ["fsync=off"])
    with pytest.raises(StartupRefusedError) as refused:
        postgresql_opening.make_ready(postgresql_url)
    assert refused.value.problem.code == StorageCode.UNSUITABLE


async def test_a_live_database_is_inspected_beside_its_processes(open_postgresql: Opener, postgresql_url: str) -> None:
    storage = await open_postgresql()
    await storage.run(lambda tx: tx.accept([update(1), update(2)], NOW))
    await storage.run(lambda tx: tx.owe(reply(tx), NOW))
    found = await asyncio.to_thread(inspect, postgresql_url, later(90))
    assert found.work == Work(waiting=2, quarantined=0, owed=1, oldest_waiting=later(90) - NOW)
    assert found.schema is Schema.CURRENT
    assert found.durability.is_full
    assert found.soundness.is_sound
    assert found.engine.version.startswith("PostgreSQL ")


def test_migrating_what_is_migrated_changes_nothing(postgresql_url: str) -> None:
    postgresql_schema.migrate(postgresql_url)
    assert postgresql_schema.look(postgresql_url) is Schema.CURRENT
