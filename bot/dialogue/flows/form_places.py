"""Which places of the form are real, and where its asking goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.position import Place, PlaceKind
from bot.forms.filling import asked_columns, asked_fields, next_missing
from bot.forms.paths import row_path, split_page, split_row
from bot.forms.rows import next_number, row_at
from bot.forms.subjects import CellRef, FieldRef, cell_in, field_subject, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.assessments.model import Assessment, Subject
    from bot.dialogue.world import World
    from bot.forms.model import Form, Section, Table

FORM = Place(PlaceKind.FORM)


def is_real(place: Place, world: World) -> bool:
    """Whether the form has what the place is about; a row may have been deleted, its screen says so."""
    return world.form is not None and KINDS[place.kind](world.form, place.subject)


def has_field(subject: str, world: World) -> bool:
    """Whether the form has a field or a column of that subject."""
    return world.form is not None and world.form.field(subject) is not None


def _is_form(_form: Form, subject: str) -> bool:
    return not subject


def _is_section(form: Form, subject: str) -> bool:
    section = form.section(subject)
    return section is not None and not section.is_free


def _is_field(form: Form, subject: str) -> bool:
    return form.field(subject) is not None


def _is_table(form: Form, subject: str) -> bool:
    return form.table(split_page(subject)[0]) is not None


def _is_row(form: Form, subject: str) -> bool:
    found = split_row(subject)
    return found is not None and form.table(found[0]) is not None


def _is_paste(form: Form, subject: str) -> bool:
    return form.table(subject) is not None


KINDS: dict[PlaceKind, Callable[[Form, str], bool]] = {
    PlaceKind.FORM: _is_form,
    PlaceKind.FORM_SECTION: _is_section,
    PlaceKind.FIELD: _is_field,
    PlaceKind.TABLE: _is_table,
    PlaceKind.ROW: _is_row,
    PlaceKind.PASTE: _is_paste,
}


def above(subject: Subject) -> Place:
    """The screen that a field's or a cell's card belongs to."""
    match parse(subject):
        case CellRef() as cell:
            return Place(PlaceKind.ROW, row_path(cell.table_path, cell.row))
        case FieldRef(section=section):
            return Place(PlaceKind.FORM_SECTION, section)
    return FORM


def left(place: Place) -> Place | None:
    """Where leaving what was being written leads to; None where nothing was."""
    if place.kind is PlaceKind.PASTE:
        return Place(PlaceKind.TABLE, place.subject)
    return above(place.subject) if place.kind is PlaceKind.FIELD else None


def onward(form: Form, assessment: Assessment, subject: Subject) -> Place:
    """Behind a card: the next empty field of its section or its row, or else the screen that it belongs to."""
    order = _asked(form, assessment, subject)
    behind = order[order.index(subject) + 1 :] if subject in order else ()
    following = (each for each in behind if not assessment.entry(each).value)
    found = next(following, None)
    return above(subject) if found is None else Place(PlaceKind.FIELD, found)


def backward(form: Form, assessment: Assessment, subject: Subject) -> Place:
    """Before a card: the field asked before it, or else the screen that it belongs to."""
    order = _asked(form, assessment, subject)
    place = order.index(subject) if subject in order else 0
    return Place(PlaceKind.FIELD, order[place - 1]) if place else above(subject)


def missing(form: Form, assessment: Assessment, after: str = "") -> Place | None:
    """Where the next thing that is missing is written; an empty table begins with its first cell."""
    found = next_missing(form, assessment.entries, after)
    if found is None:
        return None
    table = form.table(found)
    return Place(PlaceKind.FIELD, found if table is None else first_cell(assessment, found, table))


def first_cell(assessment: Assessment, path: str, table: Table) -> Subject:
    """The first cell of a new row."""
    return cell_in(path, next_number(assessment.entries, path), table.columns[0].id)


def _asked(form: Form, assessment: Assessment, subject: Subject) -> tuple[Subject, ...]:
    match parse(subject):
        case CellRef() as cell:
            return _asked_cells(form, assessment, cell)
        case FieldRef(section=section_id):
            section = form.section(section_id)
            return () if section is None else _asked_subjects(section, assessment)
    return ()


def _asked_subjects(section: Section, assessment: Assessment) -> tuple[Subject, ...]:
    return tuple(field_subject(section.id, field.id) for field in asked_fields(section, assessment.entries))


def _asked_cells(form: Form, assessment: Assessment, cell: CellRef) -> tuple[Subject, ...]:
    table = form.table(cell.table_path)
    row = row_at(assessment.entries, cell.table_path, cell.row)
    columns = () if table is None else asked_columns(table, row)
    return tuple(cell_in(cell.table_path, cell.row, column.id) for column in columns)
