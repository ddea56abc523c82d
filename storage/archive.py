"""The SQL of the archive: which files were compiled from an assessment, by the 校验码 of what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.codec import time_to_text
from storage.statements import Statements

if TYPE_CHECKING:
    from datetime import datetime

    from bot.assessments.model import AssessmentId

ARCHIVED = "select name, sha256 from archive where assessment = :assessment and code = :code"
NOTE_ARCHIVED = """
    insert into archive (assessment, code, name, sha256, bytes, at)
    values (:assessment, :code, :name, :digest, :bytes, :at)
    on conflict (assessment, code, name) do update set
        sha256 = excluded.sha256, bytes = excluded.bytes, at = excluded.at
"""


class Archive(Statements):
    """What was compiled, so that it can be sent again without work."""

    __slots__ = ()

    def archived(self, assessment_id: AssessmentId, code: str) -> dict[str, str]:
        """The SHA-256 of every file of that code, by its name."""
        return dict(self._execute(ARCHIVED, {"assessment": assessment_id, "code": code}))

    def note_archived(
        self, assessment_id: AssessmentId, code: str, name: str, *, sha256: str, size: int, at: datetime
    ) -> None:
        """Keep that the store holds the file; a newer one of the name takes its place."""
        self._execute(
            NOTE_ARCHIVED,
            {
                "assessment": assessment_id,
                "code": code,
                "name": name,
                "digest": sha256,
                "bytes": size,
                "at": time_to_text(at),
            },
        )
