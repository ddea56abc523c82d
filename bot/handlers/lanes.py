"""Keyed lanes: jobs of one key run in their order, jobs of different keys side by side."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable

Job = TypeVar("Job")


class Lanes(Generic[Job]):
    """One task for each key that has jobs, none for the others; `room` holds back who would pile up more than `limit`.

    `work` must not raise: what can go wrong with a job is its own matter.
    """

    def __init__(self, work: Callable[[Job], Awaitable[None]], *, limit: int = 1000) -> None:
        self._work = work
        self._limit = limit
        self._waiting: dict[Hashable, deque[Job]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._size = 0
        self._room = asyncio.Event()
        self._room.set()

    def __len__(self) -> int:
        """How many jobs are waiting or running."""
        return self._size

    def submit(self, key: Hashable, job: Job) -> None:
        """Put a job at the end of its lane."""
        self._size += 1
        if self._size >= self._limit:
            self._room.clear()
        lane = self._waiting.get(key)
        if lane is not None:
            lane.append(job)
            return
        self._waiting[key] = lane = deque((job,))
        task = asyncio.create_task(self._run(key, lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def room(self) -> None:
        """Wait until fewer than `limit` jobs are in the lanes, or half as many once there were so many."""
        await self._room.wait()

    async def drain(self, timeout: float) -> int:  # noqa: ASYNC109 - what is left is counted, not raised
        """Let the lanes run empty for up to `timeout` seconds, then stop them; returns how many jobs were given up."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=timeout)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        return self._size

    async def _run(self, key: Hashable, lane: deque[Job]) -> None:
        try:
            while lane:
                await self._work(lane[0])
                lane.popleft()
                self._size -= 1
                if self._size <= self._limit // 2:
                    self._room.set()
        finally:
            del self._waiting[key]
