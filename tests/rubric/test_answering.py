"""Answers keep their meaning as data, and only what an item offers is taken."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.errors import InvalidInputError
from bot.rubric.answering import answer_for, answer_from_data, answer_to_data, misfits
from bot.rubric.answers import Chosen, Counted, Excused, Sampled
from bot.rubric.loader import library
from bot.rubric.reading import read_submission

if TYPE_CHECKING:
    from bot.rubric.answers import Answer

RUBRICS = library()
RUBRIC = RUBRICS.latest("sichuan-2017")


@pytest.mark.parametrize(
    ("answer", "data"),
    [
        (Chosen("met"), {"level": "met"}),
        (Counted(2), {"problems": 2}),
        (Counted(1, serious=True), {"problems": 1, "serious": True}),
        (Sampled(1000, 30), {"sampled": 1000, "errors": 30}),
        (Sampled(200, 5, "题"), {"sampled": 200, "errors": 5, "unit": "题"}),
        (Excused("没有试卷"), {"not_applicable": "没有试卷"}),
    ],
)
def test_an_answer_survives_the_way_through_json(answer: Answer, data: object) -> None:
    assert answer_to_data(answer) == data
    assert answer_from_data(json.loads(json.dumps(data))) == answer


def test_serious_is_false_if_left_out() -> None:
    assert answer_for(RUBRIC.items["5.1.1"], {"problems": 1, "serious": False}) == Counted(1)


@pytest.mark.parametrize(
    ("item_id", "data", "codes"),
    [
        ("1.1.1", {"level": "nowhere"}, ["S011"]),
        ("1.1.1", {"problems": 1}, ["S012"]),
        ("1.1.1", {"not_applicable": "理由"}, ["S021"]),
        ("4.1.1", {"problems": 1, "serious": True}, ["S012"]),
        ("4.1.1", {"problems": 1, "serious": False}, ["S012"]),
        ("4.1.1", {"sampled": 10, "errors": 1}, ["S012", "S012"]),
        ("4.1.1", {"level": "met", "problems": 0}, ["S013"]),
        ("4.1.1", {}, ["S014"]),
        ("4.1.1", {"problems": -1}, ["S015"]),
        ("4.1.1", {"problems": 1.5}, ["S015"]),
        ("4.1.1", {"problems": 1.0}, ["S015"]),
        ("4.1.1", {"problems": True}, ["S015"]),
        ("4.1.1", {"problems": "2"}, ["S015"]),
        ("4.1.1", {"problems": None}, ["S015"]),
        ("4.1.1", {"problems": 10**12}, ["S015"]),
        ("5.1.1", {"problems": 0, "serious": True}, ["S016"]),
        ("5.1.1", {"serious": True}, ["S019"]),
        ("5.1.1", {"problems": 1, "serious": 1}, ["S023"]),
        ("6.6.1", {"sampled": 7, "errors": 200}, ["S017"]),
        ("6.6.1", {"sampled": 0, "errors": 0}, ["S018"]),
        ("6.6.1", {"sampled": 100}, ["S019"]),
        ("6.6.1", {"errors": 1}, ["S019"]),
        ("6.6.1", {"sampled": 100, "errors": 1, "unit": 3}, ["S007"]),
        ("6.4.2", {"not_applicable": ""}, ["S020"]),
        ("6.4.2", {"not_applicable": " 　"}, ["S020"]),
        ("6.4.2", {"not_applicable": 3}, ["S007"]),
        ("6.4.2", {"level": "met", "why": "x"}, ["S004"]),
        ("6.4.2", {"level": 1}, ["S007"]),
        ("6.4.2", "met", ["S006"]),
        ("6.4.2", None, ["S006"]),
        ("6.4.2", ["met"], ["S006"]),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_at_its_item(item_id: str, data: object, codes: list[str]) -> None:
    with pytest.raises(InvalidInputError) as refused:
        answer_for(RUBRIC.items[item_id], data)
    assert [problem.code for problem in refused.value.problems] == codes
    assert {problem.place for problem in refused.value.problems} == {item_id}


@pytest.mark.parametrize(
    ("answer", "item_id", "code"),
    [
        (Counted(0, serious=True), "5.1.1", "S016"),
        (Counted(1, serious=True), "4.1.1", "S012"),
        (Sampled(0, 0), "6.6.1", "S018"),
        (Sampled(7, 200), "6.6.1", "S017"),
        (Sampled(7, -1), "6.6.1", "S015"),
        (Counted(-1), "4.1.1", "S015"),
        (Excused(" "), "6.4.2", "S020"),
        (Chosen("x"), "6.4.2", "S011"),
    ],
)
def test_a_typed_answer_is_held_against_its_item(answer: Answer, item_id: str, code: str) -> None:
    assert [problem.code for problem in misfits(RUBRIC.items[item_id], answer)] == [code]


def codes_and_places(text: str) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInputError) as refused:
        read_submission(text.encode(), RUBRICS)
    return [(problem.code, problem.place) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("S002", "")]),
        ("{", [("S002", "")]),
        ("[1]", [("S006", "")]),
        ("null", [("S006", "")]),
        ("[" * 100_000, [("S002", "")]),
        ('{"rubric": "sichuan-2017", "answers": {"4.1.1": {"problems": NaN}}}', [("S002", "")]),
        ('{"rubric": "sichuan-2017", "answers": {"4.1.1": {"problems": 1e2}}}', [("S015", "4.1.1")]),
        ("{}", [("S005", "rubric")]),
        ('{"rubric": 1}', [("S007", "rubric")]),
        ('{"rubric": "nowhere-2020"}', [("S008", "nowhere-2020")]),
        ('{"rubric": "../sichuan-2017"}', [("S008", "../sichuan-2017")]),
        ('{"rubric": "sichuan-2017", "rubric": "sichuan-2017"}', [("S003", "rubric")]),
        ('{"rubric": "sichuan-2017", "colour": 1}', [("S004", "colour")]),
        ('{"rubric": "sichuan-2017", "answers": []}', [("S006", "answers")]),
        ('{"rubric": "sichuan-2017", "vetoes": null}', [("S006", "vetoes")]),
        ('{"rubric": "sichuan-2017", "answers": {"9.9.9": {"level": "met"}}}', [("S010", "9.9.9")]),
        (
            '{"rubric": "sichuan-2017", "answers": {"1.1.1": {"level": "met"}, "1.1.1": {"level": "met"}}}',
            [("S003", "1.1.1")],
        ),
        ('{"rubric": "sichuan-2017", "answers": {"1.1.1": {"level": "x", "level": "met"}}}', [("S003", "1.1.1")]),
        ('{"rubric": "sichuan-2017", "vetoes": {"nowhere": true}}', [("S022", "nowhere")]),
        ('{"rubric": "sichuan-2017", "vetoes": {"beyond_scope": 1}}', [("S023", "beyond_scope")]),
        ('{"rubric": "sichuan-2017", "vetoes": {"beyond_scope": "no"}}', [("S023", "beyond_scope")]),
    ],
)
def test_a_submission_that_is_not_sound_is_refused(text: str, expected: list[tuple[str, str]]) -> None:
    assert codes_and_places(text) == expected


def test_every_problem_of_a_submission_is_reported_at_once() -> None:
    text = '{"rubric": "sichuan-2017", "k": 1, "answers": {"4.1.1": {"problems": -1}, "1.1.1": {"level": "x"}}}'
    assert codes_and_places(text) == [("S004", "k"), ("S015", "4.1.1"), ("S011", "1.1.1")]


def test_answers_and_conditions_may_be_left_out() -> None:
    submission = read_submission(b'{"rubric": "sichuan-2017"}', RUBRICS)
    assert (submission.rubric, submission.answers, submission.vetoes) == (RUBRIC, {}, {})


def test_bytes_that_are_not_utf8_are_refused() -> None:
    with pytest.raises(InvalidInputError):
        read_submission(b'{"rubric": "\xff"}', RUBRICS)
