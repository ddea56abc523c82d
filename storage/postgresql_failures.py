"""What PostgreSQL's errors mean: once more at once, not just now, or never again before a restart."""

from __future__ import annotations

from typing import Final

import psycopg
from psycopg import errors

from bot.errors import StorageUnavailableError
from storage.batch import StorageBrokenError

AGAIN: Final = (errors.SerializationFailure, errors.DeadlockDetected)
"""The same work, begun anew, will very likely succeed."""

_PASSING: Final = (
    errors.ReadOnlySqlTransaction,
    errors.LockNotAvailable,
    errors.QueryCanceled,
    errors.IdleInTransactionSessionTimeout,
)
_PASSING_CLASSES: Final = frozenset({"08", "53", "57", "58"})
"""The connection, resources such as disk and memory, an operator's intervention, the system under the server."""

_DAMAGE: Final = (errors.DataCorrupted, errors.IndexCorrupted)


def judge(error: psycopg.Error, connection: psycopg.Connection[object]) -> Exception:
    """The error to raise in this one's place: ours when the database is to blame, itself when we are."""
    reason = (str(error).splitlines() or [type(error).__name__])[0]
    if isinstance(error, _DAMAGE):
        return StorageBrokenError(reason)
    state = error.sqlstate or ""
    if connection.broken or connection.closed or isinstance(error, (*AGAIN, *_PASSING)):
        return StorageUnavailableError(reason)
    return StorageUnavailableError(reason) if state[:2] in _PASSING_CLASSES else error
