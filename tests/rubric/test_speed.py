"""Scoring runs on every tap and loading on every start, so neither may grow slow unnoticed."""

from __future__ import annotations

from timeit import repeat

from bot.rubric.answers import Chosen
from bot.rubric.loader import library
from bot.rubric.scoring import summarize

RUBRIC = library().latest("sichuan-2017")
ANSWERS = {item.id: Chosen(item.levels[0].id) for item in RUBRIC.items.values()}
VETOES = dict.fromkeys(RUBRIC.vetoes_by_id, False)


def test_a_whole_table_is_summed_up_in_a_fraction_of_a_millisecond() -> None:
    """About 0.12 ms on an ordinary machine; the bound leaves room for a busy one."""
    assert min(repeat(lambda: summarize(RUBRIC, ANSWERS, VETOES), number=50, repeat=10)) / 50 < 0.000_5


def test_a_rubric_loads_within_150_milliseconds() -> None:
    assert min(repeat(lambda: library().latest("sichuan-2017"), number=1, repeat=5)) < 0.15
