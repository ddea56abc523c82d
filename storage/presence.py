"""This process among those that share a PostgreSQL database: a sign of life, the burial of the dead, and the lead.

A worker lives as long as a connection of its own holds an advisory lock under its number, and as long as it says so
every second. The lock goes with the connection at once when the process dies; the word stops when it is suspended.
What a dead worker had in its work is then free for the others. Should a suspended one wake up, it finds its claims
lost (ClaimLostError) and takes a new number.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from typing import Any, Final

import psycopg

from bot.errors import StorageUnavailableError
from storage.postgresql_connection import OPTIONS

logger = logging.getLogger(__name__)

LEASE: Final = 10
"""Seconds without a word after which a worker counts as dead, though its connection stands."""

BEAT: Final = 1.0
"""Seconds between two signs of life."""

_WORKERS, _LEAD = 0x7A69, 0x7A70
_RECONNECT: Final = (0.1, 0.5, 1.0)
_NOW = "extract(epoch from clock_timestamp())::bigint"
_LISTEN = "listen zicha"
_QUICK = "set synchronous_commit = off"
_LOCK = f"select pg_try_advisory_lock({_WORKERS}, %s)"
_JOIN = f"insert into worker (id, seen_at) values (%s, {_NOW})"  # noqa: S608 - our own constants
_RENEW = f"update worker set seen_at = {_NOW} where id = %s returning id"  # noqa: S608 - the same
_BURY = f"""
    delete from worker where seen_at < {_NOW} - {LEASE} or not exists (
        select 1 from pg_locks where locktype = 'advisory' and classid = {_WORKERS} and objid = worker.id and granted
          and database = (select oid from pg_database where datname = current_database()))
    returning id
"""  # noqa: S608 - the same
_FREE_INBOX = """
    update inbox set worker = null
    where state = 'waiting' and worker is not null and worker not in (select id from worker) returning id
"""
_FREE_OUTBOX = """
    update outbox set worker = null
    where worker is not null and worker not in (select id from worker) returning id
"""
_TAKE_LEAD = f"select pg_try_advisory_lock({_LEAD}, 0)"


class Presence:
    """Keeps this process alive in the others' eyes; `worker` is its number, another one after it was given up."""

    def __init__(self, info: str) -> None:
        self.worker = 0
        self._info = info
        self._wants_lead = False
        self._listening: asyncio.Timeout | None = None
        self._leads = asyncio.Event()
        self._stirred = asyncio.Event()
        self._joined = asyncio.Event()
        self._forsaken = False
        self._task: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Join the others; StorageUnavailableError when that cannot be."""
        self._task = asyncio.create_task(self._live(), name="storage-presence")
        waiting = asyncio.create_task(self._joined.wait())
        done, _ = await asyncio.wait({self._task, waiting}, timeout=LEASE, return_when=asyncio.FIRST_COMPLETED)
        if waiting not in done:
            waiting.cancel()
            await self.end()
            raise StorageUnavailableError("the database let nobody join")

    async def end(self) -> None:
        """Leave; what is still in this process's work is the others'."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def lead(self) -> None:
        """Return when this process leads, and only while its connection stands; the first wish is looked at at once."""
        if not self._wants_lead and self._listening is not None:
            self._listening.reschedule(0)
        self._wants_lead = True
        await self._leads.wait()

    async def stirred(self, seconds: float) -> None:
        """Return when somebody called, or when something was given back; at the latest after so many seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stirred.wait()
        self._stirred.clear()

    def forsake(self) -> None:
        """Give up this number: it is not known any more what was kept under it."""
        self._forsaken = True

    async def _live(self) -> None:
        """Be there, until cancelled, whatever becomes of the connection."""
        failures = 0
        while True:
            try:
                async with await self._connect() as connection:
                    await self._join(connection)
                    failures = 0
                    while True:
                        await self._beat(connection)
                        await self._listen(connection)
            except psycopg.Error as error:
                logger.warning("no sign of life to the database error=%s", type(error).__name__)
            finally:
                self._leads.clear()
            await asyncio.sleep(_RECONNECT[min(failures, len(_RECONNECT) - 1)])
            failures += 1

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        return await psycopg.AsyncConnection.connect(self._info, autocommit=True, **OPTIONS)  # type: ignore[arg-type]  # libpq's own options

    async def _join(self, connection: psycopg.AsyncConnection[Any]) -> None:
        """Go on under the old number when nobody took its work yet, otherwise under a new one."""
        await connection.execute(_QUICK)
        await connection.execute(_LISTEN)
        if not (self.worker and not self._forsaken and await self._resume(connection)):
            await self._join_anew(connection)
        self._joined.set()

    async def _resume(self, connection: psycopg.AsyncConnection[Any]) -> bool:
        held = await _answers(connection, _LOCK, self.worker)
        return held == [(True,)] and bool(await _answers(connection, _RENEW, self.worker))

    async def _join_anew(self, connection: psycopg.AsyncConnection[Any]) -> None:
        number = secrets.randbelow(2**31 - 1) + 1
        while await _answers(connection, _LOCK, number) != [(True,)]:
            number = secrets.randbelow(2**31 - 1) + 1
        await connection.execute(_JOIN, (number,))
        before, self.worker, self._forsaken = self.worker, number, False
        if before:
            logger.warning("working under a new number worker=%d before=%d", number, before)

    async def _beat(self, connection: psycopg.AsyncConnection[Any]) -> None:
        """Say that this process lives, bury who does not, and take the lead when it is free and wanted."""
        if self._forsaken or not await _answers(connection, _RENEW, self.worker):
            await connection.execute(f"select pg_advisory_unlock({_WORKERS}, %s)", (self.worker,))
            await connection.execute("delete from worker where id = %s", (self.worker,))
            await self._join_anew(connection)
        buried = await _answers(connection, _BURY)
        freed = [*await _answers(connection, _FREE_INBOX), *await _answers(connection, _FREE_OUTBOX)]
        if buried or freed:
            logger.warning("took over from the dead workers=%d rows=%d", len(buried), len(freed))
            self._stirred.set()
        if self._wants_lead and not self._leads.is_set() and await _answers(connection, _TAKE_LEAD) == [(True,)]:
            self._leads.set()

    async def _listen(self, connection: psycopg.AsyncConnection[Any]) -> None:
        """Hear who calls, until the next sign of life is due or the lead is wanted."""
        try:
            async with asyncio.timeout(None) as self._listening:
                async for _ in connection.notifies(timeout=BEAT, stop_after=1):
                    self._stirred.set()
        except TimeoutError:
            pass  # the lead is wanted
        finally:
            self._listening = None


async def _answers(connection: psycopg.AsyncConnection[Any], sql: str, *parameters: int) -> list[tuple[Any, ...]]:
    cursor = await connection.execute(sql.encode(), parameters or None)
    return await cursor.fetchall()
