"""The harness with a webhook in the place of polling."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, Self

import aiohttp
from telegram import Bot

from bot.handlers.arrivals import Arrivals
from bot.handlers.registration import Registration
from bot.handlers.webhook import SECRET_HEADER, Receiver
from bot.handlers.wire import dumps
from tests.handlers.harness import Harness, now

if TYPE_CHECKING:
    from bot.services.ports import Storage
    from sandbox.server import Running

PATH = "/updates"
SECRET = "canary-of-the-webhook-0123456789"  # noqa: S105 - a canary


class Hooked(Harness):
    """A bot that Telegram posts to; `port` is known once it is entered."""

    def __init__(self, running: Running, storage: Storage) -> None:
        super().__init__(running, storage)
        root = f"{running.url}/bot"
        self.bot = Bot(running.token, base_url=root, request=self.calling, get_updates_request=self.polling)
        self.receiver = Receiver(
            path=PATH, secret=SECRET, arrivals=Arrivals(self.dispatcher), storage=self.storage, clock=now
        )
        self.port = 0

    @property
    def url(self) -> str:
        """Where updates are posted to."""
        return f"http://127.0.0.1:{self.port}{PATH}"

    async def __aenter__(self) -> Self:
        await self.calling.initialize()
        self.port = await self.receiver.open("127.0.0.1", 0)
        self.feed()
        return self

    def register(self, looks_every: float = 60.0) -> None:
        """Tell Telegram where we are."""
        registration = Registration(bot=self.bot, url=self.url, secret=SECRET, gate=self.gate, looks_every=looks_every)
        self.tasks.append(asyncio.create_task(registration.run()))

    async def __aexit__(self, *_: object) -> None:
        await self.receiver.close()
        await super().__aexit__()


def update(number: int, text: str, person: int = 5_000_101) -> dict[str, Any]:
    """A message as Telegram posts it."""
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": 1_800_000_000,
            "chat": {"id": person, "type": "private", "first_name": "x"},
            "from": {"id": person, "is_bot": False, "first_name": "x"},
            "text": text,
        },
    }


async def post(hooked: Hooked, body: object, secret: str | None = SECRET, **more: Any) -> int:  # noqa: ANN401 - aiohttp's
    """Post a body; returns the status."""
    headers = {} if secret is None else {SECRET_HEADER: secret}
    data = body if isinstance(body, bytes | BytesIO | AsyncIterator) else dumps(body)
    async with (
        aiohttp.ClientSession() as session,
        session.request(
            more.pop("method", "POST"), more.pop("url", hooked.url), data=data, headers=headers, **more
        ) as response,
    ):
        return response.status
