"""An inline query: one's own score as it stands, for oneself; nothing is kept of it but that it was answered."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Final, Protocol

from bot.dialogue import access
from bot.dialogue.screen import BLANK, Screen

if TYPE_CHECKING:
    from datetime import datetime

    from bot.dialogue.position import PlaceKind
    from bot.dialogue.screen import Block
    from bot.services.ports import Person, Transaction

WORDS: Final = ("评分", "score")
"""What may be typed behind the bot's name, or the beginning of it, or nothing."""

_PARTS: Final = 3
"""How many parts of the screen are told: the total, and what it means."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody typed the bot's name in some chat; `inbox_id` is the row to be finished with the answer."""

    inbox_id: int
    telegram_id: int
    query_id: str
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """The answer: the beginning of the asker's own score, None when they have none.

    `is_understood` False: they typed something else, and there is nothing to choose.
    """

    query_id: str
    screen: Screen | None
    locale: str
    is_understood: bool = True


class Glances(Protocol):
    """The use case that shows a screen without going there."""

    def glance(self, tx: Transaction, person: Person, kind: PlaceKind, now: datetime) -> Screen | None:
        """The screen of the assessment that the person may fill in; None without one."""


def tell(tx: Transaction, *, asked: Asked, conversation: Glances, now: datetime) -> Told:
    """Look up the asker's own score, and finish the update; somebody unseen stays unseen."""
    tx.finish(asked.inbox_id, now)
    person = tx.known(asked.telegram_id)
    locale = (person and person.locale) or ""
    if not _is_understood(asked.words):
        return Told(asked.query_id, None, locale, is_understood=False)
    screen = None if person is None else conversation.glance(tx, person, access.INLINE, now)
    return Told(asked.query_id, None if screen is None else _beginning(screen), locale)


def _is_understood(words: str) -> bool:
    typed = words.strip().lower()
    return any(word.startswith(typed) for word in WORDS)


def _beginning(screen: Screen) -> Screen:
    """The first parts of a screen, without its buttons: they would be anybody's in that chat."""
    blocks: list[Block] = []
    left = list(screen.lines)
    for _ in range(_PARTS):
        part = list(takewhile(lambda each: each != BLANK, left))
        left = left[len(part) + 1 :]
        blocks += part
    return Screen(tuple(blocks))
