"""Writes worksheets: words as words, figures as figures, pages as they are to be printed."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final, cast

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from bot.reports.steady import steady
from bot.reports.xlsx.looks import look_of
from bot.rubric.figures import figure_text
from bot.workbooks.literal import needs_quote, writable
from bot.workbooks.styling import sheet_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.worksheet import Worksheet

    from bot.reports.model import Stamp
    from bot.reports.xlsx.laying import Box, Sheet
    from bot.reports.xlsx.looks import Look

_A4: Final = 9
_MM_A_LETTER: Final = 1.95
"""What one unit of a column's width comes to."""
_INCHES: Final = 1 / 25.4
_SIDES: Final = 13 * _INCHES
_ENDS: Final = 20 * _INCHES
_WORDS_FROM_THE_EDGE: Final = 9 * _INCHES
_LONGEST_FOOTER: Final = 240
_LINE: Final = Side(style="thin", color="000000")


def write(name: str, sheets: Sequence[Sheet], stamp: Stamp) -> bytes:
    """The file."""
    workbook = Workbook()
    del workbook[workbook.sheetnames[0]]
    for look in {look_of(box.look) for sheet in sheets for box in sheet.boxes}:
        workbook.add_named_style(_style(look))
    for sheet in sheets:
        _write(workbook.create_sheet(sheet_name(sheet.name or name)), sheet, stamp)
    workbook.properties.title = writable(name)
    workbook.properties.subject = writable(stamp.station)
    workbook.properties.description = stamp.code
    workbook.properties.creator = None
    file = BytesIO()
    workbook.save(file)
    return steady(file.getvalue(), stamp.as_of)


def _style(look: Look) -> NamedStyle:
    frame = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE) if look.is_framed else Border()
    indent = int(look.is_framed and look.across == "left")
    alignment = Alignment(horizontal=look.across, vertical=look.down, wrap_text=True, indent=indent)
    return NamedStyle(f"zicha-{look.name}", Font(name=look.font, size=look.size), border=frame, alignment=alignment)


def _write(worksheet: Worksheet, sheet: Sheet, stamp: Stamp) -> None:
    for place, width in enumerate(sheet.widths, start=1):
        worksheet.column_dimensions[get_column_letter(place)].width = width / _MM_A_LETTER
    for row, height in enumerate(sheet.heights, start=1):
        worksheet.row_dimensions[row].height = height
    for box in sheet.boxes:
        _put(worksheet, box)
    if sheet.heading:
        first, last = sheet.heading.start + 1, sheet.heading.stop
        worksheet.print_title_rows = f"{first}:{last}"
        worksheet.freeze_panes = f"A{last + 1}"
    _set_up(worksheet, stamp)


def _put(worksheet: Worksheet, box: Box) -> None:
    name = f"zicha-{look_of(box.look).name}"
    for row in box.rows:
        for column in box.columns:
            worksheet.cell(row + 1, column + 1).style = name
    cell = cast("Cell", worksheet.cell(box.rows.start + 1, box.columns.start + 1))
    _fill(cell, box)
    if len(box.rows) * len(box.columns) > 1:
        worksheet.merged_cells.add(_range(box))  # every cell has its frame already


def _range(box: Box) -> str:
    first, last = get_column_letter(box.columns.start + 1), get_column_letter(box.columns.stop)
    return f"{first}{box.rows.start + 1}:{last}{box.rows.stop}"


def _fill(cell: Cell, box: Box) -> None:
    """A figure stands as a number where it says all that the words say."""
    if box.number is not None and box.text == figure_text(box.number):
        cell.value = box.number
        return
    words = writable(box.text)
    cell.value = words or None
    if words:
        cell.data_type = "s"
    if needs_quote(words):
        cell.quotePrefix = True


def _set_up(worksheet: Worksheet, stamp: Stamp) -> None:
    setup = worksheet.page_setup
    setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight = _A4, "portrait", 1, 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = worksheet.page_margins
    margins.left = margins.right = _SIDES
    margins.top = margins.bottom = _ENDS
    margins.header = margins.footer = _WORDS_FROM_THE_EDGE
    worksheet.print_options.horizontalCentered = True
    worksheet.sheet_view.showGridLines = False
    _say(worksheet.oddFooter, f" {_plain(stamp.words)}　&P/&N", 7)
    worksheet.HeaderFooter.scaleWithDoc = False
    if stamp.draft:
        _say(worksheet.oddHeader, _plain(stamp.draft), 20)


def _say(place: HeaderFooterItem | None, words: str, size: int) -> None:
    if place is not None:
        place.center.text, place.center.size = words, size


def _plain(words: str) -> str:
    """Words in a header or footer, where & begins a code; their end, with the 校验码, is never cut."""
    return "".join(_doubled(writable(words).replace("\n", " ")))[-_LONGEST_FOOTER:].lstrip("&")


def _doubled(words: str) -> Iterable[str]:
    return ("&&" if each == "&" else each for each in words)
