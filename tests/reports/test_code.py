"""校验码: the same words give the same code, any other word another, and people may type it as they like."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.code import code_of, read_code
from bot.reports.model import Cell, CellKind, Document, Grid, Kind, Layout, Part, Row
from bot.rubric.answers import Chosen
from tests.reports.samples import RUBRIC, sample_assessment, sample_case, sample_package

PACKAGE: Final = sample_package()


def with_figure(number: Decimal) -> Document:
    cell = Cell("1", CellKind.NUMBER, number=number)
    return Document(Kind.TABLE, "某某", Layout.FORM, (Part("", (Grid((10,), (Row((cell,)),)),)),))


def test_a_draft_has_the_code_that_the_final_papers_will_have() -> None:
    assert sample_package(is_draft=True).stamp.code == PACKAGE.stamp.code


@pytest.mark.parametrize("item", ["1.1.1", "9.2.1"])
def test_another_answer_is_another_code(item: str) -> None:
    worst = RUBRIC.items[item].levels[-1].id
    changed = sample_package(assessment=sample_assessment({item: Chosen(worst)}))
    assert changed.stamp.code != PACKAGE.stamp.code


def test_another_station_with_the_same_words_has_another_code() -> None:
    assert code_of(PACKAGE.documents, "甲") != code_of(PACKAGE.documents, "乙")


def test_entries_that_no_paper_speaks_of_change_no_code() -> None:
    case = sample_case()
    entries = {**case.assessment.entries, "import/7": case.assessment.entry("registration.name")}
    assert sample_package(assessment=replace(case.assessment, entries=entries)).stamp.code == PACKAGE.stamp.code


def test_a_figure_counts_as_it_is_written() -> None:
    assert code_of([with_figure(Decimal("1.0"))]) == code_of([with_figure(Decimal(1))])
    assert code_of([with_figure(Decimal("1.5"))]) != code_of([with_figure(Decimal(1))])


@pytest.mark.parametrize("around", ["{}", " {} ", "{}。", "（{}）"])
def test_a_code_is_read_however_it_is_typed(around: str) -> None:
    code = PACKAGE.stamp.code
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " "), code.replace("0", "o")):
        assert read_code(around.format(typed)) == code


@given(st.text(max_size=20))
def test_anything_else_is_no_code(words: str) -> None:
    found = read_code(words)
    assert found is None or read_code(found) == found


@pytest.mark.parametrize("words", ["", "7K3M", "7K3M-Q8ZT-1B4C-0", "七三-Q8ZT-1B4C", "7K3M-Q8ZT-1B4U"])
def test_what_is_too_short_too_long_or_of_other_letters_is_no_code(words: str) -> None:
    assert read_code(words) is None
