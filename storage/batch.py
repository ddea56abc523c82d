"""Use cases that share one transaction: what is done on the connection's thread."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.errors import StorageUnavailableError
from storage.connection import SqliteConnection
from storage.failures import is_fatal, is_passing
from storage.transaction import transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.services.ports import Transaction

Work: TypeAlias = "Callable[[Transaction], Any]"


class StorageBrokenError(StorageUnavailableError):
    """The disk failed under the database: only a restart can tell what of the last change was kept."""


@dataclass(frozen=True, slots=True)
class Returned:
    """What a use case returned."""

    value: Any


@dataclass(frozen=True, slots=True)
class Raised:
    """What a use case raised, or why it could not be kept."""

    error: Exception


Outcome: TypeAlias = Returned | Raised


def run_batch(connection: sqlite3.Connection, works: Sequence[Work], worker: int) -> list[Outcome]:
    """Run use cases in one transaction and commit; one that raises is undone alone.

    Raises StorageUnavailableError when nothing of it could be kept, StorageBrokenError when that is not known.
    """
    try:
        connection.execute("begin immediate")
        outcomes = _run_all(connection, works, worker)
        if connection.in_transaction:
            connection.execute("commit")
    except sqlite3.Error as error:
        if is_fatal(error):
            raise StorageBrokenError(str(error)) from error
        raise StorageUnavailableError(str(error)) from error
    finally:
        _undo(connection)
    return outcomes


def _undo(connection: sqlite3.Connection) -> None:
    """Leave no transaction open, whatever happened."""
    if not connection.in_transaction:
        return
    try:
        connection.execute("rollback")
    except sqlite3.Error as error:
        raise StorageBrokenError(str(error)) from error


def _run_all(connection: sqlite3.Connection, works: Sequence[Work], worker: int) -> list[Outcome]:
    tx = transaction(SqliteConnection(connection), worker)
    if len(works) == 1:
        return [_run_alone(works[0], connection, tx)]
    return [_run_within_savepoint(work, connection, tx) for work in works]


def _run_alone(work: Work, connection: sqlite3.Connection, tx: Transaction) -> Outcome:
    try:
        return Returned(work(tx))
    except Exception as error:  # noqa: BLE001 - whatever a use case raises belongs to who asked for it
        _undo(connection)
        return _judge(error)


def _run_within_savepoint(work: Work, connection: sqlite3.Connection, tx: Transaction) -> Outcome:
    connection.execute("savepoint work")
    try:
        outcome: Outcome = Returned(work(tx))
    except Exception as error:  # noqa: BLE001 - whatever a use case raises belongs to who asked for it
        outcome = _judge(error)
        connection.execute("rollback to work")
    connection.execute("release work")
    return outcome


def _judge(error: Exception) -> Raised:
    """What is told of an error: SQLite's own ones as ours; a broken disk is not one use case's matter."""
    if isinstance(error, sqlite3.Error):
        if is_fatal(error):
            raise error
        if is_passing(error):
            unavailable = StorageUnavailableError(str(error))
            unavailable.__cause__ = error
            return Raised(unavailable)
    return Raised(error)
