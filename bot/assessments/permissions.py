"""Who may read or change an assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.assessments.model import Assessment, PersonId


def may_fill(person: PersonId, assessment: Assessment) -> bool:
    """Whether the person may read and fill in the assessment: for practice, its owner alone."""
    return assessment.owner == person
