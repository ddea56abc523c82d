"""Measured numbers and proofs as data: what is taken, what is refused, and that no float comes near them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InvalidInputError
from bot.rubric.answering import answer_for, answer_from_data, answer_to_data
from bot.rubric.answers import Counted, Measured, Ticked
from bot.rubric.contracts import rubric_to_data, summary_to_data, to_json
from bot.rubric.scoring import summarize
from tests.rubric.examples import EXAMPLES, ITEMS, answer_sets, any_answer

if TYPE_CHECKING:
    from bot.rubric.answers import Answer
    from bot.rubric.model import Rubric

SITE, WORKSHOP = EXAMPLES["exam-site"], EXAMPLES["workshop"]
AREA, SHARE, PROOFS = (SITE.items[item] for item in ("1.1.1", "1.1.2", "1.2.1"))


def codes(item: object, data: object) -> list[str]:
    with pytest.raises(InvalidInputError) as refused:
        answer_for(item, data)
    return [problem.code for problem in refused.value.problems]


@pytest.mark.parametrize("measured", [85, "85", "85.5", "0", "0.0001", 0])
def test_a_measured_number_is_a_whole_number_or_a_written_decimal(measured: object) -> None:
    answer = answer_for(AREA, {"measured": measured})
    assert isinstance(answer, Measured)
    assert str(answer.value) == str(measured)


@pytest.mark.parametrize("measured", [85.5, -1, "-1", "1e3", "85㎡", "", True, None, "1.23456", 10**9, ["85"], "NaN"])
def test_anything_else_is_no_measured_number(measured: object) -> None:
    assert codes(AREA, {"measured": measured}) == ["S024"]


def test_a_percentage_beyond_all_is_refused() -> None:
    assert answer_for(SHARE, {"measured": 100}) == Measured(100)
    assert codes(SHARE, {"measured": "100.1"}) == ["S024"]


def test_proofs_are_known_ids_and_come_back_in_the_order_of_the_item() -> None:
    assert answer_for(PROOFS, {"proofs": ["record", "plan"]}) == Ticked(("plan", "record"))
    assert answer_for(PROOFS, {"proofs": []}) == Ticked(())
    assert codes(PROOFS, {"proofs": ["nothing"]}) == ["S025"]
    for wrong in ("plan", [1], ["plan", "plan"], {"plan": True}):
        assert codes(PROOFS, {"proofs": wrong}) == ["S026"]


def test_a_deduction_takes_a_count_and_nothing_else() -> None:
    item = WORKSHOP.items["2.1.1"]
    assert answer_for(item, {"problems": 3}) == Counted(3)
    assert codes(item, {"problems": 1, "serious": True}) == ["S012"]
    assert codes(item, {"level": "met"}) == ["S011"]
    assert codes(item, {"measured": 3}) == ["S012"]


@given(st.data())
def test_every_answer_survives_its_data(data: st.DataObject) -> None:
    answer: Answer = data.draw(any_answer(data.draw(st.sampled_from(ITEMS))))
    assert answer_from_data(json.loads(json.dumps(answer_to_data(answer)))) == answer


@given(st.data())
def test_the_json_of_any_summary_is_json_and_says_decimals_digit_by_digit(data: st.DataObject) -> None:
    rubric: Rubric = data.draw(st.sampled_from(list(EXAMPLES.values())))
    summary = summarize(rubric, data.draw(answer_sets(rubric)), {})
    read = json.loads(to_json(summary_to_data(rubric, summary)), parse_float=str)
    assert str(read["reported"]) == f"{summary.total.reported.normalize():f}"
    assert json.loads(to_json(rubric_to_data(rubric)))["id"] == rubric.id
