"""How far a form is filled in, and what is missing, in the order in which it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.forms.model import Need
from bot.forms.rows import rows
from bot.forms.subjects import cell_subject, field_subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.forms.model import Field, Form, Section, Table
    from bot.forms.rows import Row, Written


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a complete form has: a field's or a cell's subject, or a table's path that has no row yet."""

    subject: str
    is_there: bool


@dataclass(frozen=True, slots=True)
class Fullness:
    """How many of the things that are needed are there."""

    done: int
    total: int


def is_asked(field: Field, values: Mapping[str, str]) -> bool:
    """Whether a field is asked at all, given what its section or row holds by now."""
    return field.when is None or values.get(field.when.field, "") in field.when.values


def values_of(section: Section, entries: Mapping[str, Written]) -> dict[str, str]:
    """What the fields of a section hold, by their ids."""
    found = {field.id: entries.get(field_subject(section.id, field.id)) for field in section.fields}
    return {field_id: record.value for field_id, record in found.items() if record is not None and record.value}


def asked_fields(section: Section, entries: Mapping[str, Written]) -> tuple[Field, ...]:
    """The fields of a section that are asked as things stand."""
    values = values_of(section, entries)
    return tuple(field for field in section.fields if is_asked(field, values))


def asked_columns(table: Table, row: Row) -> tuple[Field, ...]:
    """The columns of a table that are asked in a row as it stands."""
    return tuple(column for column in table.columns if is_asked(column, row.cells))


def needed(section: Section, entries: Mapping[str, Written]) -> Iterator[Asked]:
    """Everything that the section needs, in its order."""
    values = values_of(section, entries)
    for field in asked_fields(section, entries):
        if field.need is Need.REQUIRED:
            yield Asked(field_subject(section.id, field.id), field.id in values)
    for table in section.tables:
        path = f"{section.id}.{table.id}"
        found = rows(entries, path)
        if found or table.need is Need.REQUIRED:
            yield Asked(path, bool(found))
        for row in found:
            yield from _needed_cells(section, table, row)


def _needed_cells(section: Section, table: Table, row: Row) -> Iterator[Asked]:
    for column in asked_columns(table, row):
        if column.need is Need.REQUIRED:
            subject = cell_subject(section.id, table.id, row.number, column.id)
            yield Asked(subject, column.id in row.cells)


def fullness(section: Section, entries: Mapping[str, Written]) -> Fullness:
    """How far a section is."""
    asked = tuple(needed(section, entries))
    return Fullness(sum(each.is_there for each in asked), len(asked))


def next_missing(form: Form, entries: Mapping[str, Written], after: str = "") -> str | None:
    """The next missing subject or table behind `after`, and round the form; None when nothing is missing."""
    asked = [each for section in form.sections for each in needed(section, entries)]
    subjects = [each.subject for each in asked]
    start = subjects.index(after) + 1 if after in subjects else 0
    return next((each.subject for each in asked[start:] + asked[:start] if not each.is_there), None)
