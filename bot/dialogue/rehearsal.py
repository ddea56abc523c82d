"""The conversation held in memory, without a database: for the terminal, and for rehearsing journeys."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.assessments.events import AssessmentEvent, revision_after, subject_of
from bot.assessments.history import HistoryEntry
from bot.assessments.model import Kind
from bot.assessments.permissions import may_fill
from bot.dialogue.engine import show, step
from bot.dialogue.given import Odd, Oddity, spoken_of
from bot.dialogue.position import Position
from bot.dialogue.rehearsal_station import RehearsedRoster
from bot.dialogue.world import Shelved, World
from bot.forms.loader import form_at, form_beside
from bot.stations.events import StationEvent
from bot.stations.model import Presence
from bot.stations.roster import NOBODY

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.assessments.model import Assessment, AssessmentId, PersonId
    from bot.dialogue.given import Given
    from bot.dialogue.rehearsal_station import RehearsedStation
    from bot.dialogue.turn import Turn
    from bot.rubric.model import Rubric
    from bot.stations.roster import Roster

ME = 1
"""The one person there is, unless a station with more people is rehearsed."""


@dataclass
class Rehearsal:
    """A person's position, assessments and history, kept as a database would keep them."""

    rubric: Rubric
    locales: tuple[str, ...]
    locale: str
    clock: Callable[[], datetime]
    position: Position = field(default_factory=Position)
    assessments: dict[AssessmentId, Assessment] = field(default_factory=dict)
    entries: list[HistoryEntry] = field(default_factory=list)
    actions: int = 0
    person: PersonId = ME
    station: RehearsedStation | None = None
    _at: AssessmentId | None = None

    def give(self, given: Given) -> Turn:
        """What the person did; a tapped button may speak of another of their assessments, or of nobody's."""
        self.actions += 1
        own = self.position.assessment
        meant = spoken_of(given, own)
        if meant != own and self._mine(meant) is None:
            given, meant = Odd(Oddity.UNREADABLE_BUTTON), own
        world = self._world(self._mine(meant))
        turn = step(self.position, given, world)
        self._keep(turn, world)
        return turn

    def look(self) -> Turn:
        """The present screen; nothing happens."""
        return show(self.position, self._world(self.assessment))

    @property
    def assessment(self) -> Assessment | None:
        """The assessment the person is in."""
        return self._mine(self.position.assessment)

    def _mine(self, assessment_id: AssessmentId | None) -> Assessment | None:
        found = self.assessments.get(assessment_id or 0)
        return found if found is not None and may_fill(self.person, found, self._roster().mine()) else None

    def _world(self, assessment: Assessment | None) -> World:
        self._at = None if assessment is None else assessment.id
        return World(
            rubric=self.rubric,
            assessment=assessment,
            person=self.person,
            locale=self.locale,
            locales=self.locales,
            now=self.clock(),
            action=self.actions,
            archive=self,
            roster=self._roster(),
            form=form_at(None if assessment is None else assessment.form),
            practice_form=form_beside(self.rubric.id),
        )

    def _roster(self) -> Roster:
        return NOBODY if self.station is None else RehearsedRoster(self.station, self.person, self.clock())

    def _keep(self, turn: Turn, world: World) -> None:
        if self.station is not None:
            self._keep_at(self.station, turn, world)
        self.position, self.locale = turn.position, turn.locale
        if turn.assessment is not None:
            self.assessments[turn.assessment.id] = turn.assessment
        for event in turn.events:
            if turn.assessment is not None and isinstance(event, AssessmentEvent):
                self.entries.append(_entry(event, turn.assessment, world))

    def _keep_at(self, station: RehearsedStation, turn: Turn, world: World) -> None:
        for event in turn.events:
            if isinstance(event, StationEvent):
                station.keep(event, self.person, world.now)
        if turn.assessment is not None and turn.assessment.kind is Kind.SELF_ASSESSMENT:
            station.assessment = turn.assessment.id
            station.seen[self.person] = Presence(self.person, turn.position.place.code, world.now)

    def shelf(self) -> tuple[Shelved, ...]:
        """What the person may go on with, last changed first."""
        shelved = (
            Shelved(each.id, each.kind, each.created_at, self._changed(each), len(each.answers))
            for each in self.assessments.values()
            if each.owner == self.person and each.kind is Kind.PRACTICE
        )
        return tuple(sorted(shelved, key=lambda each: (each.changed_at, each.id), reverse=True))

    def _changed(self, assessment: Assessment) -> datetime:
        times = (entry.at for entry in self.entries if entry.assessment == assessment.id)
        return max(times, default=assessment.created_at)

    def history(self, subject: str) -> tuple[HistoryEntry, ...]:
        """The entries about an item or condition, newest first."""
        return tuple(entry for entry in reversed(self._own_entries()) if subject_of(entry.event) == subject)

    def action(self, action: int) -> tuple[HistoryEntry, ...]:
        """Everything that one action brought about."""
        return tuple(entry for entry in self._own_entries() if entry.action == action)

    def fresh_id(self) -> AssessmentId:
        """The next number."""
        return len(self.assessments) + (0 if self.station is None else len(self.station.invited)) + 1

    def _own_entries(self) -> list[HistoryEntry]:
        return [entry for entry in self.entries if entry.assessment == self._at]


def _entry(event: AssessmentEvent, assessment: Assessment, world: World) -> HistoryEntry:
    revision = revision_after(assessment, event)
    return HistoryEntry(assessment.id, world.action, event, revision, world.person, world.now)
