"""A DOCX places every block of every document, on pages that bear what they must, the same bytes each time."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from bot.reports.docx import render
from bot.reports.docx.elements import look_name
from bot.reports.docx.looks import looks_of
from bot.reports.model import (
    Cell,
    CellKind,
    Document,
    Gap,
    Grid,
    Kind,
    Layout,
    Paragraph,
    Part,
    Row,
    Style,
)
from bot.reports.placing import placed
from tests.reports.docx_reading import bare, marks, opened, rows, said, words
from tests.reports.samples import sample_package

if TYPE_CHECKING:
    from docx.shared import Length

    from bot.reports.model import Package

KINDS = [each.kind for each in sample_package().documents]


@cache
def package(*, is_draft: bool = False) -> Package:
    return sample_package(is_draft=is_draft)


@cache
def made(kind: Kind, *, is_draft: bool = False) -> bytes:
    whole = package(is_draft=is_draft)
    document = whole.document(kind)
    assert document is not None
    return render(document, whole.stamp)


def plain(*blocks: Paragraph | Gap | Grid, layout: Layout = Layout.FORM) -> bytes:
    """A document of one part, of a kind without a template."""
    return render(Document(Kind.EVIDENCE, "name", layout, (Part("", blocks),)), package().stamp)


def millimetres(length: Length | None) -> int:
    assert length is not None
    return round(length / Mm(1))


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_stands_in_it_in_its_order(kind: Kind) -> None:
    document = package().document(kind)
    assert document is not None
    assert bare(words(opened(made(kind)))) == bare("".join(said(document)))


@pytest.mark.parametrize("kind", KINDS)
def test_every_grid_has_its_cells_merged_and_as_wide_as_it_says(kind: Kind) -> None:
    document = package().document(kind)
    assert document is not None
    grids = [block for part in document.parts for block in part.blocks if isinstance(block, Grid)]
    tables = opened(made(kind)).tables
    assert len(tables) == len(grids)
    for grid, table in zip(grids, tables, strict=True):
        assert [millimetres(column.width) for column in table.columns] == list(grid.widths)
        begun = [cell for row in rows(table) for cell in row if not cell.covered]
        assert [(bare(cell.text), cell.across) for cell in begun] == [
            (bare(each.cell.text), each.cell.across) for each in placed(grid)
        ]
        for number, row in enumerate(table.rows):
            wide = [millimetres(each.width) for each in row._tr.tc_lst]
            assert sum(wide) == sum(grid.widths)
            assert (row._tr.trPr.find(qn("w:tblHeader")) is not None) == (number < grid.heading)


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_bears_the_words_of_the_stamp_and_a_number(kind: Kind) -> None:
    feet = marks(opened(made(kind)))[1::2]
    assert feet
    assert feet == [f"— 1 —\n{package().stamp.words}"] * len(feet)


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_says_so_on_every_page_and_a_final_paper_on_none(kind: Kind) -> None:
    heads = marks(opened(made(kind, is_draft=True)))[0::2]
    assert heads == [package(is_draft=True).stamp.draft] * len(heads)
    assert set(marks(opened(made(kind)))[0::2]) == {""}


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_package_gives_the_same_bytes_which_bear_its_time_alone(kind: Kind) -> None:
    whole = sample_package()
    document = whole.document(kind)
    assert document is not None
    assert render(document, whole.stamp) == made(kind)
    about, at = opened(made(kind)).core_properties, whole.stamp.as_of
    assert at is not None
    assert about.created == about.modified == at
    with ZipFile(BytesIO(made(kind))) as archive:
        assert {part.date_time for part in archive.infolist()} == {at.timetuple()[:6]}


@pytest.mark.parametrize("kind", KINDS)
def test_its_properties_say_what_it_is_and_whose(kind: Kind) -> None:
    about, stamp, document = opened(made(kind)).core_properties, package().stamp, package().document(kind)
    assert document is not None
    assert (about.title, about.subject, about.author) == (document.name, stamp.station, stamp.station)
    assert (about.last_modified_by, about.comments) == (stamp.station, stamp.code)


@pytest.mark.parametrize("layout", Layout)
def test_a_page_is_a4_with_the_margins_of_its_layout(layout: Layout) -> None:
    section, page = opened(plain(layout=layout)).sections[0], looks_of(layout).page
    assert (millimetres(section.page_width), millimetres(section.page_height)) == (210, 297)
    read = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [millimetres(each) for each in read] == [page.top, page.bottom, page.left, page.right]


def test_an_official_letter_has_the_margins_and_lines_of_the_standard() -> None:
    page, body = looks_of(Layout.LETTER).page, looks_of(Layout.LETTER).looks["body"]
    assert (page.top, page.bottom, page.left, page.right) == (37, 35, 28, 26)
    assert (body.size, body.pitch, body.indent) == (16, 28, 2)


def test_the_widest_grid_fits_between_the_margins_of_its_page() -> None:
    for document in package().documents:
        page = looks_of(document.layout).page
        widths = [sum(block.widths) for part in document.parts for block in part.blocks if isinstance(block, Grid)]
        assert max(widths, default=0) <= 210 - page.left - page.right


@pytest.mark.parametrize("layout", Layout)
def test_every_kind_of_paragraph_and_cell_has_its_look(layout: Layout) -> None:
    kinds = {*(each.value for each in Style), *(f"cell-{each.value}" for each in CellKind)}
    assert kinds <= set(looks_of(layout).looks)


def test_each_part_begins_on_a_new_page() -> None:
    breaks = opened(made(Kind.TABLE)).element.body.findall(f".//{qn('w:pageBreakBefore')}")
    assert len(breaks) == 5


def test_a_signature_is_never_alone_on_its_page() -> None:
    body = list(opened(made(Kind.LETTER)).element.body)
    places = [place for place, each in enumerate(body) if each.tag == qn("w:p") and look_name(each) == "signature"]
    assert places
    for place in places:
        held = [each.pPr.find(qn("w:keepNext")) is not None for each in body[places[0] - 2 : place]]
        assert held
        assert all(held)


def test_a_long_note_may_break_over_pages_and_a_short_row_may_not() -> None:
    grid = Grid((30, 60), (Row((Cell("a"), Cell("b"))), Row((Cell("a"), Cell("长" * 2000)))))
    short, long = (row._tr.trPr for row in opened(plain(grid)).tables[0].rows)
    assert short.find(qn("w:cantSplit")) is not None
    assert long.find(qn("w:cantSplit")) is None


def test_two_tables_stay_two_and_a_page_never_ends_in_the_middle_of_one() -> None:
    grid = Grid((30,), (Row((Cell("a"),)),))
    tags = [each.tag.partition("}")[2] for each in opened(plain(grid, grid)).element.body]
    assert tags == ["tbl", "p", "tbl", "p", "sectPr"]


def test_a_label_breaks_before_its_bracket_and_never_inside() -> None:
    narrow = Grid((20, 20), (Row((Cell("规章制度情况（14分）", CellKind.LABEL), Cell("人数（人）", CellKind.LABEL))),))
    (first, second) = rows(opened(plain(narrow)).tables[0])[0]
    assert (first.text, second.text) == ("规章制度情况\n（14分）", "人数\n（人）")


def test_a_grid_with_a_hole_is_refused() -> None:
    with pytest.raises(ValueError, match="hole"):
        plain(Grid((30, 30), (Row((Cell("a"),)),)))
