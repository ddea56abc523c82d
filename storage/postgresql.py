"""Storage on a PostgreSQL server: each use case is a transaction of its own, a few of them at a time."""

from __future__ import annotations

import asyncio
import random
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import LifoQueue
from typing import TYPE_CHECKING, Any, Final, TypeVar

import psycopg

from bot.errors import StorageUnavailableError
from storage.batch import StorageBrokenError
from storage.postgresql_connection import PostgresConnection, connect
from storage.postgresql_failures import AGAIN, judge
from storage.presence import Presence
from storage.transaction import transaction

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.services.ports import Transaction

T = TypeVar("T")

CONNECTIONS: Final = 4
"""So many transactions at a time; each has a thread and a connection."""

BEGIN: Final = "begin"
COMMIT: Final = "commit"

PAUSES: Final = (0.005, 0.02, 0.05, 0.1)
"""Seconds, give or take half, before work is begun anew that met somebody else's."""


class PostgresStorage:
    """The Storage port on PostgreSQL; several processes may share one database.

    A use case whose caller is cancelled before its turn is dropped; cancelled later it is kept all the same. A lost
    connection is made anew by the next use case. Was it lost in the middle of a commit, then nobody knows what was
    kept: this process takes a new number, and whatever the old one had in its work is claimed and looked at again.
    """

    share = 16

    def __init__(self, info: str, presence: Presence, connections: int = CONNECTIONS) -> None:
        self._info = info
        self._presence = presence
        self._threads = ThreadPoolExecutor(connections, thread_name_prefix="storage")
        self._idle: LifoQueue[psycopg.Connection[Any] | None] = LifoQueue()
        for _ in range(connections):
            self._idle.put(None)
        self._broken = asyncio.Event()
        self._closed = False

    @classmethod
    async def open(cls, info: str, *, connections: int = CONNECTIONS) -> PostgresStorage:
        """Open a database that has this version's schema; `storage.opening` sees to that."""
        presence = Presence(info)
        await presence.begin()
        return cls(info, presence, connections)

    async def run(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in a transaction, returning its result after the commit; it is run again when it must be."""
        if self._closed or self._broken.is_set():
            raise StorageUnavailableError("the database is closed")
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._transact, work)
        except StorageBrokenError:
            self._broken.set()
            raise

    async def lead(self) -> None:
        """Return when this process is the one that asks Telegram for updates; one at a time is, while it lives."""
        await self._presence.lead()

    async def stirred(self, seconds: float) -> None:
        """Return when there may be something to claim, at the latest after so many seconds."""
        await self._presence.stirred(seconds)

    async def broken(self) -> None:
        """Return when the database can no longer be trusted without a restart; never, if all goes well."""
        await self._broken.wait()

    async def close(self) -> None:
        """Finish what was asked, leave the others, and close."""
        self._closed = True
        await asyncio.to_thread(self._threads.shutdown)
        await self._presence.end()
        while not self._idle.empty():
            connection = self._idle.get()
            if connection is not None:
                connection.close()

    def _transact(self, work: Callable[[Transaction], T]) -> T:
        """On one of the threads: run the work, and again when it met somebody else's."""
        for pause in PAUSES:
            try:
                return self._try(work)
            except AGAIN:
                time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - a pause, not a secret
        try:
            return self._try(work)
        except AGAIN as error:
            raise StorageUnavailableError(f"met others too often: {type(error).__name__}") from error

    def _try(self, work: Callable[[Transaction], T]) -> T:
        connection = self._idle.get()
        try:
            connection = self._begun(connection)
            result = self._within(connection, work)
            self._commit(connection)
            return result
        finally:
            self._idle.put(connection)

    def _begun(self, connection: psycopg.Connection[Any] | None) -> psycopg.Connection[Any]:
        """A connection inside a transaction: the one that is there, or a new one where it was lost meanwhile."""
        with suppress(psycopg.Error):
            if connection is not None and not connection.closed:
                connection.execute(BEGIN)
                return connection
        if connection is not None:
            connection.close()
        try:
            connection = connect(self._info)
            connection.execute(BEGIN)
        except psycopg.Error as error:
            raise StorageUnavailableError(str(error)) from error
        return connection

    def _within(self, connection: psycopg.Connection[Any], work: Callable[[Transaction], T]) -> T:
        try:
            with connection.cursor() as cursor:
                return work(transaction(PostgresConnection(cursor), self._presence.worker))
        except BaseException as error:
            _undo(connection)
            if isinstance(error, psycopg.Error) and not isinstance(error, AGAIN):
                raise judge(error, connection) from error
            raise

    def _commit(self, connection: psycopg.Connection[Any]) -> None:
        try:
            outcome = connection.execute(COMMIT).statusmessage
        except AGAIN:
            _undo(connection)
            raise
        except psycopg.Error as error:
            _undo(connection)
            if connection.closed:
                self._presence.forsake()
            raise judge(error, connection) from error
        if outcome != "COMMIT":  # a use case swallowed an error of the database, which then keeps nothing
            raise StorageUnavailableError(f"the database answered {outcome} to a commit")


def _undo(connection: psycopg.Connection[Any]) -> None:
    """Leave no transaction open, whatever happened; a connection that cannot is closed."""
    with suppress(psycopg.Error):
        connection.execute("rollback")
        return
    connection.close()
