"""The conversation over a real database, each test with its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest

from bot.dialogue.given import Command, Commanded, Tapped
from bot.dialogue.intents import StartPractice
from bot.rubric.loader import library
from bot.services.conversation import Conversation
from bot.services.ports import RawUpdate
from bot.services.requests import Request
from storage.opening import open_storage
from tests.databases import new

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from bot.assessments.model import Assessment
    from bot.dialogue.given import Given
    from bot.services.ports import OutboxRow, Person, Storage, Transaction
    from bot.services.requests import Reply

NOW = datetime(2017, 4, 21, 2, 42, tzinfo=UTC)
ME, SOMEBODY_ELSE = 100, 200
"""Telegram ids."""


@dataclass
class Desk:
    """A conversation, its database, and the updates that come in."""

    storage: Storage
    conversation: Conversation
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    now: datetime = NOW

    async def accept(self, sender: int = ME) -> int:
        """An update arrives and is safely stored; returns its inbox number."""
        number = next(self.numbers)
        update = RawUpdate(number, sender, b'{"update_id":%d}' % number)
        rows = await self.storage.run(lambda tx: tx.accept([update], self.now))
        return rows[0].id

    def request(self, inbox_id: int, given: Given, sender: int = ME) -> Request:
        """What the handlers make of it."""
        card = {"callback_id": f"q{inbox_id}", "message_id": 5} if isinstance(given, Tapped) else {}
        return Request(inbox_id, sender, sender, given, **card)

    async def give(self, given: Given, sender: int = ME) -> Reply:
        """Somebody does something, and it is handled."""
        request = self.request(await self.accept(sender), given, sender)
        self.now += timedelta(minutes=1)
        return await self.storage.run(lambda tx: self.conversation.handle(tx, request, self.now))

    async def begin(self, sender: int = ME) -> int:
        """Somebody starts a practice run; returns its number."""
        await self.give(Commanded(Command.START), sender)
        reply = await self.give(Tapped(StartPractice()), sender)
        assert reply.screen is not None
        assert reply.screen.assessment is not None
        return reply.screen.assessment

    async def read(self, what: Callable[[Transaction], object]) -> object:
        """What stands in the database."""
        return await self.storage.run(what)

    async def assessment(self, number: int) -> Assessment:
        """The assessment as it is stored."""
        stored = await self.storage.run(lambda tx: tx.assessment(number))
        assert stored is not None
        return stored

    async def person(self, sender: int = ME) -> Person:
        """The person as they are stored."""
        return await self.storage.run(lambda tx: tx.person(sender, NOW))

    async def owed(self) -> list[OutboxRow]:
        """What is still to be sent."""
        return await self.storage.run(lambda tx: tx.owed())


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A conversation over a database of its own."""
    folder = tmp_path / "data"
    storage = await open_storage(new(folder), folder)
    ids = count(7001)
    rubrics = library()
    talks = Conversation(rubrics, rubrics.latest("sichuan-2017"), ("zh_CN", "en"), "zh_CN", lambda: next(ids))
    made = Desk(storage, talks)
    yield made
    await made.storage.close()
