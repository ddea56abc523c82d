"""The archive as it reads once what a step brought about is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.assessments.events import AssessmentEvent, revision_after, subject_of
from bot.assessments.history import HistoryEntry

if TYPE_CHECKING:
    from bot.assessments.model import Assessment, AssessmentId
    from bot.dialogue.turn import Event
    from bot.dialogue.world import Archive, Shelved, World


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What was there before, and what has just happened in the assessment as it now stands."""

    world: World
    assessment: Assessment
    events: tuple[Event, ...]

    @property
    def _before(self) -> Archive:
        return self.world.archive

    def _entries(self) -> tuple[HistoryEntry, ...]:
        now, by, action = self.world.now, self.world.person, self.world.action
        return tuple(
            HistoryEntry(self.assessment.id, action, event, revision_after(self.assessment, event), by, now)
            for event in self.events
            if isinstance(event, AssessmentEvent)
        )

    def shelf(self) -> tuple[Shelved, ...]:
        """What the person may go on with."""
        return self._before.shelf()

    def history(self, subject: str) -> tuple[HistoryEntry, ...]:
        """The newest entries about a subject, newest first."""
        fresh = tuple(entry for entry in reversed(self._entries()) if subject_of(entry.event) == subject)
        return (*fresh, *self._before.history(subject))

    def action(self, action: int) -> tuple[HistoryEntry, ...]:
        """Everything that one action brought about."""
        return self._entries() if action == self.world.action else self._before.action(action)

    def fresh_id(self) -> AssessmentId:
        """A number that nobody has used."""
        return self._before.fresh_id()
