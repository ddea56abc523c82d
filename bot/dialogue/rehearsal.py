"""The conversation held in memory, one person and no database: for the terminal, and for rehearsing journeys."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.assessments.events import ItemAnswered, NoteWritten, RemedyWritten, VetoAnswered
from bot.assessments.history import HistoryEntry
from bot.dialogue.engine import show, step
from bot.dialogue.given import Odd, Oddity, spoken_of
from bot.dialogue.position import Position
from bot.dialogue.world import Shelved, World

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.assessments.events import AssessmentEvent
    from bot.assessments.model import Assessment, AssessmentId
    from bot.dialogue.given import Given
    from bot.dialogue.turn import Turn
    from bot.rubric.model import Rubric

ME = 1
"""The one person there is."""


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
    _at: AssessmentId | None = None

    def give(self, given: Given) -> Turn:
        """What the person did; a tapped button may speak of another of their assessments, or of nobody's."""
        self.actions += 1
        own = self.position.assessment
        meant = spoken_of(given, own)
        if meant != own and meant not in self.assessments:
            given, meant = Odd(Oddity.UNREADABLE_BUTTON), own
        world = self._world(self.assessments.get(meant or 0))
        turn = step(self.position, given, world)
        self._keep(turn, world)
        return turn

    def look(self) -> Turn:
        """The present screen; nothing happens."""
        return show(self.position, self._world(self.assessments.get(self.position.assessment or 0)))

    @property
    def assessment(self) -> Assessment | None:
        """The assessment the person is in."""
        return self.assessments.get(self.position.assessment or 0)

    def _world(self, assessment: Assessment | None) -> World:
        self._at = None if assessment is None else assessment.id
        return World(
            rubric=self.rubric,
            assessment=assessment,
            person=ME,
            locale=self.locale,
            locales=self.locales,
            now=self.clock(),
            action=self.actions,
            archive=self,
        )

    def _keep(self, turn: Turn, world: World) -> None:
        self.position, self.locale = turn.position, turn.locale
        if turn.assessment is not None:
            self.assessments[turn.assessment.id] = turn.assessment
        for event in turn.events:
            if turn.assessment is not None and isinstance(
                event, ItemAnswered | NoteWritten | RemedyWritten | VetoAnswered
            ):
                self.entries.append(_entry(event, turn.assessment, world))

    def shelf(self) -> tuple[Shelved, ...]:
        """What the person may go on with, last changed first."""
        shelved = (
            Shelved(each.id, each.kind, each.created_at, self._changed(each), len(each.answers))
            for each in self.assessments.values()
        )
        return tuple(sorted(shelved, key=lambda each: (each.changed_at, each.id), reverse=True))

    def _changed(self, assessment: Assessment) -> datetime:
        times = (entry.at for entry in self.entries if entry.assessment == assessment.id)
        return max(times, default=assessment.created_at)

    def history(self, subject: str) -> tuple[HistoryEntry, ...]:
        """The entries about an item or condition, newest first."""
        return tuple(entry for entry in reversed(self._own_entries()) if _subject(entry.event) == subject)

    def action(self, action: int) -> tuple[HistoryEntry, ...]:
        """Everything that one action brought about."""
        return tuple(entry for entry in self._own_entries() if entry.action == action)

    def fresh_id(self) -> AssessmentId:
        """The next number."""
        return len(self.assessments) + 1

    def _own_entries(self) -> list[HistoryEntry]:
        return [entry for entry in self.entries if entry.assessment == self._at]


def _entry(event: AssessmentEvent, assessment: Assessment, world: World) -> HistoryEntry:
    subject = _subject(event)
    stands = assessment.veto(subject) if isinstance(event, VetoAnswered) else assessment.item(subject)
    return HistoryEntry(assessment.id, world.action, event, stands.revision, world.person, world.now)


def _subject(event: AssessmentEvent) -> str:
    return event.veto if isinstance(event, VetoAnswered) else event.item
