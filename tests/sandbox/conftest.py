"""A fresh sandbox on a free port, and a client of it, for every test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp import web

from sandbox.client import Client
from sandbox.server import Running, start
from tests.sandbox.hooked import SECRET, Receiver

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


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """The bot's own server."""
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


@pytest.fixture
async def hooked(client: Client, receiver: Receiver) -> Receiver:
    """The bot's own server, with updates posted to it."""
    assert (await client.call("setWebhook", url=receiver.url, secret_token=SECRET)).result is True
    return receiver
