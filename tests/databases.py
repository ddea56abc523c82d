"""Where tests keep databases: a file in each data folder or, while `server` is set, a database there for each."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import asynccontextmanager, closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from storage import schema
from storage.addresses import database_path, is_postgresql, read_only_uri
from storage.postgresql import PostgresStorage
from storage.sqlite import SqliteStorage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.services.ports import Storage
    from tests.storage.server import Server

server: Server | None = None
"""The server of the test that runs, where its databases are on one; the fixture `databases` sets it."""


def setting(data: Path) -> str:
    """What `ZICHA_DATABASE_URL` says to a bot with that data folder; nothing, where the database is a file in it."""
    return "" if server is None else server.of(data)


def address(data: Path) -> str:
    """The URL of the database that belongs to a data folder; on a server it is there, migrated, from now on."""
    return setting(data) or f"sqlite:///{data / 'zicha.db'}"


def new(data: Path) -> str:
    """The URL of the database that belongs to a data folder, migrated, with nothing in it."""
    if server is None:
        data.mkdir(exist_ok=True)
        (data / "zicha.db").write_bytes(_empty())
    return address(data)


@cache
def _empty() -> bytes:
    """A file with this version's schema."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        schema.migrate(f"sqlite:///{path}")
        return path.read_bytes()


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Storage]:
    """The storage as a process just started has it."""
    if is_postgresql(url):
        storage: Storage = await PostgresStorage.open(url)
    else:
        storage = await SqliteStorage.open(database_path(url), busy_timeout=0.2)
    try:
        yield storage
    finally:
        await storage.close()


def rows(data: Path, query: str) -> list[tuple[Any, ...]]:
    """What a query that either database takes finds in the database of that data folder, beside a live bot too."""
    url = address(data)
    if is_postgresql(url):
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            return connection.execute(query.encode()).fetchall()
    with closing(sqlite3.connect(read_only_uri(database_path(url)), uri=True)) as connection:
        return connection.execute(query).fetchall()
