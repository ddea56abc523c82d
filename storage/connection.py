"""The one read-write connection to an SQLite database, and the hop to its thread."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import TYPE_CHECKING, Final, TypeVar, cast

import aiosqlite

from storage.addresses import existing_uri

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from storage.statements import Row, Value

T = TypeVar("T")

APPLICATION_ID: Final = 0x7A696368
"""Stands in the header of every database of ours: "zich"."""

OLDEST_SQLITE: Final = (3, 37, 0)
"""The first SQLite with strict tables."""

_FULL = 2


class SqliteConnection:
    """What the SQL of this package needs of an `sqlite3.Connection`; lives on the connection's thread."""

    __slots__ = ("_execute",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute

    def execute(self, sql: str, parameters: Mapping[str, Value], /) -> list[Row]:
        """Run one statement; all of its rows."""
        return self._execute(sql, parameters).fetchall()


def prepare(connection: sqlite3.Connection) -> None:
    """Set up durability: WAL with an fsync at every commit, and foreign keys; OperationalError where that fails."""
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma synchronous = full")
    journal = connection.execute("pragma journal_mode = wal").fetchone()[0]
    synchronous = connection.execute("pragma synchronous").fetchone()[0]
    if journal != "wal" or synchronous != _FULL:
        raise sqlite3.OperationalError(f"no durable journal here: {journal}, {synchronous}")


async def connect(path: Path, *, busy_timeout: float) -> aiosqlite.Connection:
    """Open an existing database and prepare it; `busy_timeout` in seconds."""
    connection = aiosqlite.connect(
        existing_uri(path), uri=True, isolation_level=None, timeout=busy_timeout, cached_statements=256
    )
    try:
        await connection
    except sqlite3.Error:
        # aiosqlite does not wait for its thread then, which may speak to a loop that is closed by that time
        await asyncio.to_thread(connection._thread.join)  # noqa: SLF001 - it offers nothing public to wait for
        raise
    try:
        await hop(connection, prepare)
    except BaseException:
        await connection.close()
        raise
    return connection


async def hop(connection: aiosqlite.Connection, function: Callable[[sqlite3.Connection], T]) -> T:
    """Run a function on the connection's own thread, in one go.

    aiosqlite offers only single statements in public; a whole transaction for one change of threads is what makes a
    tap cheap, so this is the one place that uses its queue directly. `tests/storage/test_connection.py` notices if a
    new version changes it.
    """
    raw = connection._conn  # noqa: SLF001 - see the docstring
    result = await connection._execute(function, raw)  # type: ignore[no-untyped-call]  # noqa: SLF001 - see the docstring
    return cast("T", result)
