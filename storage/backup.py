"""Copies of a database that are whole: made beside a live process, and put back where none lives."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from bot.errors import StartupRefusedError
from bot.problems import Problem
from storage import schema
from storage.addresses import read_only_uri
from storage.codes import StorageCode
from storage.connection import prepare
from storage.folders import keep, make_file, make_folder, put_in_place, timestamp
from storage.marker import mark_initialised
from storage.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_COMPANIONS = ("", "-wal", "-shm", "-journal")
"""What SQLite keeps beside a database: the journal of one must never lie beside another."""


def back_up(database: Path, target: Path, *, name: Path | None = None) -> None:
    """Write a whole, verified copy to a new file, readable by nobody else; the database may be in full use.

    `name` is what people call the copy, the target's own if None. Raises StartupRefusedError: D017 when there is no
    database, D012 when the target exists already, D013 when the copy cannot be written, D014 when it turns out damaged.
    A target that exists afterwards is a good one.
    """
    name = name or target
    if not database.exists():
        raise StartupRefusedError(Problem(StorageCode.NO_DATABASE, str(database)))
    if target.exists():
        raise StartupRefusedError(Problem(StorageCode.EXISTS, str(name)))
    with _written_or_removed(target, name=name) as unfinished:
        with closing(sqlite3.connect(read_only_uri(database), uri=True, isolation_level=None)) as connection:
            connection.execute("vacuum into ?", (str(unfinished.absolute()),))
        verify(unfinished, name=name)
        put_in_place(unfinished, target)


def put_back(copy: Path, database: Path, data_dir: Path, *, name: Path) -> Path | None:
    """Put a copy in the place of the database; returns the name that an existing database was moved aside to.

    The caller holds the data folder, and has verified the copy, which people call `name`; it is verified once more when
    it lies beside the database. Raises StartupRefusedError D013 when it cannot be copied, or as `verify` does.
    """
    make_folder(database.parent)
    with _written_or_removed(database, name=database) as unfinished:
        shutil.copyfile(copy, unfinished)
        verify(unfinished, name=name)
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as connection:
            prepare(connection)
        aside = _move_aside(database)
        put_in_place(unfinished, database)
        mark_initialised(data_dir, database)
    return aside


def verify(copy: Path, *, name: Path) -> None:
    """Refuse a copy that is not whole (D014), not ours (D006) or too new (D005); `name` is what people call it."""
    try:
        with closing(sqlite3.connect(f"{read_only_uri(copy)}&immutable=1", uri=True)) as connection:
            findings = [row[0] for row in connection.execute("pragma integrity_check(3)")]
            orphans = connection.execute("pragma foreign_key_check").fetchall()
            state = schema.check(connection)
    except sqlite3.DatabaseError as error:
        raise StartupRefusedError(Problem(StorageCode.DAMAGED_COPY, str(name), {"reason": str(error)})) from error
    if _has_journal(copy):
        findings = ["a copy of a live file, with its journal beside it"]
    if findings != ["ok"] or orphans:
        reason = "; ".join(findings) if findings != ["ok"] else f"{len(orphans)} rows without their parents"
        raise StartupRefusedError(Problem(StorageCode.DAMAGED_COPY, str(name), {"reason": reason}))
    if state is Schema.NEWER:
        raise StartupRefusedError(Problem(StorageCode.NEWER, str(name)))
    if state in {Schema.FOREIGN, Schema.EMPTY}:
        raise StartupRefusedError(Problem(StorageCode.FOREIGN, str(name)))


def _has_journal(copy: Path) -> bool:
    journal = copy.with_name(copy.name + "-wal")
    return journal.exists() and journal.stat().st_size > 0


@contextmanager
def _written_or_removed(target: Path, *, name: Path) -> Iterator[Path]:
    """A file beside the target to write to; it is gone afterwards, either to its place or for good."""
    unfinished = target.with_name(f"{target.name}.unfinished-{timestamp()}")
    try:
        make_file(unfinished)
        yield unfinished
    except (OSError, sqlite3.Error) as error:
        raise StartupRefusedError(Problem(StorageCode.NOT_WRITTEN, str(name), {"reason": str(error)})) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _move_aside(database: Path) -> Path | None:
    """Move a database out of the way with all that belongs to it; its name now, None when there was none."""
    aside = database.with_name(f"{database.name}.before-restore-{timestamp()}")
    for companion in _COMPANIONS:
        part = database.with_name(database.name + companion)
        if part.exists():
            part.rename(aside.with_name(aside.name + companion))
    keep(database.parent)
    return aside if aside.exists() else None
