"""A seeded random walk through a rubric, for what no fixed scene shows: notices, and screens in rarer states."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

from bot.dialogue.given import Command, Commanded, Odd, Oddity, Tapped, Typed
from bot.dialogue.intents import PickUp, StartPractice
from bot.dialogue.rehearsal import Rehearsal
from bot.localization import LOCALES
from gallery.keys import keys_of
from gallery.shots import Shot
from gallery.states import NOW, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.dialogue.given import Given
    from bot.dialogue.turn import Turn
    from bot.rubric.model import Rubric

_TYPED: Final = 0.25
_COMMANDED: Final = 0.32
_ODD: Final = 0.35
_AGAIN: Final = 0.45
_SAID: Final = ("1", "2", "3", "200 7", "7 200", "0 0", "5 5", "85.5", "6.6.1", WORDS, "。", " ", "不是选项的话")


class Stroll:
    """One person who does anything; `unseen` yields what shows a key that was not seen before."""

    def __init__(self, rubric: Rubric, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - a walk, not a secret
        self._talk = Rehearsal(rubric, LOCALES, LOCALES[0], clock=lambda: NOW)
        self._turn: Turn = self._talk.give(Commanded(Command.START))
        self._name = rubric.id
        self._tapped: list[Tapped] = []

    def unseen(self, seen: set[str], steps: int) -> Iterator[Shot]:
        """Go so many steps; each screen or notice with a new key is shown, and its keys are seen."""
        for _ in range(steps):
            self._turn = self._talk.give(self._next())
            notice, screen = self._turn.notice, self._turn.screen
            if notice is not None and notice.text.key not in seen:
                seen.update(keys_of(notice))
                yield Shot("Notices", notice.text.key, None, notice)
            fresh = set(keys_of(screen)) - seen
            if fresh:
                seen |= fresh
                kind = self._turn.position.place.kind
                yield Shot("Met on the way", f"{self._name}: {', '.join(sorted(fresh))}", screen, kind=kind)

    def _next(self) -> Given:
        luck = self._chance.random()
        if luck < _TYPED:
            return Typed(self._chance.choice((*_SAID, *self._talk.rubric.items)), self._chance.random() < _TYPED)
        if luck < _COMMANDED:
            return Commanded(self._chance.choice(list(Command)), self._chance.choice(("", "", "invite")))
        if luck < _ODD:
            return Odd(self._chance.choice(list(Oddity)))
        if luck < _AGAIN and self._tapped:
            return self._chance.choice(self._tapped[-30:])
        return self._tap()

    def _tap(self) -> Given:
        buttons = [button for row in self._turn.screen.rows for button in row]
        button = self._chance.choice(buttons)
        if isinstance(button.intent, StartPractice | PickUp) and self._chance.random() < 1 - _TYPED and self._tapped:
            return Typed(self._chance.choice(_SAID))
        tapped = Tapped(button.intent, self._turn.screen.assessment)
        self._tapped.append(tapped)
        return tapped
