"""What SQLite's errors mean: not just now, never again before a restart, or no start at all."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from bot.errors import StartupRefusedError
from bot.problems import Problem
from storage.codes import StorageCode

if TYPE_CHECKING:
    from pathlib import Path

PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)
"""Another process holds the database, the disk is full, rights are missing: it may work in a moment."""

FATAL = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""After a failed write or fsync nobody knows what reached the disk: only a restart, which reads it anew, can tell."""


_UNREADABLE = frozenset({sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_CORRUPTFS})
"""The failures of a disk that are no failures to write."""


def primary_code(error: sqlite3.Error) -> int:
    """The kind of an SQLite error without its finer distinctions; 0 when Python's driver itself complains."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return 0 if code is None else code & 0xFF


def is_passing(error: sqlite3.Error) -> bool:
    """Whether the same work may succeed later."""
    return primary_code(error) in PASSING


def is_fatal(error: sqlite3.Error) -> bool:
    """Whether nothing may be promised any more before a restart."""
    return primary_code(error) in FATAL


def refusal(error: sqlite3.Error, path: Path) -> StartupRefusedError:
    """The refusal to start that an error at opening comes to: D003 unreadable, D004 not writable, D007 held."""
    code = primary_code(error)
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return StartupRefusedError(Problem(StorageCode.BUSY, str(path)))
    is_write = code == sqlite3.SQLITE_IOERR and error.sqlite_errorcode not in _UNREADABLE
    number = StorageCode.NOT_WRITABLE if code in PASSING or is_write else StorageCode.UNREADABLE
    return StartupRefusedError(Problem(number, str(path), {"reason": str(error)}))
