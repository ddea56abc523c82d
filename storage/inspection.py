"""What can be said about a database without touching it, beside a live process too."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from bot.errors import StartupRefusedError
from bot.problems import Problem
from storage import schema
from storage.addresses import database_path, is_postgresql, read_only_uri
from storage.audit import ENTRIES, HEADS, breaks
from storage.codec import time_from_text
from storage.codes import StorageCode
from storage.driver import postgresql
from storage.failures import refusal
from storage.schema import Schema

if TYPE_CHECKING:
    from datetime import datetime, timedelta
    from pathlib import Path

    from storage.statements import Row

_FIRST_WITH_WAL_RESET_FAULT: Final = (3, 7, 0)
_FIRST_WITHOUT_WAL_RESET_FAULT: Final = (3, 51, 3)

COUNTS = """
    select (select count(*) from inbox where state = 'waiting'),
           (select count(*) from inbox where state = 'quarantined'),
           (select count(*) from outbox),
           (select received_at from inbox where state = 'waiting' order by id limit 1)
"""

MOST_BREAKS: Final = 10
"""Of so many broken histories it is said where they break."""


@dataclass(frozen=True, slots=True)
class Engine:
    """The database program that is in use.

    `has_wal_reset_fault`: two connections that write or checkpoint at the same instant can damage a database (3.7.0 to
    3.51.2); harmless here, where one connection of one process writes.
    """

    version: str
    has_wal_reset_fault: bool


@dataclass(frozen=True, slots=True)
class Durability:
    """How the database keeps what it is told, as it answers itself; `synchronous` 2 is an fsync at every commit."""

    journal_mode: str
    synchronous: int

    @property
    def is_full(self) -> bool:
        """Whether a power cut loses nothing that was acknowledged."""
        return self.journal_mode == "wal" and self.synchronous >= 2  # noqa: PLR2004 - SQLite's number for FULL


@dataclass(frozen=True, slots=True)
class Soundness:
    """What the full check found; everything is empty when all is well.

    `chains` says of histories that were changed by hand where they break (`storage.audit`).
    """

    integrity: tuple[str, ...]
    orphans: int
    chains: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return not self.integrity and self.orphans == 0 and not self.chains


@dataclass(frozen=True, slots=True)
class Work:
    """What waits: updates, replies, and updates that were set aside; the age of the oldest update that waits."""

    waiting: int
    quarantined: int
    owed: int
    oldest_waiting: timedelta | None


@dataclass(frozen=True, slots=True)
class Inspection:
    """Everything; `work` is None where the schema is not this version's.

    `path` is the file's, or a server's address without password; `free_bytes` is the disk's, None for a server.
    """

    path: Path | str
    engine: Engine
    schema: Schema
    schema_version: str
    durability: Durability
    soundness: Soundness
    work: Work | None
    database_bytes: int
    free_bytes: int | None


def inspect(url: str, now: datetime) -> Inspection:
    """Look at everything, which takes time in proportion to the size.

    Raises StartupRefusedError D017 when there is no database, D003, D004, D007 or D018 when it cannot be read.
    """
    if is_postgresql(url):
        found: Inspection = postgresql("storage.postgresql_inspection").inspect(url, now)
        return found
    path = database_path(url)
    if not path.exists():
        raise StartupRefusedError(Problem(StorageCode.NO_DATABASE, str(path)))
    try:
        with closing(sqlite3.connect(read_only_uri(path), uri=True, isolation_level=None)) as connection:
            return _inspect(connection, path, now)
    except sqlite3.Error as error:
        raise refusal(error, path) from error


def engine() -> Engine:
    """The SQLite that is in use."""
    is_faulty = _FIRST_WITH_WAL_RESET_FAULT <= sqlite3.sqlite_version_info < _FIRST_WITHOUT_WAL_RESET_FAULT
    return Engine(sqlite3.sqlite_version, is_faulty)


def _inspect(connection: sqlite3.Connection, path: Path, now: datetime) -> Inspection:
    state = schema.check(connection)
    return Inspection(
        path=path,
        engine=engine(),
        schema=state,
        schema_version=schema.version(connection),
        durability=_durability(connection),
        soundness=_soundness(connection, state),
        work=work_from(connection.execute(COUNTS).fetchone(), now) if state is Schema.CURRENT else None,
        database_bytes=path.stat().st_size,
        free_bytes=shutil.disk_usage(path.parent).free,
    )


def _durability(connection: sqlite3.Connection) -> Durability:
    connection.execute("pragma synchronous = full")
    journal = connection.execute("pragma journal_mode").fetchone()[0]
    return Durability(journal, connection.execute("pragma synchronous").fetchone()[0])


def _soundness(connection: sqlite3.Connection, state: Schema) -> Soundness:
    findings = tuple(str(row[0]) for row in connection.execute("pragma integrity_check(10)"))
    orphans = len(connection.execute("pragma foreign_key_check").fetchall())
    chains = _broken_chains(connection) if state is Schema.CURRENT else ()
    return Soundness(() if findings == ("ok",) else findings, orphans, chains)


def _broken_chains(connection: sqlite3.Connection) -> tuple[str, ...]:
    connection.execute("begin")  # both reads see the same moment
    heads = connection.execute(HEADS).fetchall()
    found = tuple(str(each) for each in islice(breaks(connection.execute(ENTRIES), heads), MOST_BREAKS))
    connection.execute("rollback")
    return found


def work_from(counts: Row, now: datetime) -> Work:
    """What waits, from the answer to COUNTS."""
    waiting, quarantined, owed, oldest = counts
    return Work(waiting, quarantined, owed, None if oldest is None else now - time_from_text(oldest))
