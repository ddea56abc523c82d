"""The grid of the official form: every label and value in its place, rows growing with what was written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.forms.model import FieldKind
from bot.reports.content.said import said
from bot.reports.content.sums import printed_rows
from bot.reports.model import Cell, CellKind, Grid, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.forms.model import Field
    from bot.reports.content.brief import Brief
    from bot.reports.content.form_layout import CellShape, GroupShape, LayoutShape, RowShape, TableShape


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell between two edges, in millimetres from the left."""

    left: int
    right: int
    cell: Cell


@dataclass(frozen=True, slots=True)
class _Line:
    boxes: tuple[_Box, ...]
    height: int = 0


def form_grid(brief: Brief, layout: LayoutShape) -> Grid:
    """The grid; its columns are cut at every edge of any cell."""
    lines = [line for group in layout.groups for line in _group(brief, group)]
    edges = sorted({edge for line in lines for box in line.boxes for edge in (box.left, box.right)})
    place = {edge: number for number, edge in enumerate(edges)}
    rows = (Row(tuple(_spread(box, place) for box in line.boxes), line.height) for line in lines)
    return Grid(tuple(right - left for left, right in pairwise(edges)), tuple(rows))


def _spread(box: _Box, place: dict[int, int]) -> Cell:
    return replace(box.cell, across=place[box.right] - place[box.left])


def _group(brief: Brief, group: GroupShape) -> Iterator[_Line]:
    lines = [line for row in group.rows for line in _row(brief, row, group.width)]
    yield from _labelled(group.label, 0, group.width, lines)


def _labelled(label: str, left: int, width: int, lines: Sequence[_Line]) -> Iterator[_Line]:
    """The lines, with a label beside all of them; none where there is no room for one."""
    if width:
        box = _Box(left, left + width, Cell(label, CellKind.LABEL, down=len(lines)))
        yield replace(lines[0], boxes=(box, *lines[0].boxes))
        lines = lines[1:]
    yield from lines


def _row(brief: Brief, row: RowShape, left: int) -> Iterator[_Line]:
    if row.table is not None:
        lines = list(_table(brief, row.table, left + row.table.width))
        yield from _labelled(row.table.label, left, row.table.width, lines)
        return
    cells = row.cells or []
    yield _Line(_side_by_side(left, [each.width for each in cells], [_cell(brief, each) for each in cells]), row.height)


def _cell(brief: Brief, shape: CellShape) -> Cell:
    if shape.label:
        return Cell(shape.label, CellKind.LABEL)
    return Cell(said(brief, shape.value).text) if shape.value else Cell("", CellKind.INK)


def _table(brief: Brief, shape: TableShape, left: int) -> Iterator[_Line]:
    form = brief.case.form
    table = None if form is None else form.table(shape.path)
    columns = [] if table is None else [each for each in table.columns if each.id in shape.columns]
    widths = [shape.columns[each.id] for each in columns]
    texts = [[row[each.id] for each in columns] for row in printed_rows(brief, shape.path, shape.sum_by)]
    texts += [["" for _ in columns]] * (shape.least - len(texts))
    yield _Line(_side_by_side(left, widths, [Cell(each.label, CellKind.HEADING) for each in columns]))
    for row in texts:
        yield _Line(_side_by_side(left, widths, list(map(_value, columns, row))))


def _value(column: Field, text: str) -> Cell:
    if column.kind is not FieldKind.NUMBER:
        return Cell(text, CellKind.SHORT)
    return Cell(text, CellKind.NUMBER, number=Decimal(text) if text.isdecimal() else None)


def _side_by_side(left: int, widths: Sequence[int], cells: Sequence[Cell]) -> tuple[_Box, ...]:
    boxes = []
    for width, cell in zip(widths, cells, strict=True):
        boxes.append(_Box(left, left + width, cell))
        left += width
    return tuple(boxes)
