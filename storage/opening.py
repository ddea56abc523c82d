"""Opening a database for work: a new one is made, an older one migrated, and one that is not right is refused."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing, contextmanager, nullcontext
from typing import TYPE_CHECKING

from bot.errors import StartupRefusedError
from bot.problems import Problem
from storage import schema
from storage.addresses import database_path, existing_uri, is_postgresql
from storage.backup import back_up
from storage.codes import StorageCode
from storage.connection import OLDEST_SQLITE
from storage.driver import postgresql
from storage.failures import primary_code, refusal
from storage.folders import make_file, make_folder, reason_of, timestamp
from storage.lock import hold
from storage.marker import mark_initialised, marker
from storage.schema import Schema
from storage.sqlite import SqliteStorage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.services.ports import Storage


async def open_storage(url: str, data_dir: Path) -> Storage:
    """The storage of that URL, ready to run use cases; the caller is inside `alone`.

    Raises StartupRefusedError with one of the codes D001 to D010, D016, or D018 to D020 where that cannot be. Only the
    header and the schema are read, whatever the size; `storage.inspection` looks at everything.
    """
    if is_postgresql(url):
        storage: Storage = await postgresql("storage.postgresql_opening").open_storage(url)
        return storage
    await asyncio.to_thread(make_ready, url, data_dir)
    path = database_path(url)
    try:
        return await SqliteStorage.open(path)
    except sqlite3.Error as error:
        if primary_code(error):
            raise refusal(error, path) from error
        raise StartupRefusedError(Problem(StorageCode.NOT_DURABLE, str(path), {"reason": str(error)})) from error


@contextmanager
def alone(url: str, data_dir: Path) -> Iterator[None]:
    """Hold the data folder when its database is a file; a PostgreSQL server may serve several processes."""
    with nullcontext() if is_postgresql(url) else hold(data_dir):
        yield


def make_ready(url: str, data_dir: Path) -> None:
    """Make the database, or bring it to this version's schema with a backup made first, or refuse it.

    On PostgreSQL the backup is the operator's: `zicha run` never migrates what it finds there.
    """
    if is_postgresql(url):
        postgresql("storage.postgresql_opening").make_ready(url)
        return
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE))
        raise StartupRefusedError(
            Problem(StorageCode.OLD_SQLITE, "", {"version": sqlite3.sqlite_version, "needed": needed})
        )
    path = database_path(url)
    make_folder(data_dir)
    make_folder(path.parent)
    try:
        _make_ready(url, path, data_dir)
    except sqlite3.Error as error:
        raise refusal(error, path) from error
    except OSError as error:
        raise StartupRefusedError(Problem(StorageCode.NOT_WRITABLE, str(path), {"reason": reason_of(error)})) from error


def _make_ready(url: str, path: Path, data_dir: Path) -> None:
    if not path.exists():
        _refuse_if_lost(path, data_dir)
        make_file(path)
    state = _look(path)
    match state:
        case Schema.NEWER:
            raise StartupRefusedError(Problem(StorageCode.NEWER, str(path)))
        case Schema.FOREIGN:
            raise StartupRefusedError(Problem(StorageCode.FOREIGN, str(path)))
        case Schema.EMPTY:
            _refuse_if_lost(path, data_dir)
            schema.migrate(url)
        case Schema.OLDER:
            back_up(path, _backup_before_migration(path, data_dir))
            schema.migrate(url)
        case Schema.CURRENT:
            pass
    mark_initialised(data_dir, path)


def _look(path: Path) -> Schema:
    """What the file holds; raises an sqlite3.Error when it cannot be read or written."""
    with closing(sqlite3.connect(existing_uri(path), uri=True, isolation_level=None)) as connection:
        state = schema.check(connection)
        connection.execute("begin immediate")  # succeeds on a read-only file too, so something is written, and undone
        connection.execute("pragma user_version = 0")
        connection.execute("rollback")
        return state


def _refuse_if_lost(path: Path, data_dir: Path) -> None:
    """Refuse an empty beginning where a database has been: the folder is marked, or a journal is left over."""
    mark = marker(data_dir)
    if mark.exists() or path.with_name(f"{path.name}-wal").exists():
        raise StartupRefusedError(Problem(StorageCode.LOST, str(path), {"marker": str(mark)}))


def _backup_before_migration(path: Path, data_dir: Path) -> Path:
    folder = data_dir / "backups"
    make_folder(folder)
    return folder / f"{path.stem}-before-{schema.expected_version}-{timestamp()}.db"
