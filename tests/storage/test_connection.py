"""The one connection and the hop to its thread."""

from __future__ import annotations

import inspect
import os
import sqlite3
import threading
from typing import TYPE_CHECKING

import aiosqlite
import pytest

from storage.connection import connect, hop

if TYPE_CHECKING:
    from pathlib import Path


def test_aiosqlite_still_has_the_private_parts_that_we_use() -> None:
    """All of them are used in `storage.connection`, to be looked at should this fail."""
    assert list(inspect.signature(aiosqlite.Connection._execute).parameters) == ["self", "fn", "args", "kwargs"]
    assert inspect.iscoroutinefunction(aiosqlite.Connection._execute)
    assert isinstance(aiosqlite.Connection._conn, property)
    assert isinstance(aiosqlite.Connection(lambda: sqlite3.connect(":memory:"), 1)._thread, threading.Thread)


async def test_a_function_runs_on_the_connections_own_thread(database: Path) -> None:
    connection = await connect(database, busy_timeout=1)
    try:
        threads = {await hop(connection, lambda _: threading.get_ident()) for _ in range(3)}
        assert len(threads) == 1
        assert threading.get_ident() not in threads
    finally:
        await connection.close()


async def test_a_connection_is_as_durable_as_it_says(database: Path) -> None:
    def settings(connection: sqlite3.Connection) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys")
        return [connection.execute(f"pragma {name}").fetchone()[0] for name in names]

    connection = await connect(database, busy_timeout=1)
    try:
        assert await hop(connection, settings) == ["wal", 2, 1]
    finally:
        await connection.close()


async def test_a_missing_file_is_never_made(tmp_path: Path) -> None:
    with pytest.raises(aiosqlite.OperationalError):
        await connect(tmp_path / "none.db", busy_timeout=1)
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - one look at a folder in a test
