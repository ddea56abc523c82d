"""Where the blocks of a part come to stand on a worksheet: grids of any widths share its columns, cells are merged."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from bot.reports.model import CellKind, Gap, Grid, Paragraph, Style
from bot.reports.placing import placed
from bot.reports.xlsx.measuring import MOST_POINTS, height_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from bot.reports.model import Block, Part
    from bot.reports.placing import Placed

_POINTS_A_MILLIMETRE: Final = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Box:
    """Words over a range of cells, from 0: rows and columns, the ends left out."""

    rows: range
    columns: range
    text: str
    look: Style | CellKind
    number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part as a worksheet: `widths` in millimetres, `heights` in points, `heading` the rows repeated on each page."""

    name: str
    widths: tuple[int, ...]
    heights: tuple[float, ...]
    boxes: tuple[Box, ...]
    heading: range


def lay_out(part: Part) -> Sheet:
    """The worksheet of a part; ValueError where a grid is no grid."""
    edges = _edges(part.blocks)
    laying = _Laying(edges)
    for block in part.blocks:
        laying.add(block)
    widths = tuple(right - left for left, right in pairwise(edges))
    return Sheet(part.name, widths, tuple(laying.heights), tuple(laying.boxes), laying.heading)


def _edges(blocks: Sequence[Block]) -> tuple[int, ...]:
    """Every place, in millimetres from the left, where a column of any grid begins or ends."""
    found = {0, *(edge for block in blocks if isinstance(block, Grid) for edge in accumulate(block.widths))}
    return tuple(sorted(found)) if len(found) > 1 else (0, _WITHOUT_GRID)


_WITHOUT_GRID: Final = 156


class _Laying:
    """The rows so far; a logical row that is higher than a row may be becomes several, merged."""

    def __init__(self, edges: tuple[int, ...]) -> None:
        self._edges = edges
        self.heights: list[float] = []
        self.boxes: list[Box] = []
        self.heading = range(0)

    def add(self, block: Block) -> None:
        """Put a block below what there is."""
        match block:
            case Grid():
                self._add_grid(block)
            case Gap():
                self._rows(block.height * _POINTS_A_MILLIMETRE)
            case Paragraph():
                rows = self._rows(height_of(block.text, self._edges[-1], block.style))
                self.boxes.append(Box(rows, range(len(self._edges) - 1), block.text, block.style))

    def _add_grid(self, grid: Grid) -> None:
        cells, edges = placed(grid), (0, *accumulate(grid.widths))
        start = len(self.heights)
        rows = [self._rows(height) for height in _heights(grid, cells, edges)]
        for each in cells:
            last = rows[each.row + each.cell.down - 1]
            columns = range(
                *(bisect_left(self._edges, edges[at]) for at in (each.column, each.column + each.cell.across))
            )
            box = Box(range(rows[each.row].start, last.stop), columns, each.cell.text, each.cell.kind, each.cell.number)
            self.boxes.append(box)
        if grid.heading and not self.heading:
            self.heading = range(start, rows[grid.heading - 1].stop)

    def _rows(self, height: float) -> range:
        start, number = len(self.heights), max(1, -int(-height // MOST_POINTS))
        self.heights += [height / number] * number
        return range(start, start + number)


def _heights(grid: Grid, cells: Sequence[Placed], edges: Sequence[int]) -> list[float]:
    """The height of each row: what its own cells need, and the last row of a merged cell what that lacks yet."""
    heights = [max(row.height * _POINTS_A_MILLIMETRE, _LEAST) for row in grid.rows]
    for each in sorted(cells, key=lambda each: each.cell.down):
        cell, rows = each.cell, range(each.row, each.row + each.cell.down)
        needed = height_of(cell.text, edges[each.column + cell.across] - edges[each.column], cell.kind)
        heights[rows[-1]] += max(0.0, needed - sum(heights[row] for row in rows))
    return heights


_LEAST: Final = 16.0
