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
from storage.folders import keep, make_file, make_folder, put_in_place, timestamp
from storage.lock import hold
from storage.marker import mark_initialised
from storage.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_COMPANIONS = ("", "-wal", "-shm", "-journal")
"""What SQLite keeps beside a database: the journal of one must never lie beside another."""


def back_up(database: Path, target: Path) -> None:
    """Write a whole, verified copy to a new file, readable by nobody else; the database may be in full use.

    Raises StartupRefusedError: D017 when there is no database, D012 when the target exists already, D013 when the copy
    cannot be written, D014 when it turns out damaged. A target that exists afterwards is a good one.
    """
    if not database.exists():
        raise StartupRefusedError(Problem(StorageCode.NO_DATABASE, str(database)))
    if target.exists():
        raise StartupRefusedError(Problem(StorageCode.EXISTS, str(target)))
    with _written_or_removed(target) as unfinished:
        with closing(sqlite3.connect(read_only_uri(database), uri=True, isolation_level=None)) as connection:
            connection.execute("vacuum into ?", (str(unfinished.absolute()),))
        verify(unfinished, name=target)
        put_in_place(unfinished, target)


def restore(backup: Path, database: Path, data_dir: Path) -> Path | None:
    """Put a backup in the place of the database; returns the name that an existing database was moved aside to.

    The backup is verified before anything is touched. Raises StartupRefusedError: D015 when there is no such file, D014
    when it is damaged, D005 when it is of a newer version, D006 when it is none of ours, D008 while a process holds the
    data folder, D013 when it cannot be copied.
    """
    if not backup.is_file():
        raise StartupRefusedError(Problem(StorageCode.NO_BACKUP, str(backup)))
    with hold(data_dir):
        verify(backup, name=backup)
        make_folder(database.parent)
        with _written_or_removed(database) as unfinished:
            shutil.copyfile(backup, unfinished)
            verify(unfinished, name=backup)
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
def _written_or_removed(target: Path) -> Iterator[Path]:
    """A file beside the target to write to; it is gone afterwards, either to its place or for good."""
    unfinished = target.with_name(f"{target.name}.unfinished-{timestamp()}")
    try:
        make_file(unfinished)
        yield unfinished
    except (OSError, sqlite3.Error) as error:
        raise StartupRefusedError(Problem(StorageCode.NOT_WRITTEN, str(target), {"reason": str(error)})) from error
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
