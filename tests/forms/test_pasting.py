"""Pasted lines: every line becomes a row or says which column is wrong; nothing is lost, nothing comes twice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.forms.cleaning import Context
from bot.forms.outcomes import Fault
from bot.forms.pasting import Misfit, Surplus, read_lines
from tests.forms.builders import table

EQUIPMENT = table("registration.equipment")
SCOPE = table("licence.scope")
STOVE = {"name": "双头灶台", "model": "ZT-2", "quantity": "20"}


@pytest.mark.parametrize(
    "line",
    ["双头灶台\tZT-2\t20台", "双头灶台,ZT-2,20", "双头灶台，ZT-2，２０", "双头灶台、ZT-2、20", "双头灶台  ZT-2　20"],
)
def test_tabs_commas_enumeration_commas_and_spaces_part_the_cells(line: str) -> None:
    (read,) = read_lines(EQUIPMENT, line)
    assert read.is_new
    assert read.cells == STOVE


def test_idle_tabs_behind_the_last_column_are_no_cells() -> None:
    (read,) = read_lines(EQUIPMENT, "双头灶台\tZT-2\t20\t\t")
    assert read.cells == STOVE


def test_within_tabs_a_cell_may_hold_commas_and_spaces() -> None:
    (read,) = read_lines(SCOPE, "中式烹调师\t\t初级、中级, 高级\t国家职业标准 2001年")
    assert read.cells == {
        "occupation": "中式烹调师",
        "levels": "junior,intermediate,senior",
        "standard": "国家职业标准 2001年",
    }


@pytest.mark.parametrize("first", ["", "冰柜 BG-1 2\n"])
def test_two_spaces_hold_an_empty_cell_where_a_copied_table_lost_its_tabs(first: str) -> None:
    read = read_lines(EQUIPMENT, f"{first}双头灶台  20")
    assert read[-1].cells == {"name": "双头灶台", "quantity": "20"}


def test_spaces_that_only_align_the_columns_hold_no_empty_cells() -> None:
    lines = "双头灶台   ZT-2   20\n冰柜       BG-1   2"
    assert [set(each.cells) for each in read_lines(EQUIPMENT, lines)] == [set(STOVE)] * 2


def test_headings_give_the_order_of_the_columns() -> None:
    (read,) = read_lines(EQUIPMENT, "数量\t名称\n20\t双头灶台\n")
    assert (read.number, read.cells) == (2, {"name": "双头灶台", "quantity": "20"})


def test_a_bad_line_names_its_number_and_column_and_the_others_go_on() -> None:
    read = read_lines(EQUIPMENT, "双头灶台\tZT-2\t20\n\n冰柜\tBG\t两台\na\tb\t1\td")
    assert [line.number for line in read] == [1, 3, 4]
    assert [line.is_new for line in read] == [True, False, False]
    (misfit,), (surplus,) = read[1].wrong, read[2].wrong
    assert isinstance(misfit, Misfit)
    assert (misfit.column.id, misfit.why.code) == ("quantity", Fault.NOT_A_NUMBER)
    assert surplus == Surplus(4, 3)


def test_a_line_that_the_table_has_already_and_one_that_comes_twice_are_not_added_again() -> None:
    read = read_lines(EQUIPMENT, "双头灶台\tZT-2\t20\n冰柜\tBG\t2\n冰柜\tBG\t2", [STOVE])
    assert [line.stands for line in read] == [True, False, True]
    assert [line.is_new for line in read] == [False, True, False]


@settings(max_examples=200, deadline=None, database=None)
@given(st.text(max_size=200) | st.text(alphabet="双\t,、 \n20台", max_size=80))
def test_any_text_is_read_and_what_was_read_is_not_added_twice(text: str) -> None:
    read = read_lines(EQUIPMENT, text, (), Context())
    assert all(line.is_new + bool(line.wrong) + line.stands == 1 or not line.cells for line in read)
    there = [line.cells for line in read if line.is_new]
    assert not any(line.is_new for line in read_lines(EQUIPMENT, text, there))
