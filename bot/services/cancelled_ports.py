"""What the use cases need from a database about the lists of cancelled qualifications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.forms.cancelled import Cancelled


class CancelledRecords(Protocol):
    """The part of a transaction that is about cancelled qualifications."""

    def cancelled(self) -> tuple[Cancelled, ...]:
        """Every line of every list, by the date of its document, the document, and the name."""

    def list_cancelled(self, document: str, items: Sequence[Cancelled]) -> None:
        """Store the list of a document in the place of the one there was."""
