"""XLSX: figures are numbers, words are words, every grid stands where it does on paper."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pytest
from openpyxl import load_workbook

from bot.reports import xlsx
from bot.reports.model import Cell as Placed
from bot.reports.model import CellKind, Document, Gap, Grid, Kind, Paragraph, Part, Row, Style
from bot.reports.xlsx.laying import lay_out
from bot.workbooks.literal import writable
from tests.reports.samples import noted_everywhere, sample_package

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell

    from bot.reports.model import Package

PACKAGE: Final = sample_package()
HOSTILE: Final = "=cmd|'/c calc'!A1 {{ 7*7 }} <w:t> https://example.org @SUM(1) 㐀𠀀 _x0041_ \u202egnp.exe"
HIGHEST_ROW: Final = 409


def made(document: Document, package: Package = PACKAGE) -> Workbook:
    return load_workbook(BytesIO(xlsx.render(document, package.stamp)))


def cells(workbook: Workbook) -> list[Cell]:
    return [cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value is not None]


def words_of(document: Document) -> list[str]:
    blocks = [block for part in document.parts for block in part.blocks]
    paragraphs = [block.text for block in blocks if isinstance(block, Paragraph)]
    grids = [block for block in blocks if isinstance(block, Grid)]
    return paragraphs + [cell.text for grid in grids for row in grid.rows for cell in row.cells]


def table(package: Package = PACKAGE) -> Document:
    found = package.document(Kind.TABLE)
    assert found is not None
    return found


@pytest.mark.parametrize("document", PACKAGE.documents, ids=lambda each: each.kind.value)
def test_every_word_of_a_document_stands_in_a_cell(document: Document) -> None:
    there = sorted(str(cell.value) for cell in cells(made(document)))
    assert there == sorted(writable(words) for words in words_of(document) if words)


def test_a_sheet_of_the_table_is_a_worksheet() -> None:
    workbook = made(table())
    assert workbook.sheetnames == [part.name for part in table().parts]
    assert all(sheet.print_title_rows and sheet.freeze_panes for sheet in workbook)


def test_figures_are_numbers_unless_more_is_said_of_them() -> None:
    grids = [block for part in table().parts for block in part.blocks if isinstance(block, Grid)]
    figures = [cell for grid in grids for row in grid.rows for cell in row.cells if cell.number is not None]
    numbers = [cell.number for cell in figures if "（" not in cell.text]
    there = [cell.value for cell in cells(made(table())) if cell.data_type == "n"]
    assert sorted(there) == sorted(
        int(number) if number == int(number) else float(number) for number in numbers if number is not None
    )


@pytest.mark.parametrize("kind", list(Kind))
def test_what_people_wrote_is_never_a_formula_or_a_link(kind: Kind) -> None:
    package = sample_package(assessment=noted_everywhere(HOSTILE))
    document = package.document(kind)
    assert document is not None
    workbook = made(document, package)
    assert {cell.data_type for cell in cells(workbook)} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells(workbook))
    assert all(cell.quotePrefix for cell in cells(workbook) if str(cell.value).startswith("="))


def test_the_longest_words_are_whole_and_no_row_is_higher_than_a_row_can_be() -> None:
    package = sample_package(assessment=noted_everywhere("甲乙丙丁戊己庚辛壬癸" * 400))
    for document in package.documents:
        workbook = made(document, package)
        there = "".join(str(cell.value) for cell in cells(workbook))
        assert there.count("癸") == sum(each.count("癸") for each in words_of(document))
        heights = [size.height or 0 for sheet in workbook for size in sheet.row_dimensions.values()]
        assert max(heights) <= HIGHEST_ROW


def test_grids_of_different_widths_share_the_columns_of_a_worksheet() -> None:
    halves = Grid((50, 50), (Row((Placed("甲"), Placed("乙"))),))
    thirds = Grid((30, 40, 30), (Row((Placed("丙"), Placed("丁", CellKind.TEXT, across=2))),))
    sheet = lay_out(Part("", (halves, Gap(5), thirds)))
    assert sheet.widths == (30, 20, 20, 30)
    assert [box.columns for box in sheet.boxes] == [range(2), range(2, 4), range(1), range(1, 4)]


def test_a_row_that_is_too_high_becomes_several() -> None:
    sheet = lay_out(Part("", (Paragraph(Style.BODY, "字" * 4000), Paragraph(Style.BODY, "尾"))))
    first, last = sheet.boxes
    assert len(first.rows) > 1
    assert last.rows.start == first.rows.stop


def test_the_same_document_gives_the_same_bytes() -> None:
    assert xlsx.render(table(), PACKAGE.stamp) == xlsx.render(table(), PACKAGE.stamp)


def test_every_page_bears_the_code_and_a_draft_says_that_it_is_one() -> None:
    draft = sample_package(is_draft=True)
    for sheet in made(table(draft), draft):
        assert draft.stamp.code in sheet.oddFooter.center.text
        assert draft.stamp.draft in sheet.oddHeader.center.text


def test_a_station_named_with_a_code_of_the_footer_is_named_literally() -> None:
    stamp = replace(PACKAGE.stamp, words="A&B站 &P " + PACKAGE.stamp.code)
    footer = load_workbook(BytesIO(xlsx.render(table(), stamp))).worksheets[0].oddFooter.center.text
    assert "A&&B站 &&P" in footer
