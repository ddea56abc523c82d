"""What the documents are compiled from: one consistent moment of an assessment, and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime, tzinfo

    from bot.assessments.model import Assessment, EntryRecord, ItemRecord, VetoRecord
    from bot.forms.model import Form
    from bot.rubric.model import Rubric
    from bot.stations.model import Authority, Station

UNPRINTED: Final = ("import/", "report/")
"""How entries begin that no document speaks of: workbooks waiting to be taken over, and the 定稿 itself."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Facts that seem to disagree, as the watch says it, and how both can be true, as the station says it."""

    finding: str
    words: str


@dataclass(frozen=True, slots=True)
class Case:
    """An assessment with its table and form, and the station it is of (none for practice) with its authority.

    `zone` is where the stations are: days are counted and times are printed there.
    """

    assessment: Assessment
    rubric: Rubric
    form: Form | None
    station: Station | None
    authority: Authority | None
    explanations: tuple[Explanation, ...]
    zone: tzinfo

    def value(self, subject: str) -> str:
        """The canonical text under a subject; "" where nothing is."""
        return self.assessment.entry(subject).value

    @property
    def name(self) -> str:
        """What the station is called: as its form says, or else as it is known."""
        return self.value("registration.name") or ("" if self.station is None else self.station.name)

    @property
    def as_of(self) -> datetime | None:
        """When the last answer or entry that is printed was given; a note beside an answer keeps the answer's time."""
        return max((at for at in self._times() if at is not None), default=None)

    @property
    def day(self) -> date | None:
        """The day of that moment, where the station is."""
        return None if self.as_of is None else self.as_of.astimezone(self.zone).date()

    @property
    def revision(self) -> int:
        """How many changes the printed answers and entries have seen; of notes only the 校验码 tells."""
        return sum(each.revision for each in self._records())

    def entries(self) -> Iterator[tuple[str, EntryRecord]]:
        """Every entry that documents may speak of."""
        for subject, record in self.assessment.entries.items():
            if not subject.startswith(UNPRINTED):
                yield subject, record

    def _records(self) -> Iterator[ItemRecord | VetoRecord | EntryRecord]:
        yield from (record for _, record in self.entries())
        yield from self.assessment.items.values()
        yield from self.assessment.vetoes.values()

    def _times(self) -> Iterator[datetime | None]:
        return (each.at for each in self._records())
