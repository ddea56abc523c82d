"""The sheets of the form: one for the fields of a section, one for each table, under the official headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.forms.model import FieldKind
from bot.forms.rows import rows
from bot.forms.showing import shown
from bot.forms.subjects import field_subject
from bot.workbooks.grids import Column, Grid, Line, Role
from bot.workbooks.targets import TargetKind

if TYPE_CHECKING:
    from bot.assessments.model import Assessment
    from bot.forms.model import Field, Section, Table
    from bot.workbooks.speaking import Speaker

KINDS: Final = frozenset({TargetKind.ENTRY})
VALUE: Final = "value"
_SPARE: Final = 15
_FEWEST: Final = 26
_WIDTHS: Final = {
    FieldKind.NUMBER: 9,
    FieldKind.YEAR: 9,
    FieldKind.POSTCODE: 10,
    FieldKind.AREA: 10,
    FieldKind.DATE: 13,
    FieldKind.PERIOD: 24,
    FieldKind.LONG_TEXT: 40,
}
_WIDTH: Final = 22


def fields(section: Section, assessment: Assessment, speaker: Speaker) -> Grid:
    """The single fields of a section, one below the other."""
    columns = (
        Column("label", speaker.say("workbook.column.field"), 26, Role.SHOWN),
        Column(VALUE, speaker.say("workbook.column.value"), 44),
        Column("example", speaker.say("workbook.column.example"), 30, Role.SHOWN),
        Column("why", speaker.say("workbook.column.why"), 50, Role.SHOWN),
    )
    lines = tuple(_field_line(section, field, assessment, speaker) for field in section.fields)
    return Grid(section.id, section.label, columns, lines)


def _field_line(section: Section, field: Field, assessment: Assessment, speaker: Speaker) -> Line:
    value = assessment.entry(field_subject(section.id, field.id)).value
    cells = {
        "label": field.label,
        VALUE: shown(field, value),
        "example": field.example,
        "why": speaker.pick(field.why),
    }
    return Line(field.id, cells, {VALUE: _options(field)})


def table(section: Section, table: Table, assessment: Assessment, speaker: Speaker) -> Grid:
    """The rows of a table as they stand, and blank ones to fill in."""
    path = f"{section.id}.{table.id}"
    columns = tuple(_column(field, speaker) for field in table.columns)
    lines = tuple(
        Line(str(row.number), {each.id: shown(each, row.cells.get(each.id, "")) for each in table.columns})
        for row in rows(assessment.entries, path)
    )
    room = min(max(len(lines) + _SPARE, _FEWEST), max(table.most, len(lines) + 1))
    return Grid(path, table.label, columns, lines, spare=room - len(lines))


def _column(field: Field, speaker: Speaker) -> Column:
    width = max(_WIDTHS.get(field.kind, _WIDTH), 2 * len(field.label) + 4)
    return Column(field.id, field.label, width, options=_options(field), hint=speaker.pick(field.why))


def _options(field: Field) -> tuple[str, ...]:
    return tuple(choice.label for choice in field.choices) if field.kind is FieldKind.CHOICE else ()
