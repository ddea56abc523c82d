"""Whole conversations, kept as files: every step's words, events and totals."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.cli.play import Stage
from bot.localization import Localizers
from tests.journeys.memory import MemoryPlayer
from tests.journeys.runner import load, replay

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parent
JOURNEYS = sorted(FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("path", JOURNEYS, ids=lambda path: path.stem)
def test_the_journey_goes_as_it_is_told(path: Path) -> None:
    journey = load(path)
    walked = replay(journey, MemoryPlayer(journey))
    assert len(walked.seen) == len(journey.steps)


def test_the_whole_table_takes_at_most_thirty_actions_by_group_cards(capsys: pytest.CaptureFixture[str]) -> None:
    journey = load(FOLDER / "whole_table_by_groups.yaml")
    walked = replay(journey, MemoryPlayer(journey))
    answered = [seen.score["answered"] if seen.score else 0 for seen in walked.seen]
    for_the_items = answered.index(61) - answered.index(7) + 1
    with capsys.disabled():
        sys.stdout.write(f"\n61 items by group cards: {for_the_items} actions; with the start and the six conditions: ")
        sys.stdout.write(f"{len(journey.steps)}\n")
    assert for_the_items <= len(journey.steps) <= 30


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        ("- {send: /start, sees: [没有这句话]}", "should be seen: 没有这句话"),
        ("- {send: /start, not_sees: [自查]}", "should not be seen: 自查"),
        ("- {send: /start, says: 什么}", "should be said: 什么"),
        ("- {send: 你好, says: null}", "nothing should be said"),
        ("- {send: /start, screen: 自查}", "should be the screen"),
        ("- {send: /start, buttons: [试填]}", "should be the buttons"),
        ("- {send: /start, offers: [上报]}", "should be offered: 上报"),
        ("- {send: /start, not_offers: [试填]}", "should not be offered: 试填"),
        ("- {send: /start, events: [ItemAnswered]}", "should be the events"),
        ("- {send: /start}\n- {tap: 试填, score: {low: 1}}", "should be the score"),
        ("- {send: /start}\n- {tap: 试填, same_as: 1}", "should be as after step 1"),
        ("- {send: /start}\n- {tap: 上报}", "is on 0 of the buttons"),
        ("- {send: /start, seees: [自查]}", "unknown"),
        ("- {sees: [自查]}", "one of"),
    ],
)
def test_a_journey_that_is_not_so_fails_and_says_why(tmp_path: Path, broken: str, complaint: str) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(f"name: broken\nrubric: sichuan-2017\nsteps:\n{broken}\n", encoding="utf-8")

    def walk() -> None:
        journey = load(path)
        replay(journey, MemoryPlayer(journey))

    with pytest.raises(AssertionError, match=complaint):
        walk()


def ticking(start: datetime) -> Callable[[], datetime]:
    """A clock that is a minute later at every look."""
    moments = (start + timedelta(minutes=count) for count in range(1000))
    return lambda: next(moments)


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_what_play_records_replays_word_for_word(tmp_path: Path, locale: str) -> None:
    clock = ticking(datetime(2026, 5, 1, 23, 59, tzinfo=UTC))
    stage = Stage("sichuan-2017", Localizers.load("Asia/Shanghai", locale), clock)
    said = (
        *("/start", "#1", "#3", "#8", "/score", "1.1.1", "2"),
        *("两处要改", "6.6.1", "200 5", "乱说", "/start", "#999"),
    )
    for words in said:
        stage.say(words)
    path = tmp_path / "recorded.yaml"
    path.write_text(stage.journey(path.stem), encoding="utf-8")

    journey = load(path)
    walked = replay(journey, MemoryPlayer(journey))

    assert len(walked.seen) == len(said)
    assert all({"at", "screen", "buttons", "events"} <= set(step) for step in journey.steps)
