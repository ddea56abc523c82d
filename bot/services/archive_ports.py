"""What the use cases need from a database so that compiled documents are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.assessments.model import AssessmentId


class ArchiveRecords(Protocol):
    """The part of a transaction that is about compiled documents; the bytes are in the store of files."""

    def archived(self, assessment_id: AssessmentId, code: str) -> Mapping[str, str]:
        """The SHA-256 of every file compiled under that 校验码, by its name."""

    def note_archived(
        self, assessment_id: AssessmentId, code: str, name: str, *, sha256: str, size: int, at: datetime
    ) -> None:
        """Keep that the store holds the file; a newer one of the name takes its place."""
