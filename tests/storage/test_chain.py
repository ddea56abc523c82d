"""A history that was changed by hand is found, and where."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg
import pytest

from bot.assessments.events import NoteWritten
from storage.inspection import inspect
from storage.postgresql import PostgresStorage
from tests.storage.builders import NOW, answer, begin, entry

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bot.services.ports import Storage, Transaction
    from storage.sqlite import SqliteStorage

TAMPERING = [
    ("update history set reason = 'x' where id = 3", ["assessment 7: history changed at entry 3"]),
    ("update history set grouped = (1 = 1) where id = 2", ["assessment 7: history changed at entry 2"]),
    ("update history set assessment = 8 where id = 5", ["assessment 7: history cut at entry 4", "changed at entry 5"]),
    ("delete from history where id = 2", ["assessment 7: history torn at entry 3"]),
    ("delete from history where id = 1", ["assessment 7: history torn at entry 2"]),
    ("delete from history where id = 5", ["assessment 7: history cut at entry 4"]),
    ("delete from history where assessment = 7", ["assessment 7: history cut at entry 0"]),
    ("update answer set note = 'x'", []),
]


def _fill(tx: Transaction) -> None:
    assessment = begin(tx)
    begin(tx, 8)
    for number in range(1, 5):
        answer(tx, assessment, f"1.1.{number}", number)
    tx.append_history(entry(assessment, NoteWritten("1.1.1", "", "证书在楼上\u202e"), 5))


def _assert_found(url: str, expected: list[str]) -> None:
    found = inspect(url, NOW).soundness
    assert len(found.chains) == len(expected)
    assert all(part in whole for part, whole in zip(expected, found.chains, strict=True))
    assert found.is_sound == (not expected)


@pytest.mark.parametrize(("statement", "expected"), TAMPERING)
async def test_what_was_changed_in_a_file_is_found(
    open_sqlite: Callable[[], AbstractAsyncContextManager[SqliteStorage]],
    database: Path,
    statement: str,
    expected: list[str],
) -> None:
    async with open_sqlite() as storage:
        await storage.run(_fill)
    _assert_found(f"sqlite:///{database}", [])
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        for change in ("update", "delete"):
            connection.execute(f"drop trigger history_refuses_{change}")
        connection.execute(statement)
    _assert_found(f"sqlite:///{database}", expected)


@pytest.mark.parametrize(("statement", "expected"), TAMPERING)
async def test_what_was_changed_on_a_server_is_found(postgresql_url: str, statement: str, expected: list[str]) -> None:
    storage = await PostgresStorage.open(postgresql_url)
    try:
        await storage.run(_fill)
    finally:
        await storage.close()
    _assert_found(postgresql_url, [])
    with closing(psycopg.connect(postgresql_url, autocommit=True)) as connection:
        connection.execute("alter table history disable trigger user")
        connection.execute(statement.encode())
    _assert_found(postgresql_url, expected)
    with closing(psycopg.connect(postgresql_url, autocommit=True)) as connection:
        connection.execute("alter table history enable trigger user")


@pytest.mark.parametrize("change", ["update history set reason = 'x'", "delete from history", "truncate history"])
async def test_a_server_refuses_to_change_the_history(postgresql_url: str, change: str) -> None:
    storage = await PostgresStorage.open(postgresql_url)
    try:
        await storage.run(_fill)
    finally:
        await storage.close()
    with (
        closing(psycopg.connect(postgresql_url)) as connection,
        pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="append-only"),
    ):
        connection.execute(change.encode())


async def test_entries_of_one_transaction_follow_each_other(storage: Storage) -> None:
    await storage.run(_fill)
    assert [each.action for each in await storage.run(lambda tx: tx.history(7, "1.1.1", 9))] == [5, 1]
