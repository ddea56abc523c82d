"""Many lines pasted into a table: each becomes a row, or is refused with its number and column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.forms.cleaning import NO_CONTEXT, clean
from bot.forms.outcomes import Cleaned, Unclean
from bot.forms.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.forms.cleaning import Context
    from bot.forms.model import Field, Table

_SEPARATORS: Final = (re.compile(r"\t"), re.compile(r"[,，;；|]"), re.compile("、"))
"""The first of these that a line holds is what stands between its cells, spaces otherwise."""
_SPACES: Final = re.compile(r"[ \u3000]+")
_EVERY_SPACE: Final = re.compile(r"[ \u3000]")
"""Telegram makes spaces of the tabs of a copied table: two of them then hold an empty cell."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """A cell of a line that could not be taken."""

    column: Field
    why: Unclean


@dataclass(frozen=True, slots=True)
class Surplus:
    """A line with more cells than the table has columns."""

    cells: int
    columns: int


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One line by its number, from 1: the cells to be written, or what is wrong with it.

    `stands` True: the table has a row with just these cells already, so it is not added again.
    """

    number: int
    cells: Mapping[str, str]
    wrong: tuple[Misfit | Surplus, ...] = ()
    stands: bool = False

    @property
    def is_new(self) -> bool:
        """Whether a row comes of it."""
        return bool(self.cells) and not self.wrong and not self.stands


def read_lines(
    table: Table, text: str, there: Iterable[Mapping[str, str]] = (), context: Context = NO_CONTEXT
) -> tuple[PastedLine, ...]:
    """The lines of a pasted text; blank ones are passed over.

    A first line of the table's own headings says in which order the columns come. `there` are the cells of the rows
    that the table has.
    """
    written = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    columns: Sequence[Field] = table.columns
    headings = _headings(table, _cells(written[0][1], _SPACES)) if written else None
    if headings is not None:
        columns, written = headings, written[1:]
    spaces = _between([line for _, line in written], len(columns))
    known = [dict(cells) for cells in there]
    read = []
    for number, line in written:
        pasted = _line(number, _cells(line, spaces), columns, context)
        if pasted.cells in known:
            pasted = PastedLine(number, pasted.cells, pasted.wrong, stands=True)
        known.append(dict(pasted.cells))
        read.append(pasted)
    return tuple(read)


def _between(lines: Sequence[str], columns: int) -> re.Pattern[str]:
    """Every space where that makes the longest line just as long as the table is wide, runs of spaces elsewhere."""
    longest = max((len(_cells(line, _EVERY_SPACE)) for line in lines), default=0)
    return _EVERY_SPACE if longest == columns else _SPACES


def _cells(line: str, spaces: re.Pattern[str]) -> list[str]:
    line = line.strip(" \u3000\r\n")
    separator = next((each for each in _SEPARATORS if each.search(line)), spaces)
    return [cell.strip() for cell in separator.split(line)]


def _headings(table: Table, cells: list[str]) -> list[Field] | None:
    by_label = {folded(column.label): column for column in table.columns}
    found = [by_label.get(folded(cell)) for cell in cells]
    return None if None in found else [column for column in found if column is not None]


def _line(number: int, cells: list[str], columns: Sequence[Field], context: Context) -> PastedLine:
    while len(cells) > len(columns) and not cells[-1]:
        cells = cells[:-1]
    if len(cells) > len(columns):
        return PastedLine(number, {}, (Surplus(len(cells), len(columns)),))
    values: dict[str, str] = {}
    wrong: list[Misfit | Surplus] = []
    for column, cell in zip(columns, cells, strict=False):
        cleaned = clean(column, cell, context) if cell else None
        if isinstance(cleaned, Cleaned):
            values[column.id] = cleaned.value
        elif isinstance(cleaned, Unclean):
            wrong.append(Misfit(column, cleaned))
    return PastedLine(number, values, tuple(wrong))
