"""The hidden sheet of a workbook: which assessment it is of, and every value that it was written from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from bot.workbooks.codes import WorkbookCode, refusal
from bot.workbooks.grids import Marker
from bot.workbooks.targets import Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

SHEET: Final = "zicha-marker"
FORMAT: Final = "zicha-workbook-1"
_PIECE: Final = 30_000


def write(sheet: Worksheet, marker: Marker) -> None:
    """Write the marker as JSON, in pieces that a cell holds; only ASCII, so that no program changes a character."""
    data = {
        "assessment": marker.assessment,
        "rubric": list(marker.rubric),
        "form": None if marker.form is None else list(marker.form),
        "locale": marker.locale,
        "sheets": dict(marker.sheets),
        "base": {target.code: text for target, text in marker.base.items()},
    }
    text = json.dumps(data)
    pieces = [FORMAT, *(text[start : start + _PIECE] for start in range(0, len(text), _PIECE))]
    for row, piece in enumerate(pieces, start=1):
        cell = sheet.cell(row, 1)
        cell.value = f"{piece}|"  # a piece never ends in a blank, which some programs take off
        cell.data_type = "s"
    sheet.sheet_state = "veryHidden"


def read(cells: Sequence[str]) -> Marker:
    """The marker of the cells of its sheet; refused when it is none that we wrote."""
    pieces = [cell.removesuffix("|") for cell in cells]
    if not pieces or pieces[0] != FORMAT:
        raise refusal(WorkbookCode.FOREIGN)
    try:
        data = json.loads("".join(pieces[1:]))
        base = {Target.of(code): str(text) for code, text in data["base"].items()}
        form = None if data["form"] is None else (str(data["form"][0]), int(data["form"][1]))
        sheets = {str(code): str(name) for code, name in data["sheets"].items()}
        rubric = (str(data["rubric"][0]), int(data["rubric"][1]))
        return Marker(int(data["assessment"]), rubric, form, str(data["locale"]), base, sheets)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise refusal(WorkbookCode.FOREIGN) from error
