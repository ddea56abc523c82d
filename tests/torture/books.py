"""The database of a siege, a file or a server's: read between two lives, and laid out as a file for the audit."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Final, Protocol

import psycopg
from psycopg import sql

from storage import schema
from storage.addresses import read_only_uri
from storage.postgresql_copy import KEYS
from tests.storage.server import running

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

OPEN: Final = "select (select count(*) from inbox where state = 'waiting') + (select count(*) from outbox)"
"""How much a bot has still to do."""

_CLIENTS: Final = """
    select count(*) from pg_stat_activity
    where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
"""


class Books(Protocol):
    """What a siege needs of the database; `settings` are the bot's, beside its data folder."""

    settings: Mapping[str, str]

    def rows(self, query: str) -> list[Any]:
        """What the query finds, in SQL that either database takes."""

    async def let_go(self) -> None:
        """Return when nothing of a dead bot goes on in the database."""

    def as_file(self) -> Path:
        """All of it as an SQLite file; the bot has stopped."""


class FileBooks:
    """A bot that keeps its database in a file."""

    settings: Mapping[str, str] = {}

    def __init__(self, path: Path) -> None:
        self._path = path

    def rows(self, query: str) -> list[Any]:
        """What the query finds."""
        with closing(sqlite3.connect(read_only_uri(self._path), uri=True, timeout=5)) as connection:
            return connection.execute(query).fetchall()

    async def let_go(self) -> None:
        """Nothing outlives the process."""

    def as_file(self) -> Path:
        """The file itself."""
        return self._path


class ServerBooks:
    """Bots that share a PostgreSQL database, of which `copy` becomes a copy."""

    def __init__(self, url: str, copy: Path) -> None:
        self.settings: Mapping[str, str] = {"ZICHA_DATABASE_URL": url}
        self._connection = psycopg.connect(url, autocommit=True)
        self._copy = copy

    def rows(self, query: str) -> list[Any]:
        """What the query finds."""
        return self._connection.execute(query.encode()).fetchall()

    async def let_go(self) -> None:
        """The server ends what a client asked for before it notices that nobody is there any more."""
        async with asyncio.timeout(10):
            while self.rows(_CLIENTS) != [(0,)]:  # noqa: ASYNC110 - another process changes it
                await asyncio.sleep(0.005)

    def as_file(self) -> Path:
        """Every row as it stands, in tables of the same schema; what refers to nothing is copied too."""
        schema.migrate(f"sqlite:///{self._copy}")
        with closing(sqlite3.connect(self._copy)) as target, target:
            for table, keys in KEYS.items():
                names = [row[1] for row in target.execute(f"pragma table_info({table})")]
                target.executemany(
                    f"insert into {table} ({', '.join(names)}) values ({', '.join('?' * len(names))})",  # noqa: S608 - our own tables
                    self._connection.execute(_everything(table, names, keys)),
                )
        return self._copy

    def close(self) -> None:
        """Read no more."""
        self._connection.close()


def _everything(table: str, names: list[str], keys: tuple[str, ...]) -> sql.Composed:
    columns, order = (sql.SQL(", ").join(map(sql.Identifier, each)) for each in (names, keys))
    return sql.SQL("select {} from {} order by {}").format(columns, sql.Identifier(table), order)


@contextmanager
def on_a_server(folder: Path) -> Iterator[ServerBooks]:
    """A server and an empty database until the end of the block; the copy stands in the folder."""
    with running() as server, server.database() as url, closing(ServerBooks(url, folder / "copy.db")) as books:
        yield books
