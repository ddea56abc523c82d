"""Simulated people: they read their newest card and tap, type, change their minds, repeat themselves and go astray."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from bot.dialogue import intents
from bot.dialogue.position import PlaceKind
from bot.errors import UnreadableButtonError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.server import Running

FIRST_PERSON: Final = 6_000_001
_LIKES: Final[dict[type[Any], float]] = {
    intents.Choose: 6.0,
    intents.Mark: 2.0,
    intents.ConfirmRest: 6.0,
    intents.Rate: 6.0,
    intents.AnswerVeto: 5.0,
    intents.DeclareVeto: 3.0,
    intents.Resume: 5.0,
    intents.StartPractice: 0.1,
    intents.PickUp: 0.5,
    intents.SetWalk: 0.3,
    intents.Undo: 0.8,
    intents.KeepAsNote: 5.0,
    intents.Speak: 0.0,
}
_OPENS: Final = {
    PlaceKind.ITEM: 1.0,
    PlaceKind.GROUP: 1.0,
    PlaceKind.VETO: 1.5,
    PlaceKind.VETOES: 0.5,
    PlaceKind.LANGUAGE: 0.0,
    PlaceKind.INVITATION: 0.05,
}
_ASKS: Final = ("发给我", "请发两个数", "写给我", "请写明")
_TYPED: Final = (
    "1",
    "2",
    "３",
    "第1项",
    "6.6.1",
    "2.1.7",
    "5.1.1",
    "200 5",
    "5 200",
    "100 3",
    "一句不知道往哪里放的话",
)
_COMMANDS: Final = ("/score", "/map", "/veto", "/undo", "/undo", "/help", "/cancel", "/start", "/nonsense")


@dataclass(frozen=True, slots=True)
class Card:
    """A message of the bot with buttons, as the person saw it: the message and its buttons' data."""

    message_id: int
    text: str
    buttons: tuple[str, ...]


@dataclass
class Habits:
    """How often a person does something else than go on with the newest card, and how long they wait for an answer."""

    types: float = 0.06
    commands: float = 0.05
    repeats: float = 0.06
    resends: float = 0.06
    stale: float = 0.06
    forges: float = 0.01
    pause: float = 0.3
    patience: float = 1.0


@dataclass
class Person:
    """One of them; `act` does one thing."""

    id: int
    running: Running
    rng: random.Random
    others: Callable[[], list[int]]
    habits: Habits = field(default_factory=Habits)
    seen: list[Card] = field(default_factory=list)
    updates: list[int] = field(default_factory=list)
    deeds: dict[str, int] = field(default_factory=dict)
    awake: asyncio.Event = field(default_factory=asyncio.Event)

    def act(self) -> str | None:
        """Do one thing; returns the callback query to wait for, if it was a tap."""
        dice, habits, card = self.rng.random(), self.habits, self.newest()
        if card is None:
            return self._say("/start")
        self._remember(card)
        for share, deed in (
            (habits.types, self._type),
            (habits.commands, self._command),
            (habits.repeats, self._tap_twice),
            (habits.resends, self._resend),
            (habits.stale, self._tap_stale),
            (habits.forges, self._forge),
        ):
            if dice < share:
                return deed(card)
            dice -= share
        if any(sign in card.text for sign in _ASKS) and self.rng.random() < 0.6:
            return self._say(self._sentence())
        return self._tap(card, "tap")

    def newest(self) -> Card | None:
        """The newest card in the chat."""
        chat = self.running.sandbox.world.chats.get(self.id)
        if chat is None:
            return None
        for message in reversed(list(chat.messages.values())):
            rows = message.get("reply_markup", {}).get("inline_keyboard")
            if message["from"]["is_bot"] and rows:
                data = tuple(button["callback_data"] for row in rows for button in row)
                return Card(message["message_id"], message["text"], data)
        return None

    def answered(self, query: str) -> bool:
        """Whether the bot has answered that tap."""
        return self.running.sandbox.world.queries[query].answer is not None

    def _remember(self, card: Card) -> None:
        if not self.seen or self.seen[-1] != card:
            self.seen.append(card)

    def _tap(self, card: Card, deed: str) -> str | None:
        weights = [liking(data) for data in card.buttons]
        if not any(weights):
            return self._say("/start")
        return self._press(card.message_id, self.rng.choices(card.buttons, weights)[0], deed)

    def _tap_twice(self, card: Card) -> str | None:
        weights = [liking(data) for data in card.buttons]
        if not any(weights):
            return self._say("/start")
        data = self.rng.choices(card.buttons, weights)[0]
        for _ in range(self.rng.randint(1, 2)):
            self._press(card.message_id, data, "repeat")
        return self._press(card.message_id, data, "tap")

    def _tap_stale(self, _card: Card) -> str | None:
        old = self.rng.choice(self.seen)
        return self._tap(old, "stale")

    def _resend(self, card: Card) -> str | None:
        if not self.updates:
            return self._tap(card, "tap")
        update_id = self.rng.choice(self.updates[-30:])
        is_tap = "callback_query" in (self.running.sandbox.world.queue.find(update_id) or {})
        how = self.rng.randrange(3) if is_tap else 0
        sent = self.running.controls.resend(update_id, new_id=how > 0, new_query=how > 1)
        self._count(("resent, same update id", "resent, new update id", "resent, new callback id")[how])
        if how:
            self.updates.append(sent["update_id"])
        return None

    def _forge(self, card: Card) -> str | None:
        other = self.rng.choice(self.others())
        chat = self.running.sandbox.world.chats.get(other)
        if other == self.id or chat is None:
            return self._tap(card, "tap")
        cards = [message for message in chat.messages.values() if "reply_markup" in message]
        if not cards:
            return self._tap(card, "tap")
        rows = self.rng.choice(cards)["reply_markup"]["inline_keyboard"]
        data = self.rng.choice([button["callback_data"] for row in rows for button in row])
        return self._press(card.message_id, data, "forged")

    def _type(self, _card: Card) -> str | None:
        return self._say(self.rng.choice(_TYPED))

    def _command(self, _card: Card) -> str | None:
        return self._say(self.rng.choice(_COMMANDS))

    def _sentence(self) -> str:
        if self.rng.random() < 0.2:
            return self.rng.choice(_TYPED)
        return (
            f"第{len(self.updates)}句：{self.rng.choice(('制度没有上墙', '已联系整改', '去年没有开展'))}，{self.id}写。"
        )

    def _say(self, text: str) -> None:
        before = self.running.sandbox.world.queue.next_id
        self.running.controls.say(self.id, text)
        self.updates.append(before)
        self._count("typed")

    def _press(self, message_id: int, data: str, deed: str) -> str:
        query, update_id = tap(self.running, self.id, message_id, data)
        self.updates.append(update_id)
        self._count(deed)
        return query

    def _count(self, deed: str) -> None:
        self.deeds[deed] = self.deeds.get(deed, 0) + 1

    async def live(self) -> None:
        """Act until cancelled, while awake; who has waited long enough for an answer goes on."""
        while True:
            await self.awake.wait()
            query = self.act()
            if query is not None:
                chat = self.running.sandbox.world.chats[self.id]
                await chat.changed.until(
                    partial(self.answered, query), self.habits.patience * self.rng.uniform(0.2, 1.0)
                )
            await asyncio.sleep(self.rng.expovariate(1 / self.habits.pause))


def tap(running: Running, person: int, message_id: int, data: str) -> tuple[str, int]:
    """Tap a button with that data, which need not stand on the message; the callback query and the update."""
    from sandbox import acts  # noqa: PLC0415 - the same as `controls.tap`, without a coroutine for each

    world = running.sandbox.world
    who = world.people[person]
    tapped = acts.tap(world, who, world.chat_of(who), message_id, data)
    return tapped["callback_query_id"], tapped["update_id"]


def liking(data: str) -> float:
    """How gladly people tap a button."""
    try:
        intent, _ = intents.decode(data)
    except UnreadableButtonError:
        return 0.1
    if isinstance(intent, intents.Open):
        return _OPENS.get(intent.place.kind, 0.35)
    return _LIKES.get(type(intent), 1.0)


def gather(running: Running, count: int, seed: int, habits: Habits | None = None) -> list[Person]:
    """People who have not yet met the bot, each with dice of their own."""
    ids = [FIRST_PERSON + number for number in range(count)]
    for number in ids:
        running.controls.person(number, f"站长{number - FIRST_PERSON + 1}")
    return [
        Person(number, running, random.Random(f"{seed}/{number}"), lambda: ids, habits or Habits())  # noqa: S311 - no secret hangs on it
        for number in ids
    ]
