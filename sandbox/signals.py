"""Waiting for something to change, and telling those who watch."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sandbox.wire import Json, dumps

if TYPE_CHECKING:
    from collections.abc import Callable

BACKLOG = 10_000


class Signal:
    """Wakes whoever waits for a condition each time something it may depend on has changed."""

    def __init__(self) -> None:
        self._waiters: set[asyncio.Future[None]] = set()

    def fire(self) -> None:
        """Let every waiter look again."""
        waiters, self._waiters = self._waiters, set()
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, holds: Callable[[], bool], seconds: float) -> bool:
        """Wait at most `seconds` until `holds` is true, and tell whether it is."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while not holds():
            left = deadline - loop.time()
            if left <= 0:
                return False
            waiter = loop.create_future()
            self._waiters.add(waiter)
            try:
                await asyncio.wait({waiter}, timeout=left)
            finally:
                self._waiters.discard(waiter)
        return True

    async def once(self, seconds: float) -> None:
        """Wait at most `seconds` until something has changed."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            await asyncio.wait({waiter}, timeout=seconds)
        finally:
            self._waiters.discard(waiter)


class Hub:
    """Sends every event to everyone who listens; a listener too slow to keep up is dropped."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[bytes | None]] = set()
        self.changes = 0

    def publish(self, kind: str, **details: object) -> None:
        """Tell all listeners that something happened."""
        self.changes += 1
        if not self._listeners:
            return
        event: Json = {"event": kind, **details}
        line = dumps(event)
        for listener in list(self._listeners):
            if listener.full():
                self._listeners.discard(listener)
                listener.get_nowait()
                listener.put_nowait(None)
            else:
                listener.put_nowait(line)

    def listen(self) -> asyncio.Queue[bytes | None]:
        """Return a queue of encoded events that ends with None."""
        listener: asyncio.Queue[bytes | None] = asyncio.Queue(BACKLOG)
        self._listeners.add(listener)
        return listener

    def leave(self, listener: asyncio.Queue[bytes | None]) -> None:
        """Stop sending to a listener."""
        self._listeners.discard(listener)

    def close(self) -> None:
        """End every listener's stream."""
        for listener in list(self._listeners):
            if not listener.full():
                listener.put_nowait(None)
        self._listeners.clear()
