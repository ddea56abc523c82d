"""How the cells and pages of a workbook look: official words locked and grey, what is asked open and framed."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Final

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_LINE: Final = Side(style="thin", color="A6A6A6")
_FRAME: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TEXT: Final = Font(name="SimSun", size=11)
_WRAPPED: Final = Alignment(wrap_text=True, vertical="center")


class Look(Enum):
    """The ways a cell can look; the value is the name of its style in the workbook."""

    PLAIN = "zicha-plain"
    TITLE = "zicha-title"
    HEADER = "zicha-header"
    SHOWN = "zicha-shown"
    ASKED = "zicha-asked"
    CLOSED = "zicha-closed"


_FORBIDDEN_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME: Final = 31
_A4: Final = 9


def sheet_name(title: str) -> str:
    """A title as a sheet may be called."""
    return _FORBIDDEN_IN_NAMES.sub(" ", title)[:_LONGEST_NAME].strip()


def add_looks(workbook: Workbook) -> None:
    """Make every look known to a workbook; all of them hold text, whatever is typed."""
    looks = (
        NamedStyle(Look.PLAIN.value),
        NamedStyle(Look.TITLE.value, font=Font(name="SimHei", size=14), alignment=Alignment(vertical="center")),
        NamedStyle(
            Look.HEADER.value,
            font=Font(name="SimHei", size=11),
            fill=PatternFill("solid", fgColor="D9D9D9"),
            border=_FRAME,
            alignment=Alignment(wrap_text=True, vertical="center", horizontal="center"),
        ),
        _framed(Look.SHOWN, "F2F2F2", locked=True),
        _framed(Look.ASKED, "FFFDE7", locked=False),
        _framed(Look.CLOSED, "D9D9D9", locked=True),
    )
    for look in looks:
        look.number_format = "@"
        workbook.add_named_style(look)


def _framed(look: Look, colour: str, *, locked: bool) -> NamedStyle:
    fill = PatternFill("solid", fgColor=colour)
    protection = Protection(locked=locked)
    return NamedStyle(look.value, font=_TEXT, fill=fill, border=_FRAME, alignment=_WRAPPED, protection=protection)


def set_up_grid(sheet: Worksheet, *, is_table: bool) -> None:
    """Hide the codes, keep the heads in sight, protect official words; a table stays free to grow."""
    sheet.row_dimensions[1].hidden = True
    sheet.column_dimensions["A"].hidden = True
    sheet.row_dimensions[2].height = 26
    sheet.freeze_panes = "C4"
    sheet.print_title_rows = "3:3"
    if not is_table:
        sheet.protection.enable()
        sheet.protection.formatColumns = False
        sheet.protection.formatRows = False
    set_up_page(sheet)


def set_up_page(sheet: Worksheet) -> None:
    """A4, broadside, as wide as the page, numbered."""
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("&P / &N"))
    sheet.sheet_view.showGridLines = False
