"""What one answer yields on one item: a level, points, or a place outside the sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rubric.answers import Chosen, Excused
from bot.rubric.basics import NOTHING, ZERO, Score
from bot.rubric.items import NotApplicableReport

if TYPE_CHECKING:
    from bot.rubric.answers import Answer
    from bot.rubric.basics import Level, Points
    from bot.rubric.items import Item


def blank(points: Points) -> Score:
    """What an unanswered item adds: nothing to low and reported, all its points to high."""
    return Score(NOTHING, points, NOTHING)


def level_of(item: Item, answer: Answer) -> Level | None:
    """The level that an answer leads to; None where it leads to none, and for one that the item does not offer."""
    if isinstance(answer, Chosen):
        return item.level(answer.level)
    led_to = None if item.facts is None else item.facts.level(answer)
    return None if led_to is None else item.level(led_to)


def score_answer(item: Item, answer: Answer) -> Score:
    """What one answer yields; an answer that the item does not offer counts as blank."""
    if isinstance(answer, Chosen):
        return item.scores.get(answer.level) or blank(item.points)
    level = level_of(item, answer)
    if level is not None:
        return item.scores[level.id]
    if isinstance(answer, Excused):
        return _score_excuse(item)
    points = None if item.facts is None else item.facts.points(item.points, answer)
    return blank(item.points) if points is None else Score(points, points, points)


def is_left_out(item: Item, answer: Answer) -> bool:
    """Whether the item has certainly left the sum, because it does not apply."""
    offered = item.not_applicable
    return isinstance(answer, Excused) and item.may_be_left_out and offered is not None and not offered.needs_ruling


def lost(item: Item, answer: Answer) -> Points:
    """The points that the answer certainly loses; on an item without points, 1 where it is not met."""
    return NOTHING if is_left_out(item, answer) else item.points - score_answer(item, answer).high


def _score_excuse(item: Item) -> Score:
    offered = item.not_applicable
    if offered is None:
        return blank(item.points)
    if is_left_out(item, Excused("")):
        return ZERO
    reported = item.points if offered.reported is NotApplicableReport.FULL else NOTHING
    return Score(NOTHING, item.points, reported) if offered.needs_ruling else Score(reported, reported, reported)
