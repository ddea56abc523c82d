"""The 2017 rubric is settled as a close reading of the notice settles it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from bot.rubric.checks.wordings import LABEL_COLUMNS, LOCALES, columns
from bot.rubric.loader import library
from bot.rubric.model import CountFacts, NotApplicableReport, RateFacts

if TYPE_CHECKING:
    from bot.rubric.model import Group, Item, Veto

RUBRIC = library().latest("sichuan-2017")
ITEMS = list(RUBRIC.items.values())
each_item = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)


def test_nine_chapters_hold_61_items_worth_100_points() -> None:
    shape = [(chapter.id, len(chapter.items), int(chapter.points)) for chapter in RUBRIC.chapters]
    counts, points = (7, 14, 9, 2, 3, 18, 1, 4, 3), (11, 14, 14, 5, 5, 32, 2, 7, 10)
    assert shape == [(str(n), count, worth) for n, (count, worth) in enumerate(zip(counts, points, strict=True), 1)]
    assert len(RUBRIC.section_labels) == 30
    assert (RUBRIC.total, RUBRIC.pass_mark, len(RUBRIC.vetoes)) == (100, 60, 6)


@each_item
def test_an_item_is_complete(item: Item) -> None:
    assert item.guidance
    assert item.full_level is item.levels[0]
    assert item.zero_levels
    for wording in (item.gloss, *(level.when for level in item.levels)):
        assert set(wording.by_locale) == set(LOCALES)
    for level in item.levels:
        assert all(columns(label) <= LABEL_COLUMNS for label in level.when.by_locale.values())


@each_item
def test_a_gloss_is_short_and_says_more_than_the_item(item: Item) -> None:
    assert item.gloss.by_locale["zh_CN"] not in (item.text, item.guidance)
    assert len(item.gloss.by_locale["zh_CN"]) <= 60
    assert len(item.gloss.by_locale["en"]) <= 140


@each_item
def test_levels_fall_from_full_points(item: Item) -> None:
    """Full first, then what is between, then nothing; an open case may stand last or before the zeros."""
    settled = [level.low for level in item.levels if level.low == level.high]
    assert settled == sorted(settled, reverse=True)


def test_seven_items_share_the_cell_above() -> None:
    inherited = [item.id for item in ITEMS if item.guidance_rows == 0]
    assert inherited == ["1.5.2", "2.1.2", "2.1.3", "2.1.6", "2.1.9", "2.2.2", "2.2.3"]
    assert sum(item.guidance_rows for item in ITEMS) == 61
    assert RUBRIC.items["2.1.3"].guidance == RUBRIC.items["2.1.1"].guidance


def test_not_applicable_is_offered_for_eight_items_only() -> None:
    offered = {item.id: item.not_applicable.reported for item in ITEMS if item.not_applicable}
    full = dict.fromkeys(("6.4.2", "6.4.5"), NotApplicableReport.FULL)
    zero = dict.fromkeys(("3.3.1", "3.4.1", "3.6.1", "6.4.6", "6.6.1", "6.6.2"), NotApplicableReport.ZERO)
    assert offered == full | zero


def test_facts_are_asked_of_three_items_only() -> None:
    asked = {item.id: (type(item.facts), item.facts.names) for item in ITEMS if item.facts}
    assert asked == {
        "4.1.1": (CountFacts, ("problems",)),
        "5.1.1": (CountFacts, ("problems", "serious")),
        "6.6.1": (RateFacts, ("sampled", "errors")),
    }


def test_two_cases_are_open_and_quote_the_words_that_leave_them_open() -> None:
    open_levels = [(item.id, level) for item in ITEMS for level in item.levels if level.low != level.high]
    assert [(item_id, level.id) for item_id, level in open_levels] == [("5.1.1", "three"), ("6.6.1", "exactly")]
    for item_id, level in open_levels:
        assert (level.low, level.high, level.reported) == (0, 1, 0)
        assert level.open_words in RUBRIC.items[item_id].guidance


@pytest.mark.parametrize(
    ("item_id", "yields"),
    [
        ("4.1.1", {"met": 3, "one": 2, "two": 1, "many": 0}),
        ("4.2.1", {"kept": 2, "ledger_unclear": 0, "irregular": 0}),
        ("5.2.1", {"met": 2, "partial": 1, "none": 0}),
        ("6.1.1", {"none": 3, "minus1": 2, "minus2": 1, "unapproved": 0}),
        ("9.1.2", {"met": 5, "weak": 2, "none": 0}),
    ],
)
def test_graded_items_yield_what_the_notice_says(item_id: str, yields: dict[str, int]) -> None:
    assert {level.id: level.low for level in RUBRIC.items[item_id].levels} == yields


def test_every_plain_two_valued_item_is_in_one_group_and_no_other_is() -> None:
    grouped = [item_id for group in RUBRIC.groups for item_id in group.items]
    assert len(grouped) == len(set(grouped)) == 48
    assert set(grouped) == {item.id for item in ITEMS if item.is_two_valued}
    assert [len(group.items) for group in RUBRIC.groups] == [7, 10, 4, 6, 2, 4, 7, 2, 6]


@pytest.mark.parametrize("group", RUBRIC.groups, ids=lambda group: group.id)
def test_a_group_is_in_the_order_of_the_table(group: Group) -> None:
    places = [RUBRIC.order[item_id] for item_id in group.items]
    assert places == sorted(places)


@pytest.mark.parametrize("veto", RUBRIC.vetoes, ids=lambda veto: veto.id)
def test_a_condition_is_asked_as_a_fact_with_one_way_to_deny_it(veto: Veto) -> None:
    assert sum(not choice.declares for choice in veto.choices) == 1
    assert len({choice.label.by_locale["zh_CN"] for choice in veto.choices}) == len(veto.choices)
    for choice in veto.choices:
        assert "不存在" not in choice.label.by_locale["zh_CN"]


def test_the_six_conditions_keep_the_notices_order_and_their_special_questions() -> None:
    assert [veto.mark for veto in RUBRIC.vetoes] == list("⑴⑵⑶⑷⑸⑹")
    assert [veto.mark for veto in RUBRIC.vetoes if veto.details] == ["⑸"]
    assert [veto.mark for veto in RUBRIC.vetoes if veto.special] == ["⑹"]
    assert [len(veto.choices) for veto in RUBRIC.vetoes] == [2, 2, 2, 2, 3, 2]
    assert "职业标准" in RUBRIC.vetoes[3].question.by_locale["zh_CN"]


def test_six_sheets_hold_every_item_once_in_order() -> None:
    printed = [item_id for sheet in RUBRIC.sheets for run in sheet.chapters for item_id in run.items]
    assert printed == list(RUBRIC.items)
    assert [sheet.caption for sheet in RUBRIC.sheets] == [f"表2-{n}" for n in range(1, 7)]


def test_oddities_of_the_print_are_kept() -> None:
    assert RUBRIC.sheets[1].columns[4] == "评估内容"
    assert {sheet.columns[4] for sheet in RUBRIC.sheets if sheet.id != "2-2"} == {"评估方法和标准"}
    assert RUBRIC.sheets[3].chapters[1].label == "6．鉴定实施要求32分"
    assert RUBRIC.section_labels["1.4"] == "1.4试题管理岗位"
    assert RUBRIC.items["9.2.1"].guidance == "现场检查.没有的或运行不好的不得分."


def test_points_are_decimals() -> None:
    for item in ITEMS:
        assert isinstance(item.points, Decimal)
        assert all(isinstance(level.high, Decimal) for level in item.levels)
