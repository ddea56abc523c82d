"""The arithmetic of the notice: answers become intervals, intervals a sum, the sum a result."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Final

from bot.rubric.answers import Chosen, Counted, Excused, Sampled
from bot.rubric.model import CountFacts, NotApplicableReport, RateFacts, Score

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.rubric.answers import Answer
    from bot.rubric.model import Chapter, Item, ItemId, Level, LevelId, Points, Rubric, VetoId


__all__ = ["ZERO", "ChapterScore", "Result", "Score", "Summary", "blank", "level_of", "score_answer", "summarize"]

_NOTHING: Final = Decimal(0)
ZERO: Final = Score(_NOTHING, _NOTHING, _NOTHING)


class Result(Enum):
    """What a self-assessment comes to (通知二（二）1 and 2); UNDECIDED is 暂不作结论."""

    PASS = "pass"  # noqa: S105 - a result, not a password
    FAIL = "fail"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class ChapterScore:
    """The sums of one chapter; `answered` and `blank` count its items."""

    chapter_id: str
    points: Points
    score: Score
    answered: int
    blank: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything that a set of answers comes to.

    `items` holds the answered ones in the order of the table; `declared` and `unasked` keep the notice's order.
    """

    total: Score
    points: Points
    answered: int
    blank: int
    chapters: tuple[ChapterScore, ...]
    items: Mapping[ItemId, Score]
    result: Result
    declared: tuple[VetoId, ...]
    unasked: tuple[VetoId, ...]


def blank(points: Points) -> Score:
    """What an unanswered item adds: nothing to low and reported, all its points to high."""
    return Score(_NOTHING, points, _NOTHING)


def level_of(item: Item, answer: Answer) -> Level | None:
    """The level that an answer leads to; None for 不涉及 and for an answer that the item does not offer."""
    if isinstance(answer, Chosen):
        return item.level(answer.level)
    if isinstance(answer, Counted) and isinstance(item.facts, CountFacts):
        return item.level(_level_of_count(item.facts, answer))
    if isinstance(answer, Sampled) and isinstance(item.facts, RateFacts):
        return item.level(_level_of_rate(item.facts, answer))
    return None


def score_answer(item: Item, answer: Answer) -> Score:
    """What one answer yields; an answer that the item does not offer counts as blank."""
    level = level_of(item, answer)
    if level is not None:
        return item.scores[level.id]
    if isinstance(answer, Excused) and item.not_applicable is not None:
        full = item.not_applicable.reported is NotApplicableReport.FULL
        return Score(_NOTHING, item.points, item.points if full else _NOTHING)
    return blank(item.points)


def summarize(rubric: Rubric, answers: Mapping[ItemId, Answer], vetoes: Mapping[VetoId, bool]) -> Summary:
    """The sums and the result of a self-assessment.

    `vetoes` holds True for a condition that was declared, False for one that was denied; one left out is unasked.
    Ids that the rubric does not know are left aside.
    """
    scores: dict[ItemId, Score] = {}
    chapters = tuple(_chapter(chapter, answers, scores) for chapter in rubric.chapters)
    total = Score(
        sum((chapter.score.low for chapter in chapters), _NOTHING),
        sum((chapter.score.high for chapter in chapters), _NOTHING),
        sum((chapter.score.reported for chapter in chapters), _NOTHING),
    )
    declared = tuple(veto.id for veto in rubric.vetoes if vetoes.get(veto.id) is True)
    unasked = tuple(veto.id for veto in rubric.vetoes if veto.id not in vetoes)
    unfilled = sum(chapter.blank for chapter in chapters)
    return Summary(
        total=total,
        points=rubric.total,
        answered=len(scores),
        blank=unfilled,
        chapters=chapters,
        items=scores,
        result=_result(total, rubric.pass_mark, complete=not unfilled and not unasked, declared=bool(declared)),
        declared=declared,
        unasked=unasked,
    )


def _chapter(chapter: Chapter, answers: Mapping[ItemId, Answer], scores: dict[ItemId, Score]) -> ChapterScore:
    low = high = reported = _NOTHING
    answered = unfilled = 0
    for section in chapter.sections:
        for item in section.items:
            answer = answers.get(item.id)
            if answer is None:
                high += item.points
                unfilled += 1
                continue
            score = scores[item.id] = score_answer(item, answer)
            low += score.low
            high += score.high
            reported += score.reported
            answered += 1
    return ChapterScore(chapter.id, chapter.points, Score(low, high, reported), answered, unfilled)


def _result(total: Score, pass_mark: Points, *, complete: bool, declared: bool) -> Result:
    if declared or total.high < pass_mark:
        return Result.FAIL
    if complete and total.low >= pass_mark:
        return Result.PASS
    return Result.UNDECIDED


def _level_of_count(facts: CountFacts, answer: Counted) -> LevelId:
    if answer.serious and facts.serious is not None:
        return facts.serious
    return next(band.level for band in facts.bands if band.at_most is None or answer.problems <= band.at_most)


def _level_of_rate(facts: RateFacts, answer: Sampled) -> LevelId:
    found, allowed = answer.errors * facts.denominator, answer.sampled * facts.numerator
    if found == allowed:
        return facts.exactly
    return facts.below if found < allowed else facts.above
