"""Telegram's pace for sending: about a message a second in a chat, thirty over all, twenty a minute in a group."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.wire import too_many_requests

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class Bucket:
    """Holds up to `size` messages and refills at `rate` a second."""

    size: float
    rate: float
    level: float
    filled: float

    def wait(self, now: float) -> float:
        """Return how many seconds are missing until one more message is let through."""
        self.level = min(self.size, self.level + (now - self.filled) * self.rate)
        self.filled = now
        return max(0.0, (1 - self.level) / self.rate)


class Pace:
    """Counts what a bot sends, and refuses what is too fast."""

    def __init__(self, now: Callable[[], float], *, on: bool) -> None:
        self._now = now
        self.on = on
        self._floods: dict[int, float] = {}
        self._all = Bucket(30, 30, 30, now())
        self._chats: dict[int, Bucket] = {}

    def flood(self, chat_id: int, seconds: float) -> None:
        """Refuse for so long what is sent to a chat, 0 is every chat."""
        self._floods[chat_id] = self._now() + seconds

    def admit(self, chat_id: int, count: int = 1) -> None:
        """Count messages to a chat.

        Raises:
            ApiError: 429, with the whole seconds to wait.
        """
        now = self._now()
        left = max(self._floods.get(0, 0.0), self._floods.get(chat_id, 0.0)) - now
        if left > 0:
            raise too_many_requests(math.ceil(left))
        if not self.on:
            return
        buckets = (self._all, self._chats.setdefault(chat_id, _bucket_for(chat_id, now)))
        missing = max(bucket.wait(now) for bucket in buckets)
        if missing:
            raise too_many_requests(math.ceil(missing))
        for bucket in buckets:
            bucket.level -= count

    def forget(self) -> None:
        """Let everything through again that is not too fast from now on."""
        self._floods.clear()
        self._chats.clear()
        self._all = Bucket(30, 30, 30, self._now())


def _bucket_for(chat_id: int, now: float) -> Bucket:
    return Bucket(5, 1, 5, now) if chat_id > 0 else Bucket(20, 20 / 60, 20, now)
