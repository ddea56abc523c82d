"""Updates that come one by one, stored together: whatever arrives during a commit shares the next one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from bot.handlers.failures import Failure, attempt

if TYPE_CHECKING:
    from bot.handlers.dispatch import Dispatcher
    from bot.services.ports import RawUpdate

_AT_ONCE: Final = 100


class Arrivals:
    """Stores updates and hands the new ones over, in the order in which they came to be stored."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher
        self._waiting: list[tuple[RawUpdate, asyncio.Future[Failure | None]]] = []
        self._task: asyncio.Task[None] | None = None

    async def keep(self, update: RawUpdate) -> Failure | None:
        """Return once the update is committed, or why it is not."""
        outcome: asyncio.Future[Failure | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((update, outcome))
        if self._task is None:
            self._task = asyncio.create_task(self._store())
        return await outcome

    async def _store(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
                taken = await attempt(self._dispatcher.take([update for update, _ in batch]))
                for _, outcome in batch:
                    if not outcome.done():
                        outcome.set_result(taken if isinstance(taken, Failure) else None)
        finally:
            self._task = None
