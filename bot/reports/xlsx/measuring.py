"""How high words stand in a cell of a given width: a spreadsheet does not measure merged cells by itself."""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING, Final

from bot.reports.xlsx.looks import look_of

if TYPE_CHECKING:
    from bot.reports.model import CellKind, Style

MOST_POINTS: Final = 400.0
"""A row is at most 409 points high."""
_LINE: Final = 1.35
"""The pitch of the lines, in letters."""
_PADDING: Final = 4.0
_MARGIN_MM: Final = 5
_MM_A_POINT: Final = 25.4 / 72
_WIDE: Final = frozenset("WFA")


def height_of(text: str, width: int, style: Style | CellKind) -> float:
    """The height in points that the words need over that many millimetres; a little more rather than less."""
    size = look_of(style).size
    letters = max(1.0, (width - _MARGIN_MM) / _MM_A_POINT / size)
    lines = sum(max(1, math.ceil(_letters(line) / letters)) for line in text.split("\n"))
    return lines * size * _LINE + _PADDING


def _letters(line: str) -> float:
    """How many full-width letters a line is long."""
    return sum(1.0 if unicodedata.east_asian_width(each) in _WIDE else 0.55 for each in line)
