"""A station's people talking to the bot over a real database: what each does, and what each is told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from bot.dialogue.given import Command, Commanded, Tapped, Typed
from bot.dialogue.station_intents import Admit, Agree, Invite, StartSelfAssessment
from bot.rubric.loader import library
from bot.services.conversation import Conversation
from bot.services.invitations import invite
from bot.services.ports import RawUpdate
from bot.services.requests import Request
from bot.stations.invitations import CONSENT
from bot.stations.model import Authority, Level, Role, Station
from tests.storage.builders import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.assessments.model import AssessmentId, PersonId
    from bot.dialogue.given import Given
    from bot.services.ports import Storage, Transaction
    from bot.services.requests import Reply
    from bot.stations.model import Membership

HEAD, CONTACT, FILLER, STRANGER = 100, 200, 300, 400
"""Telegram ids."""
CODE = "LS-001"


@dataclass
class Company:
    """The conversation over a database, and a clock that goes a minute with every act."""

    storage: Storage
    now: datetime = NOW
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    ids: Iterator[int] = field(default_factory=lambda: count(7001))

    def __post_init__(self) -> None:
        """Set up the conversation."""
        rubrics = library()
        self.conversation = Conversation(
            rubrics, rubrics.latest("sichuan-2017"), ("zh_CN", "en"), "zh_CN", lambda: next(self.ids), lambda: "a_bot"
        )

    async def read(self, what: Callable[[Transaction], object]) -> object:
        """What stands in the database."""
        return await self.storage.run(what)

    async def give(self, sender: int, given: Given) -> Reply:
        """Somebody does something, and it is handled."""
        number = next(self.numbers)
        rows = await self.storage.run(
            lambda tx: tx.accept([RawUpdate(number, sender, b'{"update_id":%d}' % number)], self.now)
        )
        await self.storage.run(lambda tx: tx.claim(1000))
        self.now += timedelta(minutes=1)
        card = {"callback_id": f"q{number}", "message_id": 5} if isinstance(given, Tapped) else {}
        request, now = Request(rows[0].id, sender, sender, given, **card), self.now
        return await self.storage.run(lambda tx: self.conversation.handle(tx, request, now))

    async def founded(self) -> int:
        """An authority and a station are made known; the station's number."""
        await self.storage.run(_found)
        station = await self.storage.run(lambda tx: tx.station_by_code(CODE))
        assert station is not None
        return station.id

    async def headed(self) -> int:
        """The station has a head, who joined by the operator's invitation and its code; the station's number."""
        station = await self.founded()
        made = await self.storage.run(lambda tx: invite(tx, CODE, Role.HEAD, number=next(self.ids), now=self.now))
        await self.give(HEAD, Commanded(Command.START, f"j_{made.words}"))
        await self.give(HEAD, Tapped(Agree(made.invitation.id, CONSENT)))
        await self.give(HEAD, Typed(made.code))
        await self.give(HEAD, Typed("吉站长"))
        return station

    async def invited(self, station: int, role: Role = Role.FILLER) -> str:
        """The head invites somebody; the words of the link."""
        alive = await self.storage.run(lambda tx: tx.invitations(station, self.now))
        reply = await self.give(HEAD, Tapped(Invite(station, role, len(alive))))
        [link] = [told for told in reply.told if told.owed.chat_id == HEAD]
        assert link.notice is not None
        found = re.search(r"start=j_([A-Za-z0-9_-]{43})$", str(link.notice.text.args["link"]))
        assert found is not None
        return found[1]

    async def asked(self, sender: int, words: str, name: str) -> tuple[int, Reply]:
        """Somebody opens a link, agrees, and says who they are; the invitation's number, and the last reply."""
        reply = await self.give(sender, Commanded(Command.START, f"j_{words}"))
        assert reply.screen is not None
        [number] = {
            button.intent.invitation for row in reply.screen.rows for button in row if isinstance(button.intent, Agree)
        }
        await self.give(sender, Tapped(Agree(number, CONSENT)))
        return number, await self.give(sender, Typed(name))

    async def joined(self, station: int, sender: int, name: str, role: Role = Role.FILLER) -> None:
        """Somebody is invited, and let in."""
        number, _ = await self.asked(sender, await self.invited(station, role), name)
        await self.give(HEAD, Tapped(Admit(number)))

    async def begun(self, station: int) -> AssessmentId:
        """The head begins the station's self-assessment."""
        reply = await self.give(HEAD, Tapped(StartSelfAssessment(station)))
        assert reply.screen is not None
        assert reply.screen.assessment is not None
        return reply.screen.assessment

    async def members(self, station: int) -> dict[str, Membership]:
        """Who belongs to the station now, by name."""
        members = await self.storage.run(lambda tx: tx.members(station))
        return {each.name: each for each in members if each.is_current}

    async def person(self, sender: int) -> PersonId:
        """Our number for somebody."""
        return (await self.storage.run(lambda tx: tx.person(sender, self.now))).id


def _found(tx: Transaction) -> None:
    tx.save_authority(Authority("5134", "凉山州人力资源和社会保障局", Level.CITY, "51"))
    tx.save_station(Station(0, CODE, "凉山××职业技能鉴定所", "5134"))


def keys(reply: Reply) -> tuple[str, ...]:
    """What somebody is told, and then what others are, by the keys of the texts."""
    return tuple(each.notice.text.key for each in (reply, *reply.told) if each.notice is not None)
