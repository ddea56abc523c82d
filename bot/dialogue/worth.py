"""What things are worth, in words: points, met or not, left out of the sum, 一票否决."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.dialogue.screen import Say, Text, say
from bot.rubric.answers import Excused
from bot.rubric.yields import is_left_out, level_of, score_answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.rubric.answers import Answer
    from bot.rubric.model import Item, Level, Points, Score

_WITHOUT_POINTS = {
    "button.group_all": "button.group_all_met",
    "button.group_rest": "button.group_rest_met",
    "button.lost": "button.unmet",
    "button.score": "button.standing",
    "command.score": "command.standing",
    "confirm.meaning": "confirm.meaning_met",
    "group.size": "group.size_met",
    "item.open_case": "item.open_case_met",
    "item.rate_hint": "item.rate_hint_met",
    "lost.nothing": "unmet.nothing",
    "lost.points": "unmet.item",
    "lost.title": "unmet.title",
    "lost.what_by_chapter": "unmet.what_by_chapter",
    "map.marks": "map.marks_met",
    "confirm.withdrawal": "confirm.withdrawal_met",
    "notice.group_recorded": "notice.group_recorded_met",
    "pending.what": "pending.what_met",
    "vetoes.what": "vetoes.what_met",
    "write.excuse_full": "write.excuse_met",
    "write.excuse_zero": "write.excuse_unmet",
    "write.excuse_left_out": "write.excuse_left_out_met",
    "write.settled_full": "write.settled_met",
    "write.settled_zero": "write.settled_unmet",
    "write.settled_left_out": "write.settled_left_out_met",
}
"""Where there are no points, none are spoken of: the text that stands in for one that does."""


def fitting(key: str, *, points: bool) -> str:
    """The catalogue key as it stands where there are points, or where there are none."""
    return key if points else _WITHOUT_POINTS.get(key, key)


def points(figure: Points) -> Say:
    """A number of points."""
    return say("points.sure", count=figure)


def yields(item: Item, score: Score | Level) -> Say:
    """What a level or an answer yields on an item: "2分", "0–1分，待审定", "达标"."""
    if not item.has_points:
        return say("met.open" if score.low < score.high else "met.yes" if score.low else "met.no")
    if score.low == score.high:
        return points(score.low)
    return say("points.open", low=score.low, high=score.high)


def yields_of(item: Item, answer: Answer) -> Say:
    """What an answer yields, or that it leaves the sum, or that it fails the station."""
    if isinstance(answer, Excused) and item.may_be_left_out:
        return say("yields.left_out" if is_left_out(item, answer) else "yields.left_out_pending")
    level = level_of(item, answer)
    stands = yields(item, score_answer(item, answer))
    return say("yields.fails", yields=stands) if level is not None and level.fails else stands


def level_words(level: Level) -> Text:
    """The words of a level, its grade before them."""
    return say("level.graded", grade=level.grade, when=level.when) if level.grade else level.when


def option_words(item: Item, level: Level, key: str = "option") -> Say:
    """A level as an option: its words, and what it yields in full-width brackets."""
    stands = yields(item, level)
    worth = say("yields.fails", yields=stands) if level.fails else stands
    return say(key, when=level_words(level), yields=worth)


def amount(worths: Iterable[tuple[Item, Points]]) -> Say:
    """How much several items come to: their points, or how many they are where none has points."""
    pairs = tuple(worths)
    scored = [figure for item, figure in pairs if item.has_points]
    return points(sum(scored, Decimal())) if scored else say("items.count", count=len(pairs))
