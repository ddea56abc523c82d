"""Writes a workbook: every value as plain text, lists to choose from, and a hidden sheet with what it was made from."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final, cast

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from bot.workbooks import heights, marker, styling
from bot.workbooks.grids import Role
from bot.workbooks.literal import needs_quote, writable
from bot.workbooks.styling import Look

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from bot.workbooks.grids import Book, Column, Grid, Line

SHEET_CODE: Final = "zicha:"
"""Begins the first cell of every sheet that is read back."""
CODES_ROW: Final = 1
TITLE_ROW: Final = 2
HEADER_ROW: Final = 3
FIRST_ROW: Final = 4
FIRST_COLUMN: Final = 2
"""The first column holds the keys of the lines, hidden."""
_LISTS: Final = "zicha-lists"
_LONGEST_HINT: Final = 255
_NOTES_WIDTH: Final = 90


def write(book: Book) -> bytes:
    """The file of a workbook."""
    workbook = Workbook()
    del workbook[workbook.sheetnames[0]]
    styling.add_looks(workbook)
    _write_notes(workbook.create_sheet(styling.sheet_name(book.notes_title)), book)
    lists = _Lists()
    for grid in book.grids:
        _write_grid(workbook.create_sheet(styling.sheet_name(grid.title)), grid, lists)
    lists.write(workbook.create_sheet(_LISTS))
    marker.write(workbook.create_sheet(marker.SHEET), book.marker)
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell at a place; ours are never merged."""
    return cast("Cell", sheet.cell(row, column))


def put(cell: Cell, text: str, look: Look = Look.PLAIN) -> None:
    """Set a cell to words that stay words."""
    words = writable(text)
    cell.value = words or None
    cell.style = look.value
    if words:
        cell.data_type = "s"
    if needs_quote(words):
        cell.quotePrefix = True


class _Lists:
    """The lists to choose from, each in a column of a hidden sheet, so that they may be of any length and words."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], str] = {}

    def reference(self, options: tuple[str, ...]) -> str:
        """Where the list will stand."""
        column = self._columns.setdefault(options, get_column_letter(len(self._columns) + 1))
        return f"'{_LISTS}'!${column}$1:${column}${len(options)}"

    def write(self, sheet: Worksheet) -> None:
        """Write all of them."""
        for options, column in self._columns.items():
            for row, option in enumerate(options, start=1):
                put(sheet[f"{column}{row}"], option)
        sheet.sheet_state = "hidden"


def _write_notes(sheet: Worksheet, book: Book) -> None:
    put(sheet["A1"], book.title, Look.TITLE)
    for row, words in enumerate(book.notes, start=3):
        put(cell_at(sheet, row, 1), words, Look.SHOWN)
        heights.fit(sheet, row, [(words, _NOTES_WIDTH)])
    sheet.column_dimensions["A"].width = _NOTES_WIDTH
    styling.set_up_page(sheet)


def _write_grid(sheet: Worksheet, grid: Grid, lists: _Lists) -> None:
    put(cell_at(sheet, CODES_ROW, 1), f"{SHEET_CODE}{grid.code}")
    put(cell_at(sheet, TITLE_ROW, FIRST_COLUMN), grid.title, Look.TITLE)
    for place, column in enumerate(grid.columns, start=FIRST_COLUMN):
        put(cell_at(sheet, CODES_ROW, place), column.code)
        put(cell_at(sheet, HEADER_ROW, place), column.header, Look.HEADER)
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    heights.fit(sheet, HEADER_ROW, [(column.header, column.width) for column in grid.columns])
    for row, line in enumerate(grid.lines, start=FIRST_ROW):
        _write_line(sheet, row, grid, line)
    for row in range(FIRST_ROW + len(grid.lines), FIRST_ROW + len(grid.lines) + grid.spare):
        for place in range(FIRST_COLUMN, FIRST_COLUMN + len(grid.columns)):
            put(cell_at(sheet, row, place), "", Look.ASKED)
    _add_lists(sheet, grid, lists)
    styling.set_up_grid(sheet, is_table=bool(grid.spare))


def _write_line(sheet: Worksheet, row: int, grid: Grid, line: Line) -> None:
    put(cell_at(sheet, row, 1), line.key)
    for place, column in enumerate(grid.columns, start=FIRST_COLUMN):
        look = Look.SHOWN if column.role is Role.SHOWN else Look.ASKED
        is_closed = column.code in line.closed
        put(cell_at(sheet, row, place), line.cells.get(column.code, ""), Look.CLOSED if is_closed else look)
    heights.fit(sheet, row, [(line.cells.get(column.code, ""), column.width) for column in grid.columns])


def _add_lists(sheet: Worksheet, grid: Grid, lists: _Lists) -> None:
    validations: dict[tuple[str, tuple[str, ...]], DataValidation] = {}
    for place, column in enumerate(grid.columns, start=FIRST_COLUMN):
        if column.role is Role.SHOWN:
            continue
        for offset in range(len(grid.lines) + grid.spare):
            line = grid.lines[offset] if offset < len(grid.lines) else None
            if line is not None and column.code in line.closed:
                continue
            options = (line and line.options.get(column.code)) or column.options
            if options or column.hint:
                key = (column.code, options)
                validation = validations.setdefault(key, _validation(column, options, lists))
                validation.add(f"{get_column_letter(place)}{FIRST_ROW + offset}")
    for validation in validations.values():
        sheet.add_data_validation(validation)


def _validation(column: Column, options: tuple[str, ...], lists: _Lists) -> DataValidation:
    validation = DataValidation(allow_blank=True)
    if options:
        validation.type = "list"
        validation.formula1 = lists.reference(options)
        validation.showErrorMessage = True
    if column.hint:
        validation.prompt = column.hint[:_LONGEST_HINT]
        validation.showInputMessage = True
    return validation
