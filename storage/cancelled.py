"""The SQL of the lists of cancelled qualifications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.forms.cancelled import Cancelled
from storage.statements import Statements

if TYPE_CHECKING:
    from collections.abc import Sequence

CANCELLED = "select document, name, date, code, note from cancelled"
ADD_CANCELLED = """
    insert into cancelled (document, name, date, code, note) values (:document, :name, :date, :code, :note)
"""
CLEAR_CANCELLED = "delete from cancelled where document = :document"


class CancelledLists(Statements):
    """What each document cancelled."""

    __slots__ = ()

    def cancelled(self) -> tuple[Cancelled, ...]:
        """Every line of every list, by the date of its document, the document, and the name."""
        items = (Cancelled(*row) for row in self._execute(CANCELLED, {}))
        return tuple(sorted(items, key=lambda each: (each.date, each.document, each.name)))

    def list_cancelled(self, document: str, items: Sequence[Cancelled]) -> None:
        """Store the list of a document in the place of the one there was."""
        self._execute(CLEAR_CANCELLED, {"document": document})
        for each in items:
            columns = {"document": document, "name": each.name, "date": each.date}
            self._execute(ADD_CANCELLED, {**columns, "code": each.code, "note": each.note})
