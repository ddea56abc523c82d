"""A long random walk over every screen: all fit a message, every button leads on, no tap counts twice."""

from __future__ import annotations

import random
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from bot.dialogue.given import Command, Commanded, Given, Returned, Sent, Tapped, Typed
from bot.dialogue.intents import Choose, Open, PickUp, StartPractice
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.station_intents import Admit, Forget, Refuse, Remove, StartSelfAssessment, Withdraw
from bot.evidence.kinds import Kind
from bot.evidence.sets import KeptFile
from bot.workbooks.draft import Draft, Rejected, Spot
from tests.dialogue.builders import CODE, COLLEAGUE, rehearsal, sealed, troupe
from tests.dialogue.checks import assert_fits_a_message

if TYPE_CHECKING:
    from bot.dialogue.rehearsal import Rehearsal
    from bot.dialogue.turn import Turn

STEPS = 1000
SEEDS = (1, 2)
LONG_WALKS = range(1, 25)
"""Even ones lead through a station and its self-assessment too, with a colleague who answers meanwhile; of these every
third one begins when it is final."""
SAID = (
    CODE,
    "1",
    "2",
    "3",
    "200 7",
    "30 1000",
    "6.6.1",
    "2.1.10",
    "5.1.1",
    "缺一台设备，月底前配齐",
    "😀" * 2000,
    "。",
)
LASTING = Forget | Remove | Admit | Refuse | Withdraw
"""What ends something for good: done rarely, so that there is something left to see."""
RARE = (
    Place(PlaceKind.FINDING, "leak_beside_secrecy/6.4.3"),
    Place(PlaceKind.WRITE_EXPLANATION, "term_over/1"),
    Place(PlaceKind.STAMPED),
)
"""What few walks come upon by themselves; its buttons are tapped as old ones would be."""
REJECTED = (Rejected(Spot("考评人员", 4, "C"), "=1+1", "workbook.why.formula"),)
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
        if self.seed % 2 == 0:
            self.talk.station = troupe()
            self.turn = self.talk.give(Tapped(StartSelfAssessment(self.talk.station.here.id)))
            if self.seed % 3 == 0:
                self.talk.assessments = {number: sealed(each) for number, each in self.talk.assessments.items()}
                self.turn = self.talk.look()

    def step(self) -> None:
        """One random act: mostly taps, sometimes words or a command."""
        if self.chance.random() < 0.3:
            self.meanwhile()
        given = self.pick()
        if isinstance(given, Tapped):
            self.tapped.append(given)
        self.turn = self.talk.give(given)
        self.kinds.add(self.turn.position.place.kind)

    def meanwhile(self) -> None:
        """A colleague answers what the person is looking at."""
        talk, item = self.talk, self.talk.rubric.items.get(self.talk.position.place.subject)
        if talk.station is not None and talk.assessment is not None and item is not None and item.levels:
            colleague = rehearsal(
                station=talk.station, person=COLLEAGUE, assessments=talk.assessments, entries=talk.entries
            )
            stands = talk.assessment.item(item.id)
            level = self.chance.choice(item.levels).id
            colleague.give(Tapped(Choose(item.id, level, stands.revision), talk.assessment.id))

    def pick(self) -> Given:
        """What to do next; few runs are begun, so that each gets somewhere."""
        luck = self.chance.random()
        if luck < 0.15:
            return Typed(self.chance.choice(SAID))
        if luck < 0.2:
            return Commanded(self.chance.choice(list(Command)))
        return self.sent() if luck < 0.23 else self.tap()

    def sent(self) -> Given:
        """A file: evidence, or a workbook that came back."""
        if self.talk.assessment is not None and self.chance.random() < 0.3:
            return Returned(Draft(self.talk.assessment.id, rejected=REJECTED))
        return Sent(KeptFile("ab" * 32, Kind.PDF, 1000, "a.pdf"), self.chance.choice(SAID))

    def tap(self) -> Given:
        """A button of the screen, now and then one of an older screen."""
        luck = self.chance.random()
        if luck < 0.03 and self.talk.station is not None:
            return Tapped(Open(Place(PlaceKind.MEMBERS, str(self.talk.station.here.id))))
        button = self.chance.choice([button for row in self.turn.screen.rows for button in row])
        if isinstance(button.intent, StartPractice | PickUp | LASTING) and luck < 0.85:
            return Typed(self.chance.choice(SAID))
        intent = Open(self.chance.choice(RARE)) if luck > 0.98 else button.intent
        return Tapped(intent, self.turn.screen.assessment)


@pytest.mark.slow
def test_every_screen_of_a_long_walk_fits_a_message_and_every_kind_is_met() -> None:
    met = set()
    for seed in LONG_WALKS:
        crawl = Crawl(seed)
        for _ in range(STEPS):
            crawl.step()
            assert_fits_a_message(crawl.turn.screen)
        met |= crawl.kinds
        if met == set(PlaceKind):
            break
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
                station=deepcopy(crawl.talk.station),
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
