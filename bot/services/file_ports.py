"""What the use cases need so that files are kept: records in the database, and a store for what is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from bot.assessments.model import AssessmentId


class FileRecords(Protocol):
    """The part of a transaction that is about files."""

    def note_file(self, assessment_id: AssessmentId, sha256: str, size: int, at: datetime) -> None:
        """Keep that the assessment has been shown that file; nothing happens when it has been before."""

    def bytes_kept(self, assessment_id: AssessmentId) -> int:
        """How much the assessment's station has sent, files taken back included; for practice, its owner."""


class Files(Protocol):
    """A store of files under the SHA-256 of what is in them; blocking, so called in a thread."""

    def keep(self, content: bytes) -> str:
        """Store the bytes for good and return their SHA-256; the same bytes are stored once. Raises OSError."""

    def read(self, name: str) -> bytes:
        """The bytes of that SHA-256; raises OSError when they are not there, ValueError when they are not those."""
