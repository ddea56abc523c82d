"""Sent replies leave the outbox many at a time; one that is lost here only draws a card once more after a restart."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Final

from bot.handlers.backoff import Backoff
from bot.handlers.failures import Failure, attempt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.services.ports import Storage

logger = logging.getLogger(__name__)

WAIT: Final = 0.15
"""Seconds that a settled row may wait for others."""

ENOUGH: Final = 50
"""So many do not wait any longer."""


class Settler:
    """Collects outbox rows that were sent, and settles them in one transaction."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._rows: list[int] = []
        self._enough = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def add(self, rows: Iterable[int]) -> None:
        """These were sent, or never can be."""
        self._rows += rows
        if len(self._rows) >= ENOUGH:
            self._enough.set()
        if self._task is None and self._rows:
            self._task = asyncio.create_task(self._settle())

    async def close(self) -> None:
        """Settle what is left, if the database takes it at once."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._flush()

    async def _settle(self) -> None:
        backoff = Backoff(0.2, 10.0)
        try:
            while self._rows:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(WAIT):
                        await self._enough.wait()
                if not await self._flush():
                    await asyncio.sleep(backoff.delay())
        finally:
            self._task = None

    async def _flush(self) -> bool:
        """The rows are kept until it is certain: who is stopped meanwhile settles them once more."""
        rows = tuple(self._rows)
        self._enough.clear()
        if not rows:
            return True
        outcome = await attempt(self._storage.run(lambda tx: tx.settle(rows)))
        if isinstance(outcome, Failure):
            logger.warning("cannot settle the outbox count=%d failure=%s", len(rows), outcome)
            return False
        del self._rows[: len(rows)]
        return True
