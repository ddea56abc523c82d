"""The SQL of evidence: which files an assessment has ever been shown, and how much a station has sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.codec import time_to_text
from storage.statements import Statements

if TYPE_CHECKING:
    from datetime import datetime

    from bot.assessments.model import AssessmentId

NOTE_FILE = """
    insert into file (assessment, sha256, bytes, at) values (:assessment, :digest, :bytes, :at)
    on conflict (assessment, sha256) do nothing
"""
BYTES_OF_STATION = """
    select coalesce(sum(file.bytes), 0) from assessment as own
    join assessment on assessment.station = own.station
    join file on file.assessment = assessment.id
    where own.id = :assessment
"""
BYTES_OF_OWNER = """
    select coalesce(sum(file.bytes), 0) from assessment as own
    join assessment on assessment.owner = own.owner and assessment.station is null
    join file on file.assessment = assessment.id
    where own.id = :assessment and own.station is null
"""


class Evidence(Statements):
    """What the store holds on whose behalf."""

    __slots__ = ()

    def note_file(self, assessment_id: AssessmentId, sha256: str, size: int, at: datetime) -> None:
        """Keep that the assessment has been shown that file."""
        self._execute(NOTE_FILE, {"assessment": assessment_id, "digest": sha256, "bytes": size, "at": time_to_text(at)})

    def bytes_kept(self, assessment_id: AssessmentId) -> int:
        """How much the assessment's station has sent, files taken back included; for practice, its owner."""
        return sum(
            int(self._execute(query, {"assessment": assessment_id})[0][0])
            for query in (BYTES_OF_STATION, BYTES_OF_OWNER)
        )
