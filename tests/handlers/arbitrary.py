"""Updates of every kind by the dice: walks through real buttons, whatever people send, what Telegram never would."""

from __future__ import annotations

import json
import random
import re
from collections import deque
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bot.dialogue.given import Command
from tests.handlers.contents import (
    BOT,
    CHANNEL,
    DATE,
    DECORATIONS,
    MEMBERSHIPS,
    OTHER_KINDS,
    SENT_BY_PEOPLE,
    TOLD_BY_CHATS,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.handlers.pretended import Card

Update = dict[str, Any]

FIRST_PERSON: Final = 6_000_000
GROUPS: Final = (-1001234567890, -4_000_000_000)
LONGEST: Final = 4096
_SPOILT, _REPEATED, _OUT_OF_ORDER = 0.06, 0.03, 0.02
_SEEN, _RECENT = 8, 200
_FAR = 3
"""So many people do half of everything, and so come to the screens that are far away."""

_SIGNS: Final = (
    range(0x20),
    range(0x7F, 0xA0),
    range(0x20, 0x7F),
    range(0x300, 0x370),
    range(0x590, 0x700),
    range(0x2000, 0x2070),
    range(0x4E00, 0x9FA6),
    range(0xD800, 0xE000),
    range(0xFE00, 0xFE10),
    range(0xFF00, 0x10000),
    range(0x1F300, 0x1FAFF),
    range(0x20000, 0x20100),
    range(0xE0020, 0xE0080),
    range(0x10FFF0, 0x110000),
)
_WRITTEN: Final = (
    "3",
    "0",
    "１２",
    "-1",
    "3.5",
    "30/2",
    "30 2",
    "30，2",
    "2/30",
    "99999999999999999999",
    "2.1.10",
    "第6.6.1项",
    "9.9.9",
    "   ",
    "<b>&amp;</i>",
    "👨‍👩‍👧‍👦🇨🇳",
)
_ARGUMENTS: Final = (
    "",
    "",
    " s",
    " j_AbCdEfGhIjKlMnOpQrStUv_-",
    " j_",
    " ../../x",
    " s s",
    "@zicha_bot",
    "@zicha_bot s",
    "\ns",
)
_STRANGE: Final[tuple[Any, ...]] = (
    *(None, True, -1, 0, 2**31, 2**53, 2**63 - 1, 2**63, 2**64 - 1, 2**64, -(2**63) - 1, 10**30, 1e308, 0.5),
    *("", "x", "\0", "\ud800", "9" * 400, [], [[]], [None], {}, {"id": {}}, {"first_name": []}),
)
_KINDS: Final = {
    "_tap": 50,
    "_words": 24,
    "_command": 8,
    "_attachment": 5,
    "_told_by_chat": 3,
    "_edited": 3,
    "_in_group": 4,
    "_inline": 3,
    "_membership": 2,
    "_other_kind": 2,
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as Telegram gives it; `is_new` False: it came before, letter by letter."""

    update: Update
    payload: bytes
    is_well_formed: bool = True
    is_new: bool = True


class Arbitrary:
    """The dice, and the people whom they move; `card` is what stands lowest in somebody's chat."""

    def __init__(self, seed: int, people: int, card: Callable[[int], Card | None]) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - the same dice each time is what a test needs
        self._card = card
        self.people = range(FIRST_PERSON, FIRST_PERSON + people)
        self._seen: dict[int, deque[Card]] = {person: deque(maxlen=_SEEN) for person in self.people}
        self._places: dict[str, set[str]] = {}
        self._sent: deque[Arrival] = deque(maxlen=_RECENT)
        self._number = 1000

    def batch(self, size: int) -> list[Arrival]:
        """The next updates, in the order in which they arrive."""
        for person, seen in self._seen.items():
            if (card := self._card(person)) is not None and (not seen or seen[-1] != card):
                seen.append(card)
                self._learn(card)
        arrivals = [self._arrival() for _ in range(size)]
        if self._dice.random() < _OUT_OF_ORDER * 5:
            self._dice.shuffle(arrivals)
        return arrivals

    def _learn(self, card: Card) -> None:
        """Remember the screens that the buttons of a card lead to, by their kinds."""
        for place in (each.split(":", 2)[2] for each in card.buttons if each.startswith("o:")):
            self._places.setdefault(place[:1], set()).add(place)

    def _arrival(self) -> Arrival:
        if self._sent and self._dice.random() < _REPEATED:
            known = self._dice.choice(self._sent)
            return Arrival(known.update, known.payload, known.is_well_formed, is_new=False)
        update = self._update()
        is_spoilt = self._dice.random() < _SPOILT
        if is_spoilt:
            self._spoil(update)
        arrival = Arrival(update, json.dumps(update).encode(), not is_spoilt)
        self._sent.append(arrival)
        return arrival

    def _update(self) -> Update:
        [kind] = self._dice.choices(list(_KINDS), list(_KINDS.values()))
        self._number += 1
        number = self._number
        if self._dice.random() < _OUT_OF_ORDER:
            number = self._dice.choice((self._number - self._dice.randrange(900), 2**31 - 1, 0))
        made: Update = getattr(self, kind)(self._person())
        return {"update_id": number, **deepcopy(made)}

    def _person(self) -> int:
        """Mostly the few who walk far; now and then somebody who never came before."""
        if self._dice.random() < _OUT_OF_ORDER:
            return self._dice.randrange(2**33, 2**52)
        return self._dice.choice(self.people[: self._dice.choice((_FAR, len(self.people)))])

    def _tap(self, person: int) -> Update:
        card, data = self._button(person)
        query: Update = {"id": str(self._dice.getrandbits(63)), "from": _user(person), "chat_instance": "-5"}
        shape = self._dice.random()
        if shape < 0.03:
            return {"callback_query": {**query, "inline_message_id": "AgAAAA", "data": data}}
        outline = {"message_id": 1 if card is None else card.message_id, "chat": _chat(person), "date": 0}
        if shape > 0.12:
            keyboard = [[{"text": "x", "callback_data": each}] for each in (() if card is None else card.buttons)]
            outline |= {"date": DATE, "from": BOT, "text": "x", "reply_markup": {"inline_keyboard": keyboard}}
        game = {"game_short_name": "x"} if shape < 0.06 else {"data": data}
        if shape < 0.07:
            outline["chat"] = _chat(self._dice.choice(GROUPS))
        return {"callback_query": {**query, "message": outline, **({} if shape < 0.04 else game)}}

    def _button(self, person: int) -> tuple[Card | None, str]:
        """A button of the latest card, of an older one, of somebody else's, to a screen far away, or none of ours."""
        luck = self._dice.random()
        owner = self._dice.choice(self.people) if 0.8 < luck < 0.88 else person
        seen = self._seen.get(owner) or ()
        if not seen:
            return None, "p:0"
        card = seen[-1] if luck < 0.7 or not seen[-1].buttons else self._dice.choice(seen)
        if not card.buttons:
            return card, "o:0:h"
        data = self._dice.choice(card.buttons)
        if 0.88 < luck < 0.94 and self._places:
            places = self._places[self._dice.choice(list(self._places))]
            return card, f"o:{data.split(':')[1]}:{self._dice.choice(sorted(places))}"
        return card, self._mutated(data) if luck >= 0.94 else data

    def _mutated(self, data: str) -> str:
        place, signs = self._dice.randrange(len(data) + 1), list(data)
        signs[place : place + self._dice.randrange(3)] = self._dice.choice(("", ":", "0", "zz", "-1", "证", "\0", "'"))
        return "".join(signs).encode()[:64].decode(errors="ignore")

    def _words(self, person: int) -> Update:
        text = self._dice.choice(_WRITTEN) if self._dice.random() < 0.5 else f"{secret(person)} {self._text()}"
        return {"message": self._decorated(person, {"text": text[:LONGEST]})}

    def _text(self) -> str:
        signs = self._dice.choice(_SIGNS), self._dice.choice(_SIGNS), range(0x4E00, 0x9FA6)
        length = LONGEST if self._dice.random() < 0.05 else self._dice.randrange(1, 60)
        return "".join(chr(self._dice.choice(self._dice.choice(signs))) for _ in range(length))

    def _command(self, person: int) -> Update:
        names = [each.value for each in Command] + ["START", "settings", "start_", ""]
        return {
            "message": self._decorated(person, {"text": f"/{self._dice.choice(names)}{self._dice.choice(_ARGUMENTS)}"})
        }

    def _attachment(self, person: int) -> Update:
        kind = self._dice.choice(list(SENT_BY_PEOPLE))
        content: Update = {kind: SENT_BY_PEOPLE[kind]}
        if self._dice.random() < 0.4:
            content["caption"] = f"{secret(person)}{self._text()}"[:1024]
        return {"message": self._decorated(person, content)}

    def _told_by_chat(self, person: int) -> Update:
        kind = self._dice.choice(list(TOLD_BY_CHATS))
        where = person if self._dice.random() < 0.5 else self._dice.choice(GROUPS)
        return {"message": {**self._message(person, where), kind: TOLD_BY_CHATS[kind]}}

    def _edited(self, person: int) -> Update:
        content = self._dice.choice(
            (
                {"text": "/start"},
                {"caption": "x", "photo": SENT_BY_PEOPLE["photo"]},
                {"location": SENT_BY_PEOPLE["location"]},
            )
        )
        where = person if self._dice.random() < 0.8 else self._dice.choice(GROUPS)
        return {"edited_message": {**self._message(person, where), "edit_date": DATE, **content}}

    def _in_group(self, person: int) -> Update:
        content = self._dice.choice(
            (
                {"text": "x"},
                {"text": "/start"},
                {"text": "/help@zicha_bot"},
                {"dice": SENT_BY_PEOPLE["dice"]},
                {"text": "/x"},
            )
        )
        message = {**self._message(person, self._dice.choice(GROUPS)), **content}
        author = self._dice.random()
        if author < 0.2:
            message |= {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}, "sender_chat": CHANNEL}
        elif author < 0.3:
            del message["from"]
        return {"message": message}

    def _inline(self, person: int) -> Update:
        words = self._dice.choice(("", "评", "评分", "SCORE", " s", "x", "\u202e"))
        query = {"id": str(self._dice.getrandbits(63)), "from": _user(person), "query": words, "offset": ""}
        return {"inline_query": {**query, "chat_type": "private"} if self._dice.random() < 0.5 else query}

    def _membership(self, person: int) -> Update:
        old, new = (
            {"user": BOT, "status": status, **MEMBERSHIPS[status]}
            for status in (self._dice.choice(list(MEMBERSHIPS)), self._dice.choice(list(MEMBERSHIPS)))
        )
        where = _chat(self._dice.choice((person, *GROUPS)))
        change = {"chat": where, "from": _user(person), "date": DATE, "old_chat_member": old, "new_chat_member": new}
        return {self._dice.choice(("my_chat_member", "my_chat_member", "chat_member")): change}

    def _other_kind(self, _: int) -> Update:
        kind = self._dice.choice(list(OTHER_KINDS))
        return {kind: OTHER_KINDS[kind]}

    def _decorated(self, person: int, content: Update) -> Update:
        names = self._dice.sample(list(DECORATIONS), self._dice.choice((0, 0, 0, 1, 3)))
        return {**self._message(person, person), **content, **{name: DECORATIONS[name] for name in names}}

    def _message(self, person: int, where: int) -> Update:
        number = self._dice.randrange(1, 2**31)
        return {"message_id": number, "date": DATE, "chat": _chat(where), "from": _user(person)}

    def _spoil(self, update: Update) -> None:
        """Take one value away, or put something else in its place."""
        places = list(_places(update))
        holder, key = self._dice.choice(places)
        if self._dice.random() < 0.3:
            del holder[key]
        else:
            holder[key] = deepcopy(self._dice.choice(_STRANGE))


SECRET: Final = re.compile(r"密(\d+)密")
"""A word that only one person ever writes, and whose it is."""


def secret(person: int) -> str:
    """The word of that person's."""
    return f"密{person}密"


def _user(person: int) -> Update:
    return {"id": person, "is_bot": False, "first_name": secret(person), "language_code": "zh-hans"}


def _chat(number: int) -> Update:
    if number > 0:
        return {"id": number, "type": "private", "first_name": secret(number)}
    return {"id": number, "type": "supergroup" if number < -(10**12) else "group", "title": "x"}


def _places(value: Any) -> Any:  # noqa: ANN401 - JSON may be any value
    """Every value inside, as its holder and the key there."""
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)
