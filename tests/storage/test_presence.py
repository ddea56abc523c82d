"""A process among those that share a PostgreSQL database is stopped when it is to stop, and leads as soon as it may."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from storage import presence
from storage.presence import Presence

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from storage.postgresql import PostgresStorage


@pytest.mark.parametrize("turns", range(4))
async def test_whoever_waits_to_be_called_can_be_stopped_at_the_moment_of_the_call(turns: int) -> None:
    """A call, and so many turns of the event loop later the end: what waits in a loop must not miss the end."""
    here = Presence("")
    stopped = asyncio.Event()

    async def waits() -> None:
        while not stopped.is_set():
            await here.stirred(60)
        raise AssertionError("the end was missed")

    task = asyncio.create_task(waits())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    here._stirred.set()
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    stopped.set()
    here._stirred.set()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_lead_that_is_free_is_taken_without_waiting_for_the_next_sign_of_life(
    open_postgresql: Callable[[], Awaitable[PostgresStorage]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "BEAT", 3600.0)
    storage = await open_postgresql()
    async with asyncio.timeout(20):
        while storage._presence._listening is None:  # noqa: ASYNC110 - nobody else needs to know
            await asyncio.sleep(0.01)
        await storage.lead()
