"""The shape of form.yaml: where each label and each value of the official form stands, in millimetres."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field, TypeAdapter

from bot.data_files.findings import Finding
from bot.data_files.values import StrictShape, Text
from bot.reports.codes import TemplateCode
from bot.reports.templating import fault_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.data_files.findings import Path
    from bot.forms.model import Form

Millimetres = Annotated[int, Field(ge=1, le=200)]


class CellShape(StrictShape):
    """A cell with an official label, with the value of a subject, or with neither: left free for ink."""

    width: Millimetres
    label: str = ""
    value: str = ""


class TableShape(StrictShape):
    """A table of the form under its label: the widths of its columns by their ids, and the least rows on paper.

    `sum_by` is the column whose equal values share a row, in which numbers are added up.
    """

    path: Text
    columns: Annotated[dict[Text, Millimetres], Field(min_length=1)]
    label: str = ""
    width: Annotated[int, Field(ge=0, le=200)] = 0
    least: Annotated[int, Field(ge=0, le=20)] = 0
    sum_by: str = ""


class RowShape(StrictShape):
    """A row of cells, at least `height` high, or the rows of a table."""

    cells: Annotated[list[CellShape], Field(min_length=1)] | None = None
    table: TableShape | None = None
    height: Annotated[int, Field(ge=0, le=200)] = 0

    @property
    def width(self) -> int:
        """What its cells come to."""
        if self.table is not None:
            return self.table.width + sum(self.table.columns.values())
        return sum(each.width for each in self.cells or ())


class GroupShape(StrictShape):
    """Rows that share the label at their left."""

    label: Text
    width: Millimetres
    rows: Annotated[list[RowShape], Field(min_length=1)]


class LayoutShape(StrictShape):
    """The whole form: words above the title, the grid, and the lines above and below it."""

    attachment: str
    above: list[Text] = Field(default_factory=list)
    groups: Annotated[list[GroupShape], Field(min_length=1)]
    below: list[Text] = Field(default_factory=list)
    notes: list[Text] = Field(default_factory=list)


LAYOUT: Final = TypeAdapter(LayoutShape)


def checker(form: Form) -> Callable[[LayoutShape], Iterator[Finding]]:
    """The check of a layout against the form that it lays out."""
    return lambda layout: _check(form, layout)


def _check(form: Form, layout: LayoutShape) -> Iterator[Finding]:
    whole = layout.groups[0].width + layout.groups[0].rows[0].width
    for place, group in enumerate(layout.groups):
        for number, row in enumerate(group.rows):
            yield from _row(form, row, (group.width + row.width, whole), ("groups", place, "rows", number))
    for key, lines in (("above", layout.above), ("below", layout.below), ("notes", layout.notes)):
        for number, line in enumerate(lines):
            fault = fault_in(line)
            if fault is not None:
                yield Finding(TemplateCode.UNREADABLE_TEMPLATE, (key, number), {"reason": fault})


def _row(form: Form, row: RowShape, widths: tuple[int, int], path: Path) -> Iterator[Finding]:
    if (row.cells is None) is (row.table is None):
        yield Finding(TemplateCode.ONE_OF_TWO, path, {"one": "cells", "other": "table"})
        return
    if widths[0] != widths[1]:
        yield Finding(TemplateCode.UNEQUAL_WIDTH, path, {"width": widths[0], "first": widths[1]})
    if row.table is not None:
        yield from _table(form, row.table, (*path, "table"))
    for number, cell in enumerate(row.cells or ()):
        if cell.value and form.field(cell.value) is None:
            yield Finding(TemplateCode.UNKNOWN_SUBJECT, (*path, "cells", number), {"subject": cell.value})


def _table(form: Form, shape: TableShape, path: Path) -> Iterator[Finding]:
    table = form.table(shape.path)
    named = [*shape.columns, *([shape.sum_by] if shape.sum_by else [])]
    unknown = [shape.path] if table is None else [each for each in named if table.column(each) is None]
    for each in unknown:
        yield Finding(TemplateCode.UNKNOWN_SUBJECT, path, {"subject": each})
