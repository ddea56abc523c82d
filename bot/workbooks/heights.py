"""How high the rows of a sheet are: as their words need, and free to grow with what is typed into them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from openpyxl.worksheet.dimensions import RowDimension

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl.worksheet.worksheet import Worksheet

_PIECE: Final = re.compile(r"[!-~]+ *|.")
"""What is never broken: a Latin word; everything else is broken anywhere."""
_LINE: Final = 15
_AROUND: Final = 3
_HIGHEST: Final = 409
"""In points; spreadsheets know no higher row."""


class FittedRow(RowDimension):
    """A row whose height a spreadsheet sets anew as soon as somebody writes more into it."""

    @property
    def customHeight(self) -> bool:  # noqa: N802 - openpyxl's name
        """Never, though there is a height: it is the one that fits."""
        return False


def fit(sheet: Worksheet, row: int, cells: Iterable[tuple[str, int]]) -> None:
    """Make a row as high as its cells need, each with the width of its column in half-width characters."""
    lines = max((lines_of(text, width) for text, width in cells), default=1)
    if lines > 1:
        sheet.row_dimensions[row] = FittedRow(sheet, index=row, ht=min(lines * _LINE + _AROUND, _HIGHEST))


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a column; characters of the size that is written are a twentieth wider."""
    room = max((width - 1) * 20 // 21, 2)
    return sum(_lines(paragraph, room) for paragraph in text.split("\n"))


def _lines(paragraph: str, room: int) -> int:
    lines, used = 1, 0
    for piece in _PIECE.findall(paragraph):
        width = sum(_width(character) for character in piece.rstrip() or piece)
        if used and used + width > room:
            lines, used = lines + 1, 0
        more = (width - 1) // room
        lines, used = lines + more, used + width - more * room + len(piece) - len(piece.rstrip())
    return lines


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1
