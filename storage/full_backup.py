"""Backups of all that a data folder keeps: the database first, then the files that it refers to."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.errors import StartupRefusedError
from bot.problems import Problem
from storage.addresses import read_only_uri
from storage.backup import back_up, put_back, verify
from storage.codes import StorageCode
from storage.file_inspection import ARCHIVED, SHOWN
from storage.files import FileStore
from storage.folders import make_new_folder, put_in_place, reason_of, timestamp
from storage.lock import hold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

DATABASE: Final = "zicha.db"
"""The database in a backup's folder; the files stand beside it as they do in a data folder."""

_TABLES: Final = "select name from sqlite_schema where type = 'table'"
_REFERRING: Final = {"file": SHOWN, "archive": ARCHIVED}
"""The tables that name files, and how they are read; a database from before one of them has none."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The files that the database refers to: how many are whole now, and the names of those that nobody has."""

    whole: int
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore came to: the name that an existing database was moved aside to, and the files."""

    aside: Path | None
    files: Carried


def back_up_all(database: Path, data_dir: Path, target: Path) -> Carried:
    """Write a new folder with a verified copy of the database, and of each file that it refers to; all may be in use.

    A file is stored before anything refers to it, and stays: so every file of the copied database is there. One that
    is damaged all the same is left out, and named in what is returned. Raises as `back_up` does; a target that exists
    afterwards is finished.
    """
    if not database.exists():
        raise StartupRefusedError(Problem(StorageCode.NO_DATABASE, str(database)))
    if target.exists():
        raise StartupRefusedError(Problem(StorageCode.EXISTS, str(target)))
    with _finished_or_removed(target) as unfinished:
        back_up(database, unfinished / DATABASE, name=target)
        names = _names(unfinished / DATABASE)
        lost = _carry(names, FileStore(data_dir), FileStore(unfinished))
    return Carried(len(names) - len(lost), lost)


def restore_all(backup: Path, database: Path, data_dir: Path) -> Restored:
    """Put a backup's files back, and then its database; a database file alone is a backup too, of itself.

    Everything is verified before anything is touched, each file against its SHA-256. No file of the data folder is
    taken away. Raises as `put_back` does, D008 while a process holds the data folder, D015 when there is no backup.
    """
    copy = backup / DATABASE if backup.is_dir() else backup
    if not copy.is_file():
        raise StartupRefusedError(Problem(StorageCode.NO_BACKUP, str(backup)))
    store = FileStore(data_dir)
    with hold(data_dir):
        verify(copy, name=backup)
        names = _names(copy)
        if copy != backup:
            _verify_files(names, FileStore(backup), name=backup)
            _put_files_back(names, FileStore(backup), store, data_dir)
        aside = put_back(copy, database, data_dir, name=backup)
    lost = tuple(name for name in names if not store.is_whole(name))
    return Restored(aside, Carried(len(names) - len(lost), lost))


def _names(copy: Path) -> list[str]:
    """The SHA-256 of each file that a copied database refers to; none in one from before there were any."""
    with closing(sqlite3.connect(f"{read_only_uri(copy)}&immutable=1", uri=True)) as connection:
        tables = {name for (name,) in connection.execute(_TABLES)}
        queries = (query for table, query in _REFERRING.items() if table in tables)
        return sorted({name for query in queries for (name,) in connection.execute(query)})


def _verify_files(names: Iterable[str], kept: FileStore, *, name: Path) -> None:
    """Refuse a backup with a file that is not what its name says (D014); one that it never had is no reason."""
    damaged = next((each for each in names if kept.has(each) and not kept.is_whole(each)), None)
    if damaged is not None:
        raise StartupRefusedError(Problem(StorageCode.DAMAGED_COPY, str(name), {"reason": damaged}))


def _put_files_back(names: Iterable[str], kept: FileStore, store: FileStore, data_dir: Path) -> None:
    try:
        _carry(names, kept, store)
    except OSError as error:
        details = {"reason": reason_of(error)}
        raise StartupRefusedError(Problem(StorageCode.NOT_WRITTEN, str(data_dir), details)) from error


def _carry(names: Iterable[str], source: FileStore, target: FileStore) -> tuple[str, ...]:
    """Copy files to another store; returns the names of those that the source has not got whole."""
    lost = []
    for name in names:
        try:
            content = source.read(name)
        except (OSError, ValueError):
            lost.append(name)
        else:
            target.keep(content)
    return tuple(lost)


@contextmanager
def _finished_or_removed(target: Path) -> Iterator[Path]:
    """A folder beside the target to fill; it takes the target's name when all went well, and is gone otherwise."""
    unfinished = target.with_name(f"{target.name}.unfinished-{timestamp()}")
    try:
        make_new_folder(unfinished)
        yield unfinished
        put_in_place(unfinished, target)
    except OSError as error:
        details = {"reason": reason_of(error)}
        raise StartupRefusedError(Problem(StorageCode.NOT_WRITTEN, str(target), details)) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
