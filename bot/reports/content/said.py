"""What people wrote, as documents print it: official words, Chinese dates, plain text whatever stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.forms.filling import asked_columns, asked_fields
from bot.forms.model import FieldKind
from bot.forms.rows import rows
from bot.forms.showing import shown
from bot.forms.subjects import FieldRef, parse
from bot.reports.content.brief import printable
from bot.watch.case import period_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.data_files.wording import Wording
    from bot.forms.model import Field
    from bot.forms.rows import Row
    from bot.reports.content.brief import Brief


@dataclass(frozen=True, slots=True)
class Said:
    """One value of the form: false where nothing is written, or where it is not asked as things stand.

    `id` is the canonical value, `text` what is printed, on one line; `meaning` explains a choice; `lines` are the lines
    of a long text.
    """

    label: str
    id: str = ""
    text: str = ""
    meaning: str = ""
    lines: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


def said(brief: Brief, subject: str) -> Said:
    """What stands in a field; KeyError where the form has none such, nothing where there is no form."""
    form = brief.case.form
    if form is None:
        return Said("")
    found = parse(subject)
    section = form.section(found.section) if isinstance(found, FieldRef) else None
    field = form.field(subject)
    if section is None or field is None:
        raise KeyError(subject)
    asked = field in asked_fields(section, brief.case.assessment.entries)
    return read(brief, field, brief.case.value(subject) if asked else "")


def said_rows(brief: Brief, path: str) -> tuple[Mapping[str, Said], ...]:
    """The rows of a table, each with every column; KeyError where the form has no such table."""
    form = brief.case.form
    if form is None:
        return ()
    table = form.table(path)
    if table is None:
        raise KeyError(path)
    return tuple(said_row(brief, table.columns, row, asked_columns(table, row)) for row in written_rows(brief, path))


def said_row(brief: Brief, columns: tuple[Field, ...], row: Row, asked: tuple[Field, ...]) -> Mapping[str, Said]:
    """The cells of a row by their columns."""
    return {each.id: read(brief, each, row.cells.get(each.id, "") if each in asked else "") for each in columns}


def written_rows(brief: Brief, path: str) -> tuple[Row, ...]:
    """The rows of a table as they are kept."""
    return rows(brief.case.assessment.entries, path)


def read(brief: Brief, field: Field, value: str) -> Said:
    """A canonical value of a field."""
    text = written(brief, field, value)
    choice = field.choice(value)
    meaning = "" if choice is None else chinese(choice.meaning)
    return Said(field.label, value, one_line(text), meaning, lines_of(text))


def written(brief: Brief, field: Field, value: str) -> str:
    """A canonical value as it stands on paper, with its lines."""
    if field.kind is FieldKind.DATE:
        return _day(brief, value)
    if field.kind is FieldKind.PERIOD:
        period = period_in(value)
        return value if period is None else brief.words("value.period", first=period[0], last=period[1])
    return printable(shown(field, value))


def one_line(text: str) -> str:
    """The text on one line, so that nobody's line feed begins a line of a document."""
    return " ".join(printable(text).split())


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text that hold something."""
    return tuple(line.strip() for line in printable(text).split("\n") if line.strip())


def chinese(wording: Wording) -> str:
    """A text of the data in the language of official papers."""
    return wording.by_locale["zh_CN"]


def _day(brief: Brief, value: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return printable(value)
    return brief.words("value.day", day=day)
