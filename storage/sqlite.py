"""Storage on one SQLite file: use cases that wait at the same moment share one commit."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, TypeVar

from bot.errors import StorageUnavailableError
from storage.batch import Outcome, StorageBrokenError, run_batch
from storage.connection import connect, hop
from storage.job import Job

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    import aiosqlite

    from bot.services.ports import Transaction
    from storage.batch import Work

T = TypeVar("T")

LARGEST_BATCH: Final = 64
"""So that the first of a crowd does not wait for the last."""

BUSY_TIMEOUT: Final = 5.0
"""Seconds to wait for another program that holds the database, before everybody is told that it is busy."""

_WORKER: Final = 1
"""The number of the only process there is."""


class SqliteStorage:
    """The Storage port on SQLite; owns the only read-write connection and its thread.

    A use case whose caller is cancelled before its turn is dropped; cancelled later it is kept all the same, and
    nobody else notices. When the disk fails in a commit, or the file is taken away, everything from then on raises
    StorageUnavailableError and `broken` returns: the process must be started anew.
    """

    share = 1000

    def __init__(self, connection: aiosqlite.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._file = _identity(path)
        self._waiting: list[Job] = []
        self._flusher: asyncio.Task[None] | None = None
        self._broken = asyncio.Event()
        self._closed = False

    @classmethod
    async def open(cls, path: Path, *, busy_timeout: float = BUSY_TIMEOUT) -> SqliteStorage:
        """Open a database that exists and has this version's schema; `storage.opening` sees to both."""
        connection = await connect(path, busy_timeout=busy_timeout)
        try:
            await hop(connection, _give_back)
        except BaseException:
            await connection.close()
            raise
        return cls(connection, path)

    async def run(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in a transaction, returning its result after the commit."""
        if self._closed or self._broken.is_set():
            raise StorageUnavailableError("the database is closed")
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(Job(work, answer))
        if self._flusher is None:
            self._flusher = asyncio.create_task(self._flush(), name="storage-flush")
        return await answer

    async def lead(self) -> None:
        """Return at once: the data folder's lock sees to it that there is one process."""

    async def stirred(self, seconds: float) -> None:
        """Return after so many seconds: what comes, comes through this process."""
        await asyncio.sleep(seconds)

    async def broken(self) -> None:
        """Return when the database can no longer be trusted without a restart; never, if all goes well."""
        await self._broken.wait()

    async def close(self) -> None:
        """Finish what is running and close."""
        self._closed = True
        if self._flusher is not None:
            await asyncio.shield(self._flusher)
        await self._connection.close()

    async def _flush(self) -> None:
        try:
            while batch := self._take():
                await self._commit(batch)
        finally:
            self._flusher = None
            for job in self._take():  # none, unless this task itself was cancelled
                job.answer.cancel()

    def _take(self) -> list[Job]:
        """The next use cases in order, without those nobody waits for any more."""
        wanted = [job for job in self._waiting if not job.answer.done()]
        self._waiting = wanted[LARGEST_BATCH:]
        return wanted[:LARGEST_BATCH]

    async def _commit(self, batch: list[Job]) -> None:
        works = [job.work for job in batch]
        try:
            outcomes = await hop(self._connection, lambda connection: self._run(connection, works))
            for job, outcome in zip(batch, outcomes, strict=True):
                job.tell(outcome)
        except StorageUnavailableError as error:
            if isinstance(error, StorageBrokenError):
                self._broken.set()
                batch, self._waiting = batch + self._waiting, []
            for job in batch:
                job.fail(str(error))
        finally:
            for job in batch:
                job.answer.cancel()  # does nothing to those that were told; the rest must not wait for ever

    def _run(self, connection: sqlite3.Connection, works: list[Work]) -> list[Outcome]:
        """On the connection's thread: SQLite would go on writing into a file that was deleted, we do not."""
        if _identity(self._path) != self._file:
            raise StorageBrokenError(f"the database file was taken away: {self._path}")
        return run_batch(connection, works, _WORKER)


def _give_back(connection: sqlite3.Connection) -> None:
    """What a process before this one had in its work waits again."""
    with connection:
        connection.execute("begin immediate")
        connection.execute("update inbox set worker = null where state = 'waiting' and worker is not null")
        connection.execute("update outbox set worker = null where worker is not null")


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file stands under that name; None for none that we can get at."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
