"""One acknowledgement for an album, whose files come one by one and without an end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.services.requests import Reply

PAUSE: Final = 1.0
"""Seconds without another file of an album after which it counts as complete."""


class Albums:
    """Holds a reply that has a topic back until nothing more of its topic comes; a newer one takes its place.

    What is held stands in the outbox: a process that ends before it is sent leaves it to the next one.
    """

    def __init__(self, post: Callable[[Reply], None], pause: float = PAUSE) -> None:
        self._post = post
        self._pause = pause
        self._held: dict[tuple[int, str], Reply] = {}
        self._timers: dict[tuple[int, str], asyncio.TimerHandle] = {}

    def post(self, reply: Reply) -> None:
        """Send the reply now, or, when it has a topic, as soon as that is quiet."""
        if reply.owed.topic is None:
            self._post(reply)
            return
        key = reply.owed.chat_id, reply.owed.topic
        self._held[key] = reply
        self._start(key)

    def pause(self, chat_id: int) -> None:
        """More is being fetched for this chat: hold what is held."""
        for key in self._keys(chat_id):
            self._timers.pop(key).cancel()

    def go_on(self, chat_id: int) -> None:
        """What was being fetched is here, or will not come."""
        for key in [key for key in self._held if key[0] == chat_id]:
            self._start(key)

    def release(self) -> None:
        """Send everything that is held."""
        for key in list(self._held):
            self._let_go(key)

    def _keys(self, chat_id: int) -> list[tuple[int, str]]:
        return [key for key in self._timers if key[0] == chat_id]

    def _start(self, key: tuple[int, str]) -> None:
        if key in self._timers:
            self._timers.pop(key).cancel()
        self._timers[key] = asyncio.get_running_loop().call_later(self._pause, self._let_go, key)

    def _let_go(self, key: tuple[int, str]) -> None:
        if (timer := self._timers.pop(key, None)) is not None:
            timer.cancel()
        self._post(self._held.pop(key))
