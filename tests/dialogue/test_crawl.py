"""A long random walk over every screen: all fit a message, every button leads on, no tap counts twice."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from bot.dialogue.given import Command, Commanded, Given, Tapped, Typed
from bot.dialogue.intents import PickUp, StartPractice
from bot.dialogue.position import PlaceKind
from tests.dialogue.builders import rehearsal
from tests.dialogue.checks import assert_fits_a_message

if TYPE_CHECKING:
    from bot.dialogue.rehearsal import Rehearsal
    from bot.dialogue.turn import Turn

STEPS = 1000
SEEDS = (1, 2)
SAID = ("1", "2", "3", "200 7", "30 1000", "6.6.1", "2.1.10", "5.1.1", "缺一台设备，月底前配齐", "😀" * 2000, "。")
RECORDED = {"ItemAnswered", "NoteWritten", "RemedyWritten", "VetoAnswered"}


@dataclass
class Crawl:
    """A person who taps and types at random."""

    seed: int
    talk: Rehearsal = field(default_factory=rehearsal)
    kinds: set[PlaceKind] = field(default_factory=set)
    tapped: list[Tapped] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin, with something to walk in."""
        self.chance = random.Random(self.seed)  # noqa: S311 - a walk, not a secret
        self.turn: Turn = self.talk.give(Commanded(Command.START))
        self.turn = self.talk.give(Tapped(StartPractice()))

    def step(self) -> None:
        """One random act: mostly taps, sometimes words or a command."""
        given = self.pick()
        if isinstance(given, Tapped):
            self.tapped.append(given)
        self.turn = self.talk.give(given)
        self.kinds.add(self.turn.position.place.kind)

    def pick(self) -> Given:
        """What to do next; few runs are begun, so that each gets somewhere."""
        luck = self.chance.random()
        if luck < 0.15:
            return Typed(self.chance.choice(SAID))
        if luck < 0.2:
            return Commanded(self.chance.choice(list(Command)))
        button = self.chance.choice([button for row in self.turn.screen.rows for button in row])
        if isinstance(button.intent, StartPractice | PickUp) and luck < 0.9:
            return Typed(self.chance.choice(SAID))
        return Tapped(button.intent, self.turn.screen.assessment)


@pytest.mark.slow
def test_every_screen_of_a_long_walk_fits_a_message_and_every_kind_is_met() -> None:
    met = set()
    for seed in SEEDS:
        crawl = Crawl(seed)
        for _ in range(STEPS):
            crawl.step()
            assert_fits_a_message(crawl.turn.screen)
        met |= crawl.kinds
    assert met == set(PlaceKind)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_button_of_every_screen_leads_somewhere(seed: int) -> None:
    crawl, seen = Crawl(seed), set[str]()
    for _ in range(STEPS // 3):
        crawl.step()
        code = crawl.turn.position.place.code
        if code not in seen:
            seen.add(code)
            assert leads_on(crawl), code


def leads_on(crawl: Crawl) -> bool:
    """Whether some button moves the person or changes something; all of them are tried, each from here."""
    moved = False
    for row in crawl.turn.screen.rows:
        for button in row:
            other = rehearsal(
                position=crawl.talk.position,
                assessments=dict(crawl.talk.assessments),
                entries=list(crawl.talk.entries),
                actions=crawl.talk.actions,
            )
            turn = other.give(Tapped(button.intent, crawl.turn.screen.assessment))
            assert turn.notice is None or turn.notice.text.key != "notice.unreadable_button", button
            moved = moved or turn.position != crawl.talk.position or bool(turn.events)
    return moved


@pytest.mark.parametrize("seed", SEEDS)
def test_no_tap_counts_twice_however_late_it_is_repeated(seed: int) -> None:
    crawl = Crawl(seed)
    for _ in range(STEPS // 3):
        crawl.step()
        if crawl.tapped:
            again = crawl.chance.choice((crawl.tapped[-1], crawl.chance.choice(crawl.tapped)))
            begun = len(crawl.talk.assessments)
            crawl.turn = crawl.talk.give(again)
            recorded = {type(event).__name__ for event in crawl.turn.events} & RECORDED
            assert not recorded, again
            assert len(crawl.talk.assessments) == begun or isinstance(again.intent, StartPractice)


def test_nobody_gets_lost_home_and_the_card_are_always_near() -> None:
    crawl = Crawl(3)
    for _ in range(300):
        crawl.step()
        home = crawl.talk.give(Commanded(Command.START))
        assert home.position.place.kind is PlaceKind.HOME
        crawl.turn = crawl.talk.give(Commanded(Command.CANCEL))
        assert crawl.turn.position.place == home.position.back
