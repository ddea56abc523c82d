"""A bot's server for the sandbox to post to, and a sandbox that repeats its posts soon."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.sandbox import Options
from sandbox.server import Running, start
from sandbox.wire import loads

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sandbox.client import Client

PERSON, COLLEAGUE = 5_000_101, 5_000_102
SECRET = "sesame-open_1"  # noqa: S105 - it guards nothing


@dataclass
class Receiver:
    """A bot's server: keeps what it is sent, and answers as it is told to."""

    url: str = ""
    updates: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    slow: float = 0.0
    busy: int = 0
    busiest: int = 0
    came: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def take(self, request: web.Request) -> web.Response:
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        await asyncio.sleep(self.slow)
        self.busy -= 1
        self.headers.append(dict(request.headers))
        self.updates.append(loads(await request.read()))
        async with self.came:
            self.came.notify_all()
        return web.Response(**(self.answers.pop(0) if self.answers else {}))

    async def until(self, count: int) -> list[str]:
        """Wait for so many deliveries, and return what the people said in them."""
        async with asyncio.timeout(5), self.came:
            await self.came.wait_for(lambda: len(self.updates) >= count)
        return [str(one["message"]["text"]) for one in self.updates]


@asynccontextmanager
async def prompt_sandbox() -> AsyncIterator[Running]:
    """A sandbox that two people have talked to, and that waits a hundredth as long as Telegram does."""
    async with await start(options=Options(local=True, retry_scale=0.01)) as server:
        server.controls.say(PERSON, "/start")
        server.controls.say(COLLEAGUE, "/start")
        server.sandbox.world.queue.clear()
        yield server


async def info(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = (await client.call("getWebhookInfo")).result
    return found


async def settled(client: Client) -> dict[str, Any]:
    """Wait until nothing is pending, and return the counts."""
    async with asyncio.timeout(5):
        while (stats := await client.look("stats"))["pending"]:  # noqa: ASYNC110 - it happens in a server
            await asyncio.sleep(0.01)
    return stats
