"""The history of an assessment: one entry for each event, who, when, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.assessments.events import AssessmentEvent
    from bot.assessments.model import AssessmentId, PersonId


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One event as it was recorded.

    `action` is shared by everything that one tap or message brought about; `revision` is the subject's after it.
    """

    assessment: AssessmentId
    action: int
    event: AssessmentEvent
    revision: int
    by: PersonId
    at: datetime
