"""Rows are as high as their words need, and stay free to grow."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import Workbook

from bot.assessments.model import ItemRecord
from bot.workbooks.heights import fit, lines_of
from tests.workbooks.builders import BLANK, RUBRIC, edited, made, row_of, sheet_of


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 20, 1),
        ("考评人员", 20, 1),
        ("考评人员" * 3, 20, 2),
        ("一\n二\n三", 20, 3),
        ("no problem found", 20, 1),
        ("duties clear and no problem found", 20, 2),
        ("x" * 100, 21, 6),
        ("问" * 4096, 20, 456),
    ],
)
def test_a_text_takes_as_many_lines_as_its_column_makes_it(text: str, width: int, lines: int) -> None:
    assert lines_of(text, width) == lines


def test_a_row_is_as_high_as_its_longest_cell_and_no_higher_than_can_be() -> None:
    sheet = Workbook().active
    fit(sheet, 1, [("短", 20), ("考评人员" * 3, 20)])
    fit(sheet, 2, [("短", 20)])
    fit(sheet, 3, [("问" * 4096, 20)])
    assert [sheet.row_dimensions[row].height for row in (1, 2, 3)] == [33, None, 409]


def test_a_row_that_somebody_writes_more_into_may_grow() -> None:
    with zipfile.ZipFile(BytesIO(made(BLANK))) as archive:
        rows = re.findall(rb"<row [^>]*>", archive.read("xl/worksheets/sheet2.xml"))
    fitted = [row for row in rows if b' ht="' in row and b'r="2"' not in row]
    assert len(fitted) > len(RUBRIC.items) // 2
    assert not [row for row in fitted if b"customHeight" in row]


def test_every_official_word_of_the_twin_is_seen() -> None:
    noted = replace(BLANK, items={"1.1.1": ItemRecord(note="看过任命书。" * 40)})
    with edited(made(noted)) as (book, _):
        sheet = sheet_of(book, "items")
        widths = {cell.column: int(sheet.column_dimensions[cell.column_letter].width) for cell in sheet[3]}
        for item in RUBRIC.items:
            row = row_of(sheet, item)
            needed = max(lines_of(str(cell.value or ""), widths[cell.column]) for cell in sheet[row][1:])
            assert (sheet.row_dimensions[row].height or 15) >= min(15 * needed, 409), item


def test_every_sheet_prints_as_wide_as_a_page_of_a4_and_repeats_its_headings() -> None:
    with edited(made(BLANK)) as (book, _):
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for sheet in shown:
            assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
            assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert {sheet.print_title_rows for sheet in shown[1:]} == {"$3:$3"}
