"""附件2 and 附件3 as DOCX are the notice's own forms, cell by cell: words, points, merges and their order."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from bot.reports.docx import render
from bot.reports.model import Kind
from tests.reports.docx_reading import ReadCell, opened, rows
from tests.reports.samples import sample_assessment, sample_package
from tests.watch.stations import FORM, RUBRIC

if TYPE_CHECKING:
    from bot.assessments.model import Assessment

NOTICE = (files("bot.rubric") / "data" / "sichuan-2017" / "notice.txt").read_text(encoding="utf-8")
TITLE = RUBRIC.title
REGISTRATION, FORM_BELOW = NOTICE[NOTICE.index("附件3\n\n四川省") :].split("\n\n\n鉴定机构名称：")
FORM_BELOW = f"鉴定机构名称：{FORM_BELOW}"
FORM_CELLS = ["".join(cell.split("\n")).strip() for cell in REGISTRATION.split("\t")[1:]]
SHEETS = [sheet.caption for sheet in RUBRIC.sheets]


def official(caption: str) -> list[str]:
    """The cells of a sheet as the notice prints them: "" where one above covers it, or where it is to be filled in."""
    sheet = re.split(rf"\n{{2,}}(?:{TITLE}|附件3)", NOTICE[NOTICE.index(f"\n{caption}\n") :])[0]
    return [joined(cell) for cell in sheet.split("\t")[1:]]


def joined(cell: str) -> str:
    """The words of a cell, its line breaks left out and its edges trimmed."""
    return "".join(cell.split("\n")).strip()


@cache
def printed(*, is_filled: bool) -> dict[str, list[list[ReadCell]]]:
    """The rows of every sheet of the DOCX, by its caption."""
    assessment = sample_assessment() if is_filled else blank()
    package = sample_package(assessment=assessment)
    document = package.document(Kind.TABLE)
    assert document is not None
    tables = opened(render(document, package.stamp)).tables
    return dict(zip(SHEETS, map(rows, tables), strict=False))


def blank() -> Assessment:
    return sample_assessment(dict.fromkeys(RUBRIC.items))


@pytest.mark.parametrize("caption", SHEETS)
def test_an_empty_sheet_is_the_notice_s_cell_by_cell(caption: str) -> None:
    cells = [joined(cell.text) for row in printed(is_filled=False)[caption] for cell in row]
    assert cells == official(caption)


@pytest.mark.parametrize("caption", SHEETS)
def test_filling_in_changes_the_results_alone(caption: str) -> None:
    empty, filled = printed(is_filled=False)[caption], printed(is_filled=True)[caption]
    assert filled[:2] == empty[:2]
    for before, after in zip(empty[2:], filled[2:], strict=True):
        assert after[:-1] == before[:-1]
        assert (before[-1].text, bool(after[-1].text)) == ("", True)


@pytest.mark.parametrize("caption", SHEETS)
def test_a_cell_is_covered_just_where_the_notice_leaves_one_empty_before_the_results(caption: str) -> None:
    head, *below = printed(is_filled=False)[caption][1:]
    assert [cell.covered for cell in head] == [False] * 3 + [True] * 3
    for row in below:
        assert [cell.covered for cell in row[:-1]] == [not joined(cell.text) for cell in row[:-1]]
        assert not row[-1].covered


@pytest.mark.parametrize("caption", SHEETS)
def test_the_head_spans_its_three_columns_and_nothing_else_is_spanned(caption: str) -> None:
    first, *below = printed(is_filled=False)[caption]
    assert [cell.across for cell in first] == [3, 1, 1, 1]
    assert {cell.across for row in below for cell in row} == {1}


def test_all_61_items_stand_with_their_points() -> None:
    bodies = [row for sheet in printed(is_filled=False).values() for row in sheet[2:]]
    items = [(joined(row[2].text), row[3].text) for row in bodies]
    assert items == [(item.text, str(item.points)) for item in RUBRIC.items.values()]


def registration(assessment: Assessment) -> tuple[list[str], list[str]]:
    """The cells of 附件3 row by row, and the paragraphs around its table."""
    package = sample_package(assessment=assessment)
    document = package.document(Kind.FORM)
    assert document is not None
    made = opened(render(document, package.stamp))
    (table,) = made.tables
    return [joined(cell.text) for row in rows(table) for cell in row], [each.text.strip() for each in made.paragraphs]


def test_an_empty_registration_form_is_the_notice_s_cell_by_cell() -> None:
    cells, _ = registration(replace(sample_assessment(), entries={}))
    assert cells == FORM_CELLS


def test_a_filled_registration_form_has_every_label_in_the_notice_s_order() -> None:
    cells, _ = registration(sample_assessment())
    rest = iter(cells)
    assert [label for label in filter(None, FORM_CELLS) if label not in rest] == []


def test_the_words_around_the_registration_form_are_the_notice_s() -> None:
    _, lines = registration(replace(sample_assessment(), entries={}))
    below = [line.strip() for line in FORM_BELOW.split("\n") if line.strip()]
    assert below[2:] == lines[-3:]
    assert [line.partition("：")[0] for line in below[:2]] == [line.partition("：")[0] for line in lines[-5:-3]]
    assert "（盖章）" in lines[-5]
    assert lines[:2] == ["附件3", FORM.title]
