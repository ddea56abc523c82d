"""What each document says, value by value, in the order in which the documents are handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reports.content import change, checklist, evidence, form, letter, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.reports.content.brief import Brief
    from bot.reports.model import Document

COMPILERS: Final[tuple[Callable[[Brief], Document | None], ...]] = (
    letter.compiled,
    table.compiled,
    form.compiled,
    change.compiled,
    evidence.compiled,
    checklist.compiled,
)
"""One for each kind of document; None where none is due."""
