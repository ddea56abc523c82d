"""Who may read, change or report an assessment, and who acts for a station."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.assessments.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.assessments.model import Assessment, PersonId, StationId
    from bot.stations.model import Membership


def may_fill(person: PersonId, assessment: Assessment, memberships: Iterable[Membership] = ()) -> bool:
    """Whether the person may read and fill in the assessment.

    A practice run: its owner alone. A self-assessment: whoever belongs to the station now, in whatever role.
    """
    if assessment.kind is Kind.PRACTICE:
        return assessment.owner == person
    return _membership(person, assessment.station, memberships) is not None


def may_report(person: PersonId, assessment: Assessment, memberships: Iterable[Membership]) -> bool:
    """Whether the person may report the assessment to the authority: the station's head, or the head's deputy."""
    return assessment.kind is Kind.SELF_ASSESSMENT and may_lead(person, assessment.station, memberships)


def may_lead(person: PersonId, station: StationId | None, memberships: Iterable[Membership]) -> bool:
    """Whether the person may invite, let in, remove and share out work: the station's head, or the head's deputy."""
    membership = _membership(person, station, memberships)
    return membership is not None and membership.leads


def _membership(person: PersonId, station: StationId | None, memberships: Iterable[Membership]) -> Membership | None:
    own = (each for each in memberships if each.person == person and each.is_current)
    return next((each for each in own if each.station == station), None)
