"""A fresh sandbox on a free port, and a client of it, for every test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from sandbox.client import Client
from sandbox.server import Running, start

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MANAGER = 5_000_101


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    async with await start() as server:
        yield server


@pytest.fixture
async def client(running: Running) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession(running.url) as session:
        yield Client(session, running.token)


@pytest.fixture
def person(running: Running) -> int:
    """Someone who has already talked to the bot."""
    running.controls.say(MANAGER, "/start")
    running.sandbox.world.queue.clear()
    return MANAGER
