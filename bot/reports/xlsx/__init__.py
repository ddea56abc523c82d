"""XLSX for those who count on: the same grids, figures as numbers, words never as formulas, ready to be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reports.xlsx.laying import lay_out

if TYPE_CHECKING:
    from bot.reports.model import Document, Stamp


def render(document: Document, stamp: Stamp) -> bytes:
    """The document as a workbook, a worksheet for each part; the same document gives the same bytes."""
    from bot.reports.xlsx.writing import write  # noqa: PLC0415 - loaded with the first document

    return write(document.name, [lay_out(part) for part in document.parts], stamp)
