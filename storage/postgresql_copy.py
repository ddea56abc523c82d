"""Everything of an SQLite database into an empty PostgreSQL one, in one transaction, and compared row by row."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Protocol

import orjson
import psycopg
from psycopg import sql

from bot.errors import StartupRefusedError
from bot.problems import Problem
from storage import schema
from storage.addresses import connection_info, read_only_uri, without_password
from storage.backup import verify
from storage.codes import StorageCode
from storage.postgresql_connection import connect
from storage.postgresql_opening import answering, look, make_ready, refuse
from storage.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from storage.statements import Row

KEYS: Final = {
    "person": ("id",),
    "position": ("person",),
    "assessment": ("id",),
    "answer": ("assessment", "item"),
    "veto": ("assessment", "veto"),
    "entry": ("assessment", "subject"),
    "history": ("id",),
    "authority": ("code",),
    "station": ("id",),
    "membership": ("station", "person"),
    "invitation": ("id",),
    "consent": ("id",),
    "guess": ("id",),
    "file": ("assessment", "sha256"),
    "cancelled": ("document", "name"),
    "archive": ("assessment", "code", "name"),
    "inbox": ("id",),
    "outbox": ("id",),
}
"""The tables in the order in which they refer to each other, with their keys; `worker` is of the moment."""

_WORDED: Final = frozenset({"item", "veto", "subject", "code", "sha256", "document", "name"})
"""Keys that are words: both databases must put them in one order."""

NUMBERED: Final = ("person", "history", "station", "consent", "guess", "inbox", "outbox")
_FLAGS: Final = frozenset({"grouped", "declared", "notice_alert", "draws", "direct", "deputy", "given"})
_STEP: Final = 1000


@dataclass(frozen=True, slots=True)
class Copied:
    """One table as it stands in both databases; `digest` is the SHA-256 over all of its rows."""

    table: str
    rows: int
    digest: str


class Progress(Protocol):
    """Hears how far the copy is."""

    def __call__(self, table: str, rows: int) -> None:
        """So many rows of the table are written."""


class _Digest:
    """Counts rows and digests them, whichever database they come from."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = sha256()

    def through(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            self.rows += 1
            self._sum.update(orjson.dumps([each.hex() if isinstance(each, bytes) else each for each in row]))
            yield row

    def of(self, table: str) -> Copied:
        return Copied(table, self.rows, self._sum.hexdigest())


def copy(source: Path, url: str, progress: Progress) -> list[Copied]:
    """Fill the PostgreSQL database; nothing stands in it afterwards unless all does. Nobody may use the source.

    Raises StartupRefusedError: D014, D017 or D020 where the source is damaged, missing or of an older version; D018 to
    D020 or D022 where the target cannot be used or holds something; D023 when what was written reads differently; D024
    when the server refuses a row.
    """
    if not source.exists():
        raise StartupRefusedError(Problem(StorageCode.NO_DATABASE, str(source)))
    with closing(sqlite3.connect(read_only_uri(source), uri=True, isolation_level=None)) as origin:
        origin.execute("begin")
        _check_source(origin, source)
        _prepare_target(url)
        with answering(url), closing(connect(connection_info(url))) as target, target.transaction():
            _refuse_when_filled(target, url)
            return _copy_all(origin, target, url, progress)


def _check_source(origin: sqlite3.Connection, source: Path) -> None:
    if schema.check(origin) is Schema.OLDER:
        raise StartupRefusedError(Problem(StorageCode.OLDER, str(source)))
    if not source.with_name(f"{source.name}-wal").exists():
        verify(source, name=source)


def _prepare_target(url: str) -> None:
    state = look(url)
    refuse(url, state)
    if state is Schema.EMPTY:
        make_ready(url)


def _refuse_when_filled(target: psycopg.Connection[Any], url: str) -> None:
    for table in KEYS:
        query = sql.SQL("lock table {0} in exclusive mode").format(sql.Identifier(table))
        target.execute(query)
        if target.execute(sql.SQL("select 1 from {0} limit 1").format(sql.Identifier(table))).fetchall():
            raise StartupRefusedError(Problem(StorageCode.NOT_EMPTY, without_password(url), {"table": table}))


def _copy_all(
    origin: sqlite3.Connection, target: psycopg.Connection[Any], url: str, progress: Progress
) -> list[Copied]:
    tables = []
    for table, keys in KEYS.items():
        names = [row[1] for row in origin.execute(f"pragma table_info({table})") if row[1] != "worker"]
        try:
            written = _write(origin, target, table, names, progress)
        except (psycopg.DataError, psycopg.IntegrityError) as error:
            reason = str(error).splitlines()[0]
            raise StartupRefusedError(Problem(StorageCode.NOT_COPIED, table, {"reason": reason})) from error
        if _read(target, table, names, keys) != written:
            raise StartupRefusedError(Problem(StorageCode.COPY_DIFFERS, without_password(url), {"table": table}))
        tables.append(written)
    _set_sequences(origin, target)
    return tables


def _write(
    origin: sqlite3.Connection, target: psycopg.Connection[Any], table: str, names: list[str], progress: Progress
) -> Copied:
    digest = _Digest()
    columns = ", ".join(names)
    rows = origin.execute(f"select {columns} from {table} order by {', '.join(KEYS[table])}")  # noqa: S608 - our own tables
    flags = [name in _FLAGS for name in names]
    command = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    with target.cursor() as cursor, cursor.copy(command) as writer:
        for row in digest.through(_with_flags(rows, flags)):
            writer.write_row(row)
            if digest.rows % _STEP == 0:
                progress(table, digest.rows)
    progress(table, digest.rows)
    return digest.of(table)


def _with_flags(rows: Iterable[Row], flags: list[bool]) -> Iterator[Row]:
    """SQLite keeps truth as 0 and 1."""
    for row in rows:
        yield tuple(
            bool(value) if is_flag and value is not None else value for value, is_flag in zip(row, flags, strict=True)
        )


def _read(target: psycopg.Connection[Any], table: str, names: list[str], keys: tuple[str, ...]) -> Copied:
    digest = _Digest()
    order = [sql.SQL('{} collate "C"' if key in _WORDED else "{}").format(sql.Identifier(key)) for key in keys]
    query = sql.SQL("select {} from {} order by {}").format(
        sql.SQL(", ").join(map(sql.Identifier, names)), sql.Identifier(table), sql.SQL(", ").join(order)
    )
    with target.cursor(name="written") as cursor:
        cursor.itersize = _STEP
        for _ in digest.through(cursor.execute(query)):
            pass
    return digest.of(table)


def _set_sequences(origin: sqlite3.Connection, target: psycopg.Connection[Any]) -> None:
    """Numbers that were given once are never given again."""
    given = dict(origin.execute("select name, seq from sqlite_sequence").fetchall())
    for table in NUMBERED:
        [highest] = origin.execute(f"select coalesce(max(id), 0) from {table}").fetchone()  # noqa: S608 - our own tables
        last = max(highest, given.get(table, 0))
        if last:
            target.execute("select setval(pg_get_serial_sequence(%s, 'id'), %s)", (table, last))
