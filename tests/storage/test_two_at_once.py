"""Two people on the same items at the same moments: nothing is overwritten unseen, every value is in the history."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pytest

from bot.assessments.events import AnswerSetAside, EntrySetAside, EntryWritten, ItemAnswered
from bot.dialogue.form_intents import ReplaceEntry
from bot.dialogue.given import Tapped, Typed
from bot.dialogue.intents import Choose, ConfirmRest, Mark, Open, PickUp
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.station_intents import PutMine, StartSelfAssessment
from bot.rubric.answers import Chosen
from bot.rubric.loader import library
from tests.storage.company import FILLER, HEAD, Company, keys

if TYPE_CHECKING:
    from bot.assessments.history import HistoryEntry
    from bot.assessments.model import AssessmentId
    from bot.services.ports import Storage
    from bot.services.requests import Reply

ROUNDS: Final = 200
RECORDED: Final = {"notice.recorded", "notice.changed", "notice.changed_words", "notice.two_answers"}
ITEMS: Final = ("2.1.1", "5.1.1", "6.1.1")
LEVELS: Final = {item: [each.id for each in library().latest("sichuan-2017").items[item].levels] for item in ITEMS}


@pytest.fixture
async def company(storage: Storage) -> Company:
    """A station whose head and filler are in its self-assessment."""
    made = Company(storage)
    station = await made.headed()
    await made.joined(station, FILLER, "陈老师")
    await made.give(FILLER, Tapped(PickUp(await made.begun(station))))
    return made


async def number_of(company: Company) -> AssessmentId:
    """The self-assessment that the head is in."""
    position = (await company.storage.run(lambda tx: tx.person(HEAD, company.now))).position
    assert position is not None
    assert position.assessment is not None
    return position.assessment


async def history(company: Company, item: str) -> list[HistoryEntry]:
    """Everything that was ever said of an item, oldest first."""
    number = await number_of(company)
    return list(reversed(await company.storage.run(lambda tx: tx.history(number, item, 100_000))))


@dataclass
class Somebody:
    """One who taps what they saw last, however old it is, and chooses when both answers are shown."""

    sender: int
    company: Company
    number: AssessmentId
    chance: random.Random
    seen: dict[str, int] = field(default_factory=dict)
    said: Counter[tuple[str, str]] = field(default_factory=Counter)

    async def act(self) -> None:
        """Answer an item as it was when last seen, or look at it anew."""
        item = self.chance.choice(ITEMS)
        if self.chance.random() < 0.3:
            self.learn(await self.company.give(self.sender, Tapped(Open(Place(PlaceKind.ITEM, item)), self.number)))
            return
        level = self.chance.choice(LEVELS[item])
        reply = await self.say(item, level, Choose(item, level, self.seen.get(item, 0)))
        if keys(reply)[0] != "notice.two_answers":
            return
        mine = [button.intent for row in _rows(reply) for button in row if isinstance(button.intent, PutMine)]
        if self.chance.random() < 0.5:
            await self.say(item, level, mine[0])

    async def say(self, item: str, level: str, intent: Choose | PutMine) -> Reply:
        """Tap, and count what the answer says is on record."""
        reply = await self.company.give(self.sender, Tapped(intent, self.number))
        self.said[item, level] += keys(reply)[0] in RECORDED
        self.learn(reply)
        return reply

    def learn(self, reply: Reply) -> None:
        """What the card shows, one knows."""
        for row in _rows(reply):
            for button in row:
                if isinstance(button.intent, Choose | PutMine):
                    self.seen[button.intent.item] = button.intent.revision


def _rows(reply: Reply) -> tuple[tuple[object, ...], ...]:
    return () if reply.screen is None else reply.screen.rows


async def test_in_any_interleaving_every_value_is_in_the_history_and_none_is_overwritten_unseen(
    company: Company,
) -> None:
    number, chance = await number_of(company), random.Random(68)  # noqa: S311 - a play, not a secret
    people = [Somebody(sender, company, number, chance) for sender in (HEAD, FILLER)]
    for _ in range(ROUNDS):
        await asyncio.gather(*(each.act() for each in people))
    assessment = await company.storage.run(lambda tx: tx.assessment(number))
    assert assessment is not None
    for item in ITEMS:
        entries, last = await history(company, item), None
        for entry in entries:
            if isinstance(entry.event, ItemAnswered):
                assert entry.event.before == last
                last = entry.event.after
        assert assessment.item(item).answer == last
        for each in people:
            by = await company.person(each.sender)
            stored = Counter(_level(entry) for entry in entries if entry.by == by)
            assert stored == {level: count for (of, level), count in each.said.items() if of == item and count}
        assert any(isinstance(entry.event, AnswerSetAside) for entry in entries)


def _level(entry: HistoryEntry) -> str | None:
    event = entry.event
    answer = event.after if isinstance(event, ItemAnswered) else getattr(event, "offered", None)
    return answer.level if isinstance(answer, Chosen) else None


async def test_the_second_sees_both_answers_and_may_keep_the_first(company: Company) -> None:
    number = await number_of(company)
    await company.give(HEAD, Tapped(Choose("2.1.1", "met", 0), number))
    reply = await company.give(FILLER, Tapped(Choose("2.1.1", "problem", 0), number))
    assert keys(reply) == ("notice.two_answers",)
    person = await company.storage.run(lambda tx: tx.person(FILLER, company.now))
    assert person.position is not None
    assert person.position.place == Place(PlaceKind.CONFLICT, "2.1.1")
    await company.give(FILLER, Tapped(Open(Place(PlaceKind.ITEM, "2.1.1")), number))
    entries = await history(company, "2.1.1")
    assert [type(entry.event) for entry in entries] == [ItemAnswered, AnswerSetAside]
    assert entries[-1].event == AnswerSetAside("2.1.1", Chosen("met"), Chosen("problem"))


async def test_the_second_may_put_their_own_and_the_first_stays_in_the_history(company: Company) -> None:
    number = await number_of(company)
    await company.give(HEAD, Tapped(Choose("2.1.1", "met", 0), number))
    await company.give(FILLER, Tapped(Choose("2.1.1", "problem", 0), number))
    await company.give(FILLER, Tapped(PutMine("2.1.1", 1), number))
    assessment = await company.storage.run(lambda tx: tx.assessment(number))
    assert assessment is not None
    assert assessment.item("2.1.1").answer == Chosen("problem")
    assert assessment.item("2.1.1").by == await company.person(FILLER)
    reply = await company.give(FILLER, Tapped(PutMine("2.1.1", 1), number))
    assert keys(reply) == ("notice.already_recorded",)


async def test_a_typed_answer_does_not_overwrite_what_a_colleague_chose_meanwhile(company: Company) -> None:
    number = await number_of(company)
    await company.give(FILLER, Tapped(Open(Place(PlaceKind.ITEM, "2.1.1")), number))
    await company.give(HEAD, Tapped(Choose("2.1.1", "met", 0), number))
    assert keys(await company.give(FILLER, Typed("2"))) == ("notice.two_answers",)
    await company.give(FILLER, Tapped(Open(Place(PlaceKind.ITEM, "2.1.1")), number))
    assert keys(await company.give(FILLER, Typed("2"))) == ("notice.changed",)


async def test_a_colleague_who_answers_alike_is_no_conflict(company: Company) -> None:
    number = await number_of(company)
    await company.give(HEAD, Tapped(Choose("2.1.1", "met", 0), number))
    assert keys(await company.give(FILLER, Tapped(Choose("2.1.1", "met", 0), number))) == ("notice.already_recorded",)


GROUP: Final = "g3"
GROUPED: Final = library().latest("sichuan-2017").groups_by_id[GROUP].items


@dataclass
class OnTheCard:
    """One who taps the group card as they saw it last, however old it is, and sometimes looks anew."""

    sender: int
    company: Company
    number: AssessmentId
    chance: random.Random
    buttons: list[object] = field(default_factory=list)

    async def act(self) -> None:
        """Tap one of the buttons that were seen, or see what there is."""
        known = [each for each in self.buttons if isinstance(each, Mark | ConfirmRest | PutMine)]
        if not known or self.chance.random() < 0.2:
            intent: Mark | ConfirmRest | PutMine | Open = Open(Place(PlaceKind.GROUP, GROUP))
        else:
            intent = self.chance.choice(known)
        reply = await self.company.give(self.sender, Tapped(intent, self.number))
        if self.chance.random() < 0.7:
            self.buttons = [getattr(button, "intent", None) for row in _rows(reply) for button in row]


async def test_on_group_cards_nothing_is_overwritten_unseen_either(company: Company) -> None:
    number, chance = await number_of(company), random.Random(69)  # noqa: S311 - a play, not a secret
    people = [OnTheCard(sender, company, number, chance) for sender in (HEAD, FILLER)]
    for _ in range(ROUNDS):
        await asyncio.gather(*(each.act() for each in people))
    assessment = await company.storage.run(lambda tx: tx.assessment(number))
    assert assessment is not None
    asides = 0
    for item in GROUPED:
        last, by = None, 0
        for entry in await history(company, item):
            if isinstance(entry.event, AnswerSetAside):
                asides += 1
                assert (entry.event.stands, entry.by != by) == (last, True), "it met what a colleague had answered"
            elif isinstance(entry.event, ItemAnswered):
                assert entry.event.before == last
                last, by = entry.event.after, entry.by
        assert assessment.item(item).answer == last
    assert asides > 10


async def test_of_two_values_in_a_field_the_one_that_was_not_chosen_is_in_its_history(company: Company) -> None:
    number, address = await number_of(company), "registration.address"
    for sender in (HEAD, FILLER):
        await company.give(sender, Tapped(Open(Place(PlaceKind.FIELD, address)), number))
    await company.give(HEAD, Typed("甲路"))
    assert keys(await company.give(FILLER, Typed("乙路"))) == ("form.contested",)
    kept = EntrySetAside(address, "甲路", "乙路")
    assert [each.event for each in await history(company, address)] == [EntryWritten(address, "", "甲路"), kept]
    assert keys(await company.give(FILLER, Tapped(ReplaceEntry(address, 1), number))) == ("form.kept",)
    assert (await history(company, address))[-1].event == EntryWritten(address, "甲路", "乙路")


async def test_two_who_begin_at_once_are_in_one_self_assessment(storage: Storage) -> None:
    company = Company(storage)
    station = await company.headed()
    await company.joined(station, FILLER, "陈老师")
    start = Tapped(StartSelfAssessment(station))
    replies = await asyncio.gather(*(company.give(sender, start) for sender in (HEAD, FILLER) * 3))
    assert sorted(keys(reply)[0] for reply in replies) == ["notice.self_begun_already"] * 5 + ["notice.self_started"]


async def test_a_card_names_who_answered_and_who_is_on_it_just_now(company: Company) -> None:
    number = await number_of(company)
    await company.give(HEAD, Tapped(Choose("2.1.1", "met", 0), number))
    await company.give(HEAD, Tapped(Open(Place(PlaceKind.ITEM, "2.1.1")), number))
    reply = await company.give(FILLER, Tapped(Open(Place(PlaceKind.ITEM, "2.1.1")), number))
    assert reply.screen is not None
    said = repr(reply.screen)
    assert "item.by" in said
    assert "company.beside" in said
    assert "吉站长" in said
