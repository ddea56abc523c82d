"""What a step may look at besides the position: the rubric, the assessment, the clock, and reads on demand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from bot.assessments.days import HERE
from bot.reports.alone import alone
from bot.stations.roster import NOBODY, Roster

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo

    from bot.assessments.history import HistoryEntry
    from bot.assessments.model import Assessment, AssessmentId, Kind, PersonId
    from bot.forms.cancelled import Cancelled
    from bot.forms.model import Form
    from bot.reports.model import Package, Unprintable
    from bot.rubric.model import Rubric
    from bot.stations.model import Membership


@dataclass(frozen=True, slots=True)
class Shelved:
    """An assessment as it is listed for going on with: nothing but what the list shows."""

    id: AssessmentId
    kind: Kind
    created_at: datetime
    changed_at: datetime
    answered: int


class Archive(Protocol):
    """Reads that only some screens need; they see the same moment as the rest of the world."""

    def shelf(self) -> tuple[Shelved, ...]:
        """What the person may go on with, last changed first."""

    def history(self, subject: str) -> tuple[HistoryEntry, ...]:
        """The newest entries about an item or condition of this assessment, newest first."""

    def action(self, action: int) -> tuple[HistoryEntry, ...]:
        """Everything that one action brought about in this assessment, in its order."""

    def fresh_id(self) -> AssessmentId:
        """A number for a new assessment that nobody has used or can guess."""


@dataclass(frozen=True, slots=True)
class World:
    """Everything a step may look at.

    `assessment` is None when the person has none or may not touch the one that was named; `action` is the number
    under which everything that this step brings about is recorded. `bot` is the bot's name on Telegram, "" while it is
    not known. `form` is the one of the assessment, None where it has none; `practice_form` is the one that a new 试填
    begins with. `cancelled` reads the lists of cancelled qualifications; `zone` is where days are counted. `compiles`
    makes the documents, for the few screens that need them.
    """

    rubric: Rubric
    assessment: Assessment | None
    person: PersonId
    locale: str
    locales: tuple[str, ...]
    now: datetime
    action: int
    archive: Archive
    roster: Roster = NOBODY
    bot: str = ""
    form: Form | None = field(default=None, repr=False)
    practice_form: tuple[str, int] | None = None
    cancelled: Callable[[], tuple[Cancelled, ...]] = tuple
    zone: tzinfo = HERE
    compiles: Callable[[Assessment, Rubric, Form | None], Package | Unprintable] = alone

    def package(self, assessment: Assessment) -> Package | Unprintable:
        """Everything that would be handed in of the assessment as it stands, or why nothing can be."""
        return self.compiles(assessment, self.rubric, self.form)

    @property
    def membership(self) -> Membership | None:
        """The person's place at the station of this assessment; outside of one, where they joined last."""
        mine = self.roster.mine()
        here = None if self.assessment is None else self.assessment.station
        if here is None:
            return mine[0] if mine else None
        return next((each for each in mine if each.station == here), None)
