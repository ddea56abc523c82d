"""Long polling: one bot waits at a time, and a newcomer ends the wait of the one before."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sandbox.wire import CONFLICT, ApiError

if TYPE_CHECKING:
    from sandbox.updates import UpdateQueue
    from sandbox.webhook import Webhook
    from sandbox.wire import Json

MOST_UPDATES = 100
LONGEST_WAIT = 50
THROTTLE_SPAN, THROTTLE_WAIT, HURRY_SPAN = 3.0, 3, 0.5
CONFLICT_PAUSE = 3.0
SHUT = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
ENDED = "Conflict: terminated by setWebhook request"
TERMINATED = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class Polling:
    """Answers getUpdates out of a queue."""

    def __init__(self, queue: UpdateQueue, webhook: Webhook) -> None:
        self.queue = queue
        self.webhook = webhook
        self._turn = 0
        self._waiting = False
        self._last_offset: int | None = None
        self._last_start = 0.0
        self._next_conflict = 0.0

    async def poll(self, offset: int, limit: int, timeout: int) -> list[Json]:  # noqa: ASYNC109 - Telegram's word
        """Return updates from `offset` on, waiting up to `timeout` seconds for the first.

        Raises:
            ApiError: 409, another poll or a webhook has taken over.
        """
        if self.webhook.url:
            raise ApiError(CONFLICT, SHUT)
        limit = limit if 1 <= limit <= MOST_UPDATES else MOST_UPDATES if limit > MOST_UPDATES else 1
        limit, timeout = self._throttled(offset, limit, max(0, min(timeout, LONGEST_WAIT)))
        if offset:
            self.queue.confirm(offset)
        if updates := self.queue.take(limit):
            return updates
        if timeout:
            await self._wait(timeout)
        return self.queue.take(limit)

    def _throttled(self, offset: int, limit: int, timeout: int) -> tuple[int, int]:
        now = asyncio.get_running_loop().time()
        if offset == self._last_offset:
            timeout = THROTTLE_WAIT if timeout < THROTTLE_WAIT and now < self._last_start + THROTTLE_SPAN else timeout
            limit = 1 if now < self._last_start + HURRY_SPAN else limit
        self._last_offset, self._last_start = offset, now
        return limit, timeout

    async def _wait(self, seconds: int) -> None:
        self._turn += 1
        turn = self._turn
        self.queue.arrived.fire()
        await self.queue.arrived.until(lambda: self._called_off(turn) or bool(self.queue), seconds)
        if self.webhook.url:
            raise ApiError(CONFLICT, ENDED)
        if turn != self._turn:
            await self._pause()
            raise ApiError(CONFLICT, TERMINATED)

    def _called_off(self, turn: int) -> bool:
        return turn != self._turn or bool(self.webhook.url)

    async def _pause(self) -> None:
        now = asyncio.get_running_loop().time()
        if now < self._next_conflict:
            await asyncio.sleep(CONFLICT_PAUSE)
        else:
            self._next_conflict = now + CONFLICT_PAUSE
