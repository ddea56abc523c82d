"""What leaves one installation for another: an assessment, its station with those above it, and who wrote."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Final

from bot.evidence.sets import standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.assessments.model import Assessment, PersonId
    from bot.stations.model import Authority, Membership, Station

LEFT_BEHIND: Final = "import/"
"""How entries begin that do not go along: workbooks that wait to be taken over."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """A self-assessment of `station`; `authorities` are those above it, the nearest first.

    `members` is everybody who ever belonged to the station, in the order in which they joined; `others` are further
    people who wrote. Whoever the records name is among them.
    """

    assessment: Assessment
    station: Station
    authorities: tuple[Authority, ...]
    members: tuple[Membership, ...]
    others: tuple[PersonId, ...] = ()

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Everybody by their numbers, members first."""
        return (*(each.person for each in self.members), *self.others)

    @property
    def files(self) -> frozenset[str]:
        """The SHA-256 of every file of evidence, whose bytes stay where they are."""
        return frozenset(file.sha256 for each in standing(self.assessment.entries) for file in each.set.files)


def writers(assessment: Assessment) -> frozenset[PersonId]:
    """Everybody whom the assessment names: its owner, and whoever wrote something that stands."""
    tables = (assessment.items, assessment.vetoes, assessment.entries)
    named = chain.from_iterable((each.by for each in table.values()) for table in tables)
    return frozenset({assessment.owner, *named}) - {0}


def renumbered(assessment: Assessment, numbers: Mapping[PersonId, PersonId]) -> Assessment:
    """The same assessment with other numbers for people; KeyError where one has none."""
    known = {0: 0, **numbers}
    return replace(
        assessment,
        owner=numbers[assessment.owner],
        items={key: replace(each, by=known[each.by]) for key, each in assessment.items.items()},
        vetoes={key: replace(each, by=known[each.by]) for key, each in assessment.vetoes.items()},
        entries={key: replace(each, by=known[each.by]) for key, each in assessment.entries.items()},
    )
