"""A station with a dozen contradictions planted, and somebody there who follows the buttons of the check."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.assessments.model import EntryRecord
from bot.dialogue.flows.check import findings
from bot.dialogue.rehearsal import ME
from bot.rubric.answers import Chosen
from bot.watch.model import Severity
from tests.dialogue.builders import NOW
from tests.dialogue.checks import assert_fits_a_message
from tests.journeys.memory import MemoryPlayer
from tests.journeys.runner import Journey
from tests.watch.stations import row, station, without

if TYPE_CHECKING:
    from bot.assessments.model import Assessment
    from bot.watch.model import Finding

PLANTED = station(
    {"9.1.1": None, "2.1.10": Chosen("none")},
    {"forged_certificates": None, "leak_or_accident": True},
    {
        "registration.postcode": "",
        "cancelled.emblem": "",
        "registration.head": "陈某",
        "registration.fiscal_account": "no",
        "registration.examiners/1/term": "2014-03-01/2017-02-28",
        "registration.examiners/1/occupation": "保育员",
        "registration.managers/7/post": "门卫",
        "licence.valid": "2014-05-01/2017-03-31",
        **without("registration.supervisors/"),
        **row("registration.appraisals", 2, year="2016", occupation="保育员", intermediate="38"),
    },
)
"""What was planted: each of them is a rule, and some break several."""

RULES_BROKEN = {
    *("blank_items", "blank_conditions", "missing_registration", "missing_cancelled", "change_unexplained"),
    *("loss_unmeasured", "condition_unmeasured", "cancelled_unchecked", "appraised_beyond_scope"),
    *("examiner_beyond_scope", "leak_beside_secrecy", "posts", "supervisors", "fiscal_account", "term_over"),
    "licence_expired",
}


class Station(MemoryPlayer):
    """Somebody at the station, who reads the newest card and taps what it offers."""

    def __init__(self, assessment: Assessment) -> None:
        super().__init__(Journey("check", "sichuan-2017", ()))
        self.send("/start")
        self.tap("试填")
        begun = self.rehearsal.assessment
        assert begun is not None
        self.rehearsal.assessments[begun.id] = replace(assessment, id=begun.id, owner=ME)

    def press(self, part: str) -> None:
        """Tap the only button whose label has these words."""
        found = [label for label in self.seen().labels if part in label]
        assert len(found) == 1, (part, self.seen())
        self.tap(found[0])
        assert_fits_a_message(self.turn.screen)

    def type(self, *words: str) -> None:
        """Answer one card after the other."""
        for each in words:
            self.send(each)
            assert_fits_a_message(self.turn.screen)

    @property
    def open(self) -> list[Finding]:
        """What is to be put right or explained."""
        assessment = self.rehearsal.assessment
        assert assessment is not None
        every = findings(self.rehearsal._world(assessment), assessment)
        return [each for each in every if each.severity is not Severity.HINT and not each.is_explained]

    def lead_to(self, rule: str) -> None:
        """From the check, by its own buttons, to the place of a rule's first finding."""
        self.send("/check")
        number = next(number for number, each in enumerate(self.open, start=1) if each.rule == rule)
        while not any(label.startswith(f"{number} ") for label in self.seen().labels):
            self.press("下一页")
        self.tap(next(label for label in self.seen().labels if label.startswith(f"{number} ")))


def at(assessment: Assessment, *path: str) -> Station:
    """Somebody who opened the check and pressed these buttons."""
    player = Station(assessment)
    player.send("/check")
    for part in path:
        player.press(part)
    return player


NO_ACCOUNT = station(entries={"registration.fiscal_account": "no"})
THEIRS = EntryRecord("按县里规定缴入国库", 1, 9, NOW)
LOSS = station({"2.1.10": Chosen("none")})
