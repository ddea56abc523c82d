"""How texts, figures, times and lists are written in each language."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.dialogue.screen import say
from bot.dialogue.worth import points
from bot.localization import LOCALES, Localizers
from bot.problems import Problem
from bot.rubric.model import Wording

LANGUAGES = Localizers.load("Asia/Shanghai")
ZH, EN = LANGUAGES.of("zh_CN"), LANGUAGES.of("en")
MORNING = datetime(2017, 4, 21, 2, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("count", "zh", "en"),
    [
        (Decimal(0), "0分", "0 points"),
        (Decimal(1), "1分", "1 point"),
        (Decimal("1.0"), "1分", "1 point"),
        (Decimal("0.5"), "0.5分", "0.5 points"),
        (Decimal(2), "2分", "2 points"),
        (Decimal("1E+2"), "100分", "100 points"),
    ],
)
def test_points_are_counted_as_the_language_counts(count: Decimal, zh: str, en: str) -> None:
    assert ZH.text(points(count)) == zh
    assert EN.text(points(count)) == en


def test_a_time_is_shown_in_the_time_zone_of_the_campaign() -> None:
    assert ZH.say("home.shelved", done=3, at=MORNING) == "上次填到：已填3项，2017年4月21日 10:42"
    assert EN.say("home.shelved", done=3, at=MORNING) == "Last time: 3 items answered, 21 Apr 2017, 10:42"
    elsewhere = Localizers.load("America/New_York").of("en")
    assert "20 Apr 2017, 22:42" in elsewhere.say("home.shelved", done=3, at=MORNING)


def test_a_list_is_joined_as_the_language_joins() -> None:
    assert ZH.say("mark.declared", signs=("⑴", "⑸")).startswith("已选情形⑴、⑸：")
    assert EN.say("mark.declared", signs=("⑴", "⑸")).startswith("Condition ⑴, ⑸ declared:")


def test_texts_within_texts_are_in_the_same_language() -> None:
    when = Wording({"zh_CN": "未发现问题", "en": "No problem found"})
    option = say("option", when=when, yields=points(Decimal(2)))
    assert ZH.text(option) == "未发现问题（2分）"
    assert EN.text(option) == "No problem found (2 points)"


def test_what_people_wrote_and_official_words_stay_as_they_are() -> None:
    assert EN.text("站（所）长岗位职责明确") == "站（所）长岗位职责明确"
    assert EN.say("item.note", note="{done} 100% <b>") == "Note: {done} 100% <b>"


def test_an_unknown_language_or_none_falls_back_on_the_default() -> None:
    assert LANGUAGES.of(None) is ZH
    assert LANGUAGES.of("") is ZH
    assert LANGUAGES.of("tlh") is ZH
    assert Localizers.load("Asia/Shanghai", "en").of("tlh").locale == "en"


def test_every_language_there_is_can_be_spoken() -> None:
    assert LANGUAGES.locales == LOCALES
    assert [LANGUAGES.of(locale).say("button.help") for locale in LOCALES] == ["怎么用", "Help"]


def test_a_problem_says_its_place_and_its_figures() -> None:
    problem = Problem("S012", "3.3.9", {"fact": "sampled"})
    assert all("3.3.9" in localizer.problem(problem) for localizer in (ZH, EN))


def test_a_key_that_no_catalogue_has_shows_itself_rather_than_nothing() -> None:
    assert ZH.say("no.such.key") == "no.such.key"
