"""The people of a trial: each taps on as soon as the bot's answer to the last tap has arrived."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.api import Card, said, tapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.api import Api, Update


@dataclass(slots=True)
class Member:
    """One person: which of the opening buttons come next, the taps left, and when the last one left for the bot."""

    number: int
    opening: list[str]
    taps: int
    left_at: float | None = None
    card: Card | None = None


@dataclass
class Crowd:
    """People who begin with /start and the opening's buttons, wait for each other, and then tap so many times.

    Only what comes after the waiting is measured: from the moment an update leaves in an answer to getUpdates to the
    moment the bot's next message to that person arrives. A tap goes to the first button that leads on: the first
    green one, or else the first of all.
    """

    api: Api
    people: Sequence[int]
    taps: int
    opening: Sequence[str] = ()
    latencies: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Nobody is ready yet."""
        self.ready = asyncio.Event()
        self.finished = asyncio.Event()
        self._members = {number: Member(number, list(self.opening), self.taps) for number in self.people}
        self._still = len(self._members)
        self._busy = len(self._members)
        self._is_measured = False
        self._query = 0

    def come(self) -> None:
        """Everybody says /start."""
        for number in self._members:
            self.api.push(said(number, "/start", self.api.next_message()))

    def begin(self) -> float:
        """Everybody taps for the first time that counts; returns the moment."""
        self._is_measured = True
        moment = time.perf_counter()
        for member in self._members.values():
            self._tap_on(member)
        return moment

    def taken(self, update: Update, moment: float) -> None:
        """A tap left for the bot."""
        query = update.get("callback_query")
        if self._is_measured and query is not None:
            self._members[query["from"]["id"]].left_at = moment

    def shown(self, card: Card, moment: float) -> None:
        """A person sees the bot's next message, and taps on."""
        member = self._members.get(card.chat)
        if member is None:
            return
        member.card = card
        if not self._is_measured:
            self._prepare(member)
        elif member.left_at is not None:
            self.latencies.append(moment - member.left_at)
            member.left_at = None
            self._tap_on(member)

    def _prepare(self, member: Member) -> None:
        if member.opening:
            words = member.opening.pop(0)
            self._tap(member, next(button for button in _buttons(member.card) if button["text"] == words))
            return
        self._still -= 1
        if not self._still:
            self.ready.set()

    def _tap_on(self, member: Member) -> None:
        if member.taps:
            member.taps -= 1
            buttons = _buttons(member.card)
            self._tap(member, next((each for each in buttons if each.get("style") == "success"), buttons[0]))
            return
        self._busy -= 1
        if not self._busy:
            self.finished.set()

    def _tap(self, member: Member, button: dict[str, Any]) -> None:
        self._query += 1
        if member.card is not None:
            self.api.push(tapped(member.number, button["callback_data"], member.card, self._query))


def _buttons(card: Card | None) -> list[dict[str, Any]]:
    rows = card.keyboard["inline_keyboard"] if card is not None and card.keyboard else []
    return [button for row in rows for button in row]
