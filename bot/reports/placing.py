"""Where each cell of a grid comes to stand, and the grid's own check: no hole, nothing twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reports.model import Cell, Grid


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with the row and the column, from 0, of its top left corner."""

    row: int
    column: int
    cell: Cell


def placed(grid: Grid) -> tuple[Placed, ...]:
    """Every cell with its place, row by row; ValueError where cells overlap, stick out, or leave a hole."""
    taken: set[tuple[int, int]] = set()
    found = tuple(_placed(grid, taken))
    if len(taken) != len(grid.rows) * len(grid.widths):
        raise ValueError("the grid has a hole")
    return found


def _placed(grid: Grid, taken: set[tuple[int, int]]) -> Iterator[Placed]:
    for row, line in enumerate(grid.rows):
        column = 0
        for cell in line.cells:
            while (row, column) in taken:
                column += 1
            covered = {(row + down, column + across) for down in range(cell.down) for across in range(cell.across)}
            if covered & taken:
                raise ValueError(f"cells overlap in row {row}")
            if column + cell.across > len(grid.widths) or row + cell.down > len(grid.rows):
                raise ValueError(f"a cell sticks out of row {row}")
            taken |= covered
            yield Placed(row, column, cell)
