"""Reads a returned workbook as plain data: which sheets and lines came, and the words of their cells."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Final, cast

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from bot.workbooks import guard, marker
from bot.workbooks.codes import WorkbookCode, refusal
from bot.workbooks.literal import moment_text, number_text
from bot.workbooks.writing import CODES_ROW, FIRST_ROW, SHEET_CODE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from bot.workbooks.grids import Marker

LAST_ROW: Final = 5_000
"""Behind this row nothing may stand."""
_BROKEN: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What a damaged workbook makes its reader raise."""


@dataclass(frozen=True, slots=True)
class CameCell:
    """The words of a cell, and what is wrong with it: a catalogue key, "" when it can be read."""

    text: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class CameLine:
    """A line as it came: its row, its key ("" for a new one), and its cells by column."""

    row: int
    key: str
    cells: Mapping[str, CameCell]


@dataclass(frozen=True, slots=True)
class CameSheet:
    """A sheet as it came, under whatever name; `letters` tells where each column stands now."""

    code: str
    name: str
    letters: Mapping[str, str]
    lines: tuple[CameLine, ...]


@dataclass(frozen=True, slots=True)
class Came:
    """A workbook as it came."""

    marker: Marker
    sheets: tuple[CameSheet, ...]


def is_ours(data: bytes) -> bool:
    """Whether a file is to be read as one of our workbooks, as far as can be told at a glance."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            part = archive.getinfo("xl/workbook.xml")
            return part.file_size < guard.LARGEST and marker.SHEET.encode() in archive.read(part)
    except _BROKEN:
        return False


def read(data: bytes) -> Came:
    """The workbook of a file; InvalidInputError with one problem when it cannot be taken as a whole."""
    guard.inspect(data)
    try:
        sheets = _opened(data)
    except _BROKEN as error:
        raise refusal(WorkbookCode.DAMAGED) from error
    if marker.SHEET not in sheets:
        raise refusal(WorkbookCode.FOREIGN)
    came = Came(
        marker.read([cells[1].text for _, cells in sheets.pop(marker.SHEET) if 1 in cells]),
        tuple(_sheet(name, rows) for name, rows in sheets.items() if _code(rows)),
    )
    _refuse_repeated(came)
    return came


def _opened(data: bytes) -> dict[str, list[_Row]]:
    with warnings.catch_warnings():  # what other programs add to a workbook and this reader does not know
        warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
        workbook = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        return {sheet.title: list(_rows(sheet)) for sheet in workbook.worksheets}


_Row = tuple[int, "Mapping[int, CameCell]"]


def _rows(sheet: Worksheet) -> Iterator[_Row]:
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = {cell.column: _cell(cell) for cell in cast("tuple[Cell, ...]", row) if cell.value is not None}
        if cells and number > LAST_ROW:
            raise refusal(WorkbookCode.TOO_MANY_ROWS, sheet.title, most=LAST_ROW)
        if cells:
            yield number, cells


def _code(rows: list[_Row]) -> str:
    if not rows or rows[0][0] != CODES_ROW:
        return ""
    first = rows[0][1].get(1, CameCell()).text
    return first.removeprefix(SHEET_CODE) if first.startswith(SHEET_CODE) else ""


def _sheet(name: str, rows: list[_Row]) -> CameSheet:
    columns = {place: cell.text for place, cell in rows[0][1].items() if place > 1 and cell.text}
    letters = {code: get_column_letter(place) for place, code in columns.items()}
    lines = tuple(
        CameLine(
            number,
            cells.get(1, CameCell()).text,
            {code: cells[place] for place, code in columns.items() if place in cells},
        )
        for number, cells in rows
        if number >= FIRST_ROW
    )
    return CameSheet(_code(rows), name, letters, lines)


def _refuse_repeated(came: Came) -> None:
    codes = [sheet.code for sheet in came.sheets]
    if not codes:
        raise refusal(WorkbookCode.WITHOUT_CODES)
    for sheet in came.sheets:
        if codes.count(sheet.code) > 1:
            raise refusal(WorkbookCode.SHEET_TWICE, sheet.name)


def _cell(cell: Cell) -> CameCell:
    value = cell.value
    if cell.data_type == "f":
        return CameCell(str(value), "workbook.why.formula")
    if cell.data_type == "e":
        return CameCell(str(value), "workbook.why.error")
    if isinstance(value, bool | time | timedelta):
        return CameCell(str(value))
    if isinstance(value, date):
        return CameCell(moment_text(value))
    if isinstance(value, int | float):
        text = number_text(value)
        return CameCell(f"{value}", "workbook.why.long_number") if text is None else CameCell(text)
    return CameCell(str(value))
