"""Assessments, workbooks and hands that edit them as people do."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.assessments.model import Assessment, EntryRecord, ItemRecord, VetoRecord
from bot.forms.cleaning import clean
from bot.forms.loader import forms
from bot.forms.outcomes import Cleaned
from bot.forms.subjects import cell_subject, field_subject
from bot.rubric.loader import library
from bot.workbooks.comparing import Diff, compare
from bot.workbooks.gathering import gather
from bot.workbooks.layout import WHOLE, Source, lay_out
from bot.workbooks.reading import read
from bot.workbooks.writing import write
from tests.dialogue.builders import EMPTY, LANGUAGES, NOW, possible_answers, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from bot.workbooks.draft import Draft

RUBRIC = library().latest("sichuan-2017")
FORM = forms().latest("sichuan-2017")
ZH = LANGUAGES.of("zh_CN")
BLANK = replace(EMPTY, form=(FORM.id, FORM.version))


def entries(**values: str) -> dict[str, EntryRecord]:
    """Entries of the registration section by their ids."""
    return {f"registration.{name}": EntryRecord(value, 1, 1, NOW) for name, value in values.items()}


def rows(table: str, *several: dict[str, str]) -> dict[str, EntryRecord]:
    """The rows of a table, numbered from 1."""
    section, _, name = table.partition(".")
    return {
        cell_subject(section, name, number, column): EntryRecord(value, 1, 1, NOW)
        for number, row in enumerate(several, start=1)
        for column, value in row.items()
    }


def made(assessment: Assessment, scope: str = WHOLE, locale: str = "zh_CN") -> bytes:
    """The file of a workbook."""
    book = lay_out(Source(assessment, RUBRIC, FORM, LANGUAGES.of(locale)), scope)
    assert book is not None
    return write(book)


def drafted(data: bytes) -> Draft:
    """What a file proposes."""
    came = read(data)
    return gather(came, RUBRIC, FORM, LANGUAGES.of(came.marker.locale))


def compared(data: bytes, assessment: Assessment) -> Diff:
    """What a file comes to for an assessment as it stands."""
    return compare(drafted(data), assessment, RUBRIC, FORM)


@contextmanager
def edited(data: bytes) -> Iterator[tuple[Workbook, list[bytes]]]:
    """The workbook in somebody's hands; the list holds the saved file afterwards."""
    workbook = load_workbook(BytesIO(data))
    saved: list[bytes] = []
    yield workbook, saved
    file = BytesIO()
    workbook.save(file)
    saved.append(file.getvalue())


def sheet_of(workbook: Workbook, code: str) -> Worksheet:
    """The sheet of that code, whatever it is called."""
    return next(sheet for sheet in workbook.worksheets if sheet["A1"].value == f"zicha:{code}")


def column_of(sheet: Worksheet, code: str) -> int:
    """The number of the column of that code."""
    return next(cell.column for cell in sheet[1] if cell.value == code)


def row_of(sheet: Worksheet, key: str) -> int:
    """The row of that key."""
    return next(cell.row for cell in sheet["A"] if cell.value == key)


def free_row(sheet: Worksheet) -> int:
    """The first row that nobody has written in."""
    return next(row for row in range(4, sheet.max_row + 2) if all(cell.value is None for cell in sheet[row]))


def fill(workbook: Workbook, code: str, key: str, column: str, value: object) -> None:
    """Write into a cell as a person does."""
    sheet = sheet_of(workbook, code)
    sheet.cell(row_of(sheet, key), column_of(sheet, column)).value = value


def add(workbook: Workbook, code: str, **cells: object) -> int:
    """Write a new row into a table; returns where."""
    sheet = sheet_of(workbook, code)
    row = free_row(sheet)
    for column, value in cells.items():
        sheet.cell(row, column_of(sheet, column)).value = value
    return row


@st.composite
def _entries(draw: st.DrawFn) -> dict[str, EntryRecord]:
    """Entries as cleaning would have kept them, of fields and tables here and there."""
    found: dict[str, EntryRecord] = {}
    for section in FORM.sections:
        for field in section.fields:
            if draw(st.booleans()):
                _put(found, field_subject(section.id, field.id), field, draw(_texts))
        for table in section.tables:
            for number in draw(st.sets(st.integers(1, 20), max_size=2)):
                for column in table.columns:
                    _put(found, cell_subject(section.id, table.id, number, column.id), column, draw(_texts))
    return found


def _put(found: dict[str, EntryRecord], subject: str, field: object, text: str) -> None:
    example = getattr(field, "example", "")
    choices = getattr(field, "choices", ())
    for attempt in (text, example, choices[0].id if choices else ""):
        cleaned = clean(field, attempt)  # type: ignore[arg-type]  # a field of the form
        if isinstance(cleaned, Cleaned):
            found[subject] = EntryRecord(cleaned.value, 1, 1, NOW)
            return


HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(1)",
    "-2+3",
    "＝1+1",
    "</b>&amp;<a href='http://x'>",
    "{{7*7}}",
    "_x0041_ _x005F_",
    "#N/A",
    "http://example.org",
    "mailto:a@example.org",
    "👩‍👩‍👧 𠀀㐀",
    "'00123",
    "1e5",
    "2017-03-01",
)
_texts = st.sampled_from(HOSTILE) | st.text(max_size=30)


@st.composite
def filled(draw: st.DrawFn) -> Assessment:
    """An assessment filled in here and there, form and all."""
    ids = draw(st.lists(st.sampled_from(tuple(RUBRIC.items)), unique=True, max_size=8))
    notes = words | st.sampled_from(HOSTILE)
    items = {
        item_id: ItemRecord(
            draw(st.none() | st.sampled_from(possible_answers(RUBRIC.items[item_id]))), 1, note=draw(notes), by=1
        )
        for item_id in ids
    }
    vetoes = {}
    for veto in RUBRIC.vetoes:
        choice = draw(st.none() | st.sampled_from(veto.choices))
        if choice is not None:
            vetoes[veto.id] = VetoRecord(choice.id, choice.declares, draw(notes), 1, 1, NOW)
    return replace(BLANK, items=items, vetoes=vetoes, entries=draw(_entries()))
