"""Updates of every kind by the dice: walks through real buttons, whatever people send, what Telegram never would."""

from __future__ import annotations

import json
import random
import re
from collections import Counter, deque
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bot.dialogue.given import Command
from tests.handlers.any_file import FILLED, KINDS, file_id
from tests.handlers.any_words import ARGUMENTS, FORM_VALUES, PASTED, SIGNS, STRANGE, WRITTEN
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
    from collections.abc import Sequence

    from tests.handlers.pretended import Card, PretendedTelegram, Shown

Update = dict[str, Any]

FIRST_PERSON: Final = 6_000_000
GROUPS: Final = (-1001234567890, -4_000_000_000)
LONGEST: Final = 4096
_SPOILT, _REPEATED, _OUT_OF_ORDER = 0.06, 0.03, 0.02
_NEW, _NEWEST, _MADE_UP, _PASTES = 0.6, 0.5, 0.7, 0.3
_AGREES, _DECLINES, _JOINS_ON = 0.6, 0.1, 0.8
_RETURNED, _IN_ALBUM, _SAME_ALBUM, _CAPTIONED, _RECAPTIONED = 0.3, 0.4, 0.7, 0.4, 0.5
_SEEN, _RECENT = 8, 200
_FAR = 3
"""So many people do half of everything, and so come to the screens that are far away."""

_KINDS: Final = {
    "_tap": 110,
    "_words": 24,
    "_command": 8,
    "_value": 10,
    "_join": 6,
    "_file": 8,
    "_attachment": 3,
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
    """The dice, and the people whom they move; `invitations` are words of links with their codes."""

    def __init__(
        self, seed: int, people: int, telegram: PretendedTelegram, invitations: Sequence[tuple[str, str]]
    ) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - the same dice each time is what a test needs
        self._telegram = telegram
        self._links = list(invitations)
        self._followed: list[str] = []
        self._codes: dict[int, str] = {}
        self._files: dict[int, tuple[Update, str]] = {}
        self.people = range(FIRST_PERSON, FIRST_PERSON + people)
        self._seen: dict[int, deque[Card]] = {person: deque(maxlen=_SEEN) for person in self.people}
        self._places: dict[str, set[str]] = {}
        self._taps: Counter[str] = Counter()
        self._sent: deque[Arrival] = deque(maxlen=_RECENT)
        self._number = 1000

    def batch(self, size: int) -> list[Arrival]:
        """The next updates, in the order in which they arrive."""
        for person, seen in self._seen.items():
            if (card := self._telegram.latest(person)) is not None and (not seen or seen[-1] != card):
                seen.append(card)
        arrivals = [self._arrival() for _ in range(size)]
        if self._dice.random() < _OUT_OF_ORDER * 5:
            self._dice.shuffle(arrivals)
        return arrivals

    def learn(self, shown: Shown) -> None:
        """Remember the links that were shown, and the screens that buttons lead to, by their kinds."""
        known = {*self._followed, *(words for words, _ in self._links)}
        self._links += [(words, "") for words in _LINK.findall(shown.text) if words not in known]
        for place in (each.split(":", 2)[2] for each in shown.buttons if each.startswith("o:")):
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
        person = self._person()
        if self._agreements(person) and self._dice.random() < _JOINS_ON:
            kind = "_join_on"
        made: Update = getattr(self, kind)(person)
        return {"update_id": number, **deepcopy(made)}

    def _person(self) -> int:
        """Mostly the few who walk far; now and then somebody who never came before."""
        if self._dice.random() < _OUT_OF_ORDER:
            return self._dice.randrange(2**33, 2**52)
        return self._dice.choice(self.people[: self._dice.choice((_FAR, len(self.people)))])

    def _tap(self, person: int) -> Update:
        return self._tapped(person, *self._button(person))

    def _tapped(self, person: int, card: Card | None, data: str) -> Update:
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
        owner = self._dice.choice(self.people) if 0.8 < luck < 0.84 else person
        seen = self._seen.get(owner) or ()
        if not seen:
            return None, "p:0"
        card = seen[-1] if luck < 0.7 or not seen[-1].buttons else self._dice.choice(seen)
        if not card.buttons:
            return card, "o:0:h"
        data = self._curious(card.buttons)
        if 0.84 < luck < 0.96 and self._places:
            places = self._places[self._dice.choice(list(self._places))]
            return card, f"o:{data.split(':')[1]}:{self._dice.choice(sorted(places))}"
        return card, self._mutated(data) if luck >= 0.96 else data

    def _curious(self, buttons: Sequence[str]) -> str:
        """One of the buttons, the likelier the less often its like was tapped: so the walks come far."""
        [data] = self._dice.choices(buttons, [1 / (1 + self._taps[_like(each)]) for each in buttons])
        self._taps[_like(data)] += 1
        return data

    def _mutated(self, data: str) -> str:
        place, signs = self._dice.randrange(len(data) + 1), list(data)
        signs[place : place + self._dice.randrange(3)] = self._dice.choice(("", ":", "0", "zz", "-1", "证", "\0", "'"))
        return "".join(signs).encode()[:64].decode(errors="ignore")

    def _words(self, person: int) -> Update:
        text = self._dice.choice(WRITTEN) if self._dice.random() < 0.5 else f"{secret(person)} {self._text()}"
        return {"message": self._decorated(person, {"text": text[:LONGEST]})}

    def _text(self) -> str:
        signs = self._dice.choice(SIGNS), self._dice.choice(SIGNS), range(0x4E00, 0x9FA6)
        length = LONGEST if self._dice.random() < 0.05 else self._dice.randrange(1, 60)
        return "".join(chr(self._dice.choice(self._dice.choice(signs))) for _ in range(length))

    def _command(self, person: int) -> Update:
        names = [each.value for each in Command] + ["START", "settings", "start_", ""]
        return {
            "message": self._decorated(person, {"text": f"/{self._dice.choice(names)}{self._dice.choice(ARGUMENTS)}"})
        }

    def _value(self, person: int) -> Update:
        """What the form asks for, in a field or as pasted lines."""
        text = self._dice.choice(PASTED if self._dice.random() < _PASTES else FORM_VALUES)
        return {"message": self._decorated(person, {"text": text})}

    def _join(self, person: int) -> Update:
        """A link of an invitation: a new one, one that somebody followed before, or one that was made up."""
        luck, words = self._dice.random(), "".join(self._dice.choices("AZaz09-_", k=43))
        if luck < _NEW and self._links:
            newest = len(self._links) - 1
            place = newest if self._dice.random() < _NEWEST else self._dice.randrange(len(self._links))
            words, self._codes[person] = self._links.pop(place)
            self._followed.append(words)
        elif luck > _MADE_UP and self._followed:
            words = self._dice.choice(self._followed)
        return {"message": self._decorated(person, {"text": f"/start j_{words}"})}

    def _join_on(self, person: int) -> Update:
        """What somebody who follows a link is asked for: to agree, a code, a name."""
        wanted = "sd:" if self._dice.random() < _DECLINES else "sa:"
        buttons = [each for each in self._agreements(person) if each.startswith(wanted)]
        if buttons and self._dice.random() < _AGREES:
            return self._tapped(person, self._seen[person][-1], buttons[0])
        said = self._codes.get(person) or f"{secret(person)}某"
        return {"message": self._decorated(person, {"text": said})}

    def _agreements(self, person: int) -> list[str]:
        """The buttons by which the person goes on, or does not, with an invitation that they follow."""
        seen = self._seen.get(person)
        return [each for each in seen[-1].buttons if each.startswith(("sa:", "sd:"))] if seen else []

    def _file(self, person: int) -> Update:
        """A photo or document, alone or of an album; or the last document of the bot's, come back."""
        kind, returned = self._dice.choice(list(KINDS)), self._telegram.uploaded(person)
        file: Update = {"file_id": file_id(kind, secret(person)), "file_unique_id": "x", "file_size": 400}
        if returned is not None and self._dice.random() < _RETURNED:
            kind, file["file_id"] = "workbook", self._dice.choice((returned, f"{FILLED}{returned}"))
        content: Update = {"document": {**file, "file_name": KINDS[kind][0], "mime_type": "application/pdf"}}
        if kind == "photo":
            content = {"photo": [{**file, "width": 64, "height": 48}]}
        _, album = self._files.get(person, ({}, "1"))
        album = album if self._dice.random() < _SAME_ALBUM else str(self._dice.getrandbits(40))
        if self._dice.random() < _IN_ALBUM:
            content["media_group_id"] = album
        if self._dice.random() < _CAPTIONED:
            content["caption"] = f"{secret(person)}{self._text()}"[:1024]
        message = self._decorated(person, content)
        self._files[person] = message, album
        return {"message": message}

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
        if person in self._files and self._dice.random() < _RECAPTIONED:
            message, _ = self._files[person]
            return {"edited_message": {**message, "edit_date": DATE, "caption": f"{secret(person)} {self._text()}"}}
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
            holder[key] = deepcopy(self._dice.choice(STRANGE))


_LINK: Final = re.compile(r"[?]start=j_([A-Za-z0-9_-]{22,62})")

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


def _like(data: str) -> str:
    """What a button does, or to which kind of screen it leads, whatever it is about."""
    verb, _, rest = data.partition(":")
    return f"{verb}:{rest.partition(':')[2][:1]}" if verb == "o" else verb


def _places(value: Any) -> Any:  # noqa: ANN401 - JSON may be any value
    """Every value inside, as its holder and the key there."""
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)
