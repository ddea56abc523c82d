"""After a restart: what is owed and what was waiting, one person's in turn."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot.handlers.dispatch import Dispatcher
from bot.handlers.wire import dumps
from bot.services.ports import InboxRow, OutboxRow, OwedReply, RawUpdate
from bot.services.requests import Reply
from tests.handlers.harness import card, now

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.services.requests import Request

PERSON = 5_000_101
OWED = OwedReply(PERSON, person=1)
OLDER, NEWER = 1, 2


class Talk:
    """Draws the older reply as things stood, and owes a newer one for whatever is said."""

    def redraw(self, tx: object, row: OutboxRow, now: datetime) -> Reply:
        del tx, now
        return Reply(row.id, row.reply, card("older"), None, "zh_CN")

    def handle(self, tx: object, request: Request, now: datetime) -> Reply:
        del tx, request, now
        return Reply(NEWER, OWED, card("newer"), None, "zh_CN")


class Slow:
    """A storage that commits at once, and says so of the older reply only when it is let."""

    share = 16

    def __init__(self) -> None:
        self.let = asyncio.Event()

    async def run(self, work: Callable[[Any], Reply]) -> Reply:
        reply = work(None)
        if reply.outbox_id == OLDER:
            await self.let.wait()
        return reply


class Sent:
    """Keeps the numbers of what is to be sent, in order."""

    def __init__(self) -> None:
        self.numbers: list[int] = []

    def post(self, reply: Reply) -> None:
        self.numbers.append(reply.outbox_id)

    def calm(self) -> None:
        """The database works."""


async def test_an_owed_screen_that_was_drawn_slowly_is_not_sent_after_a_newer_one() -> None:
    storage, sent = Slow(), Sent()
    dispatcher = Dispatcher(storage=storage, conversation=Talk(), outgoing=sent, clock=now)  # type: ignore[arg-type]  # only what is used
    dispatcher.redraw(OutboxRow(OLDER, OWED))
    dispatcher.submit(InboxRow(1, RawUpdate(1, PERSON, _said("/start"))))
    for _ in range(10):
        await asyncio.sleep(0)
    storage.let.set()
    assert await dispatcher.drain(1.0) == 0
    assert sent.numbers == [OLDER, NEWER]


def _said(words: str) -> bytes:
    who = {"id": PERSON, "is_bot": False, "first_name": "P"}
    chat = {"id": PERSON, "type": "private"}
    return dumps({"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": chat, "from": who, "text": words}})
