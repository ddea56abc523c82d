"""A grid as a Word table: merged cells by their places, headings repeated, rows held together where a page can."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width

from bot.reports.docx.elements import element, paragraph, run, twips
from bot.reports.model import CellKind
from bot.reports.placing import placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reports.docx.elements import Element
    from bot.reports.docx.looks import Look, Looks
    from bot.reports.model import Grid
    from bot.reports.placing import Placed

_RULES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
_RULE: Final = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "000000"}
_INSET: Final = 1.0
"""Between a cell's words and its rules at the sides, in millimetres."""
_ABOVE: Final = 0.7
"""The same above and below."""
_POINT: Final = 25.4 / 72
_TALLEST_HELD: Final = 120
"""A row that may be higher than this, in millimetres, may break over pages."""
_BRACKET: Final = re.compile(r"(?<=.)(?=[（(][^（()）]*[)）]$)")
"""Before the bracket that a label ends with, such as its points."""
_LABELS: Final = (CellKind.HEADING, CellKind.LABEL)


def table(grid: Grid, looks: Looks) -> Element:
    """The table; ValueError where the grid has a hole or an overlap."""
    owners = _owners(grid)
    rows = [_row(grid, row, owners, looks) for row in range(len(grid.rows))]
    columns = [element("w:gridCol", {"w:w": twips(width)}) for width in grid.widths]
    return element("w:tbl", {}, _properties(grid), element("w:tblGrid", {}, *columns), *rows)


def _owners(grid: Grid) -> dict[tuple[int, int], Placed]:
    """For each row and column the cell that covers it."""
    return {
        (each.row + down, each.column + across): each
        for each in placed(grid)
        for down in range(each.cell.down)
        for across in range(each.cell.across)
    }


def _properties(grid: Grid) -> Element:
    sides = {"top": _ABOVE, "left": _INSET, "bottom": _ABOVE, "right": _INSET}
    margins = (element(f"w:{side}", {"w:w": twips(room), "w:type": "dxa"}) for side, room in sides.items())
    return element(
        "w:tblPr",
        {},
        element("w:tblW", {"w:w": twips(sum(grid.widths)), "w:type": "dxa"}),
        element("w:jc", {"w:val": "center"}),
        element("w:tblBorders", {}, *(element(f"w:{side}", _RULE) for side in _RULES)),
        element("w:tblLayout", {"w:type": "fixed"}),
        element("w:tblCellMar", {}, *margins),
    )


def _row(grid: Grid, row: int, owners: dict[tuple[int, int], Placed], looks: Looks) -> Element:
    across = tuple(_across(grid, row, owners))
    properties = element("w:trPr")
    if not any(_height(each, grid, looks) > _TALLEST_HELD for each in across):
        properties.append(element("w:cantSplit"))
    if grid.rows[row].height:
        properties.append(element("w:trHeight", {"w:val": twips(grid.rows[row].height), "w:hRule": "atLeast"}))
    if row < grid.heading:
        properties.append(element("w:tblHeader"))
    return element("w:tr", {}, properties, *(_cell(each, row, grid, looks) for each in across))


def _across(grid: Grid, row: int, owners: dict[tuple[int, int], Placed]) -> Iterator[Placed]:
    """The cells that cover a row, from the left."""
    for column in range(len(grid.widths)):
        owner = owners[row, column]
        if owner.column == column:
            yield owner


def _cell(each: Placed, row: int, grid: Grid, looks: Looks) -> Element:
    cell, begins = each.cell, each.row == row
    properties = element("w:tcPr", {}, element("w:tcW", {"w:w": twips(_width(each, grid)), "w:type": "dxa"}))
    if cell.across > 1:
        properties.append(element("w:gridSpan", {"w:val": str(cell.across)}))
    if cell.down > 1:
        properties.append(element("w:vMerge", {"w:val": "restart" if begins else "continue"}))
    if cell.kind is not CellKind.INK:
        properties.append(element("w:vAlign", {"w:val": "center"}))
    words = (run(_words(each, grid, looks)),) if begins and cell.text else ()
    return element("w:tc", {}, properties, paragraph(_look_name(cell.kind), *words))


def _words(each: Placed, grid: Grid, looks: Looks) -> str:
    """What the cell says; a label too long for one line breaks before its last bracket rather than inside it."""
    text = each.cell.text
    fits = _letters(text) <= _room(each, grid, looks)
    return text if fits or each.cell.kind not in _LABELS else _BRACKET.sub("\n", text)


def _look_name(kind: CellKind) -> str:
    return f"cell-{kind.value}"


def _width(each: Placed, grid: Grid) -> int:
    return sum(grid.widths[each.column : each.column + each.cell.across])


def _room(each: Placed, grid: Grid, looks: Looks) -> float:
    """How many letters a line of the cell holds."""
    return (_width(each, grid) - 2 * _INSET) / (_look(each, looks).size * _POINT)


def _height(each: Placed, grid: Grid, looks: Looks) -> float:
    """About how high the words of a cell stand, in millimetres."""
    room = _room(each, grid, looks)
    lines = sum(max(1, ceil(_letters(line) / room)) for line in each.cell.text.split("\n"))
    return lines * _look(each, looks).pitch * _POINT


def _look(each: Placed, looks: Looks) -> Look:
    return looks.looks[_look_name(each.cell.kind)]


def _letters(line: str) -> float:
    """How many letters wide a line is, a Chinese one being 1."""
    return sum(1 if east_asian_width(letter) in "WFA" else 0.6 for letter in line)
