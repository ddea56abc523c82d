"""The arithmetic of the notice: answers become intervals, intervals a sum, the sum a result."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from bot.rubric.answers import Excused
from bot.rubric.basics import NOTHING, ZERO, Score
from bot.rubric.outcomes import End, Reached, Standing, span
from bot.rubric.yields import blank, is_left_out, level_of, lost, score_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.rubric.answers import Answer
    from bot.rubric.basics import ItemId, Points, VetoId
    from bot.rubric.items import Item
    from bot.rubric.model import Rubric
    from bot.rubric.outcomes import Outcome


__all__ = [
    "ZERO",
    "ChapterScore",
    "Result",
    "Score",
    "Summary",
    "Tally",
    "blank",
    "level_of",
    "score_answer",
    "summarize",
    "tally",
]

_Scores: TypeAlias = "Mapping[ItemId, Score]"


class Result(Enum):
    """What a self-assessment comes to (通知二（二）1 and 2); UNDECIDED is 暂不作结论."""

    PASS = "pass"  # noqa: S105 - a result, not a password
    FAIL = "fail"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class ChapterScore:
    """The sums of one chapter, of its points and of its items without points; `answered` and `blank` count items."""

    chapter_id: str
    scored: Reached
    unscored: Reached
    answered: int
    blank: int

    @property
    def points(self) -> Points:
        """The chapter's points."""
        return self.scored.points

    @property
    def score(self) -> Score:
        """What its items with points yield."""
        return self.scored.score

    @property
    def main(self) -> Reached:
        """Its points, or its items where none has points: what a percentage of the chapter means."""
        return self.scored if self.scored.points else self.unscored


@dataclass(frozen=True, slots=True)
class Tally:
    """What the answers add up to, whatever comes of it: the sums that a progress line needs.

    `total` is the plain sum of points, `final` what the outcome goes by: rescaled where the rubric says so. `met`
    counts the items without points.
    """

    total: Score
    final: Score
    met: Reached
    answered: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything that a set of answers comes to.

    `total` is the plain sum of points, `final` what the outcome goes by: rescaled where the rubric says so. `met`
    counts the items without points. `items` holds the answered ones in the order of the table; `declared` and
    `unasked` keep the notice's order; `failed` are the 一票否决 items not passed, `stars_lost` the ★ items that
    certainly lost points. `possible` are the outcomes still open, best first; `outcome` is the one it has come to.
    """

    total: Score
    final: Score
    points: Points
    met: Reached
    answered: int
    blank: int
    chapters: tuple[ChapterScore, ...]
    items: Mapping[ItemId, Score]
    declared: tuple[VetoId, ...]
    unasked: tuple[VetoId, ...]
    failed: tuple[ItemId, ...]
    stars_lost: tuple[ItemId, ...]
    possible: tuple[Outcome, ...]
    outcome: Outcome | None

    @property
    def result(self) -> Result:
        """Pass, fail, or no conclusion yet."""
        if self.outcome is None:
            return Result.UNDECIDED
        return Result.PASS if self.outcome.passes else Result.FAIL


def tally(rubric: Rubric, answers: Mapping[ItemId, Answer]) -> Tally:
    """The sums alone. Ids that the rubric does not know are left aside."""
    return _tally(rubric, [chapter for chapter, _ in _chapters(rubric, answers)])


def summarize(rubric: Rubric, answers: Mapping[ItemId, Answer], vetoes: Mapping[VetoId, bool]) -> Summary:
    """The sums and the result of a self-assessment.

    `vetoes` holds True for a condition that was declared, False for one that was denied; one left out is unasked.
    Ids that the rubric does not know are left aside.
    """
    counted = _chapters(rubric, answers)
    chapters = tuple(chapter for chapter, _ in counted)
    sums = _tally(rubric, chapters)
    declared = tuple(veto.id for veto in rubric.vetoes if vetoes.get(veto.id) is True)
    unasked = tuple(veto.id for veto in rubric.vetoes if veto.id not in vetoes)
    failed = tuple(item.id for item in rubric.failing if _fails(item, answers.get(item.id)))
    unfilled = sum(chapter.blank for chapter in chapters)
    standing = Standing(
        sums.final, {each.chapter_id: each.main for each in chapters}, sums.met, _stars(rubric, answers)
    )
    if declared or failed:
        possible = rubric.outcomes[-1:]
    else:
        possible = span(rubric.outcomes, standing, may_fail=any(_may_yet_fail(rubric, answers)))
    is_settled = len(possible) == 1 and (possible[0] is rubric.outcomes[-1] or not (unfilled or unasked))
    return Summary(
        total=sums.total,
        final=sums.final,
        points=rubric.total,
        met=sums.met,
        answered=sums.answered,
        blank=unfilled,
        chapters=chapters,
        items={item_id: score for _, scores in counted for item_id, score in scores.items()},
        declared=declared,
        unasked=unasked,
        failed=failed,
        stars_lost=tuple(item.id for item in rubric.stars if item.id in answers and lost(item, answers[item.id])),
        possible=possible,
        outcome=possible[0] if is_settled else None,
    )


_NO_ITEMS = Reached(NOTHING, ZERO)


def _tally(rubric: Rubric, chapters: Sequence[ChapterScore]) -> Tally:
    total = _whole(chapter.scored for chapter in chapters)
    met = _whole(chapter.unscored for chapter in chapters) if rubric.unscored else _NO_ITEMS
    final = total.score if rubric.rescaling is None else rubric.rescaling.rescale(total)
    return Tally(total.score, final, met, sum(chapter.answered for chapter in chapters))


def _chapters(rubric: Rubric, answers: Mapping[ItemId, Answer]) -> list[tuple[ChapterScore, _Scores]]:
    return [
        _chapter(rubric, number, tuple(map(answers.get, chapter.item_ids)))
        for number, chapter in enumerate(rubric.chapters)
    ]


@lru_cache(maxsize=4096)
def _chapter(rubric: Rubric, number: int, answers: tuple[Answer | None, ...]) -> tuple[ChapterScore, _Scores]:
    """The sums of a chapter and the scores of its answered items; a tap changes one chapter, the others are kept."""
    chapter = rubric.chapters[number]
    given = {item.id: answer for item, answer in zip(chapter.items, answers, strict=True) if answer is not None}
    scores = {item.id: score_answer(item, given[item.id]) for item in chapter.items if item.id in given}
    unscored = chapter.unscored
    return ChapterScore(
        chapter.id,
        _sum(chapter.scored, chapter.points, given, scores),
        _sum(unscored, Decimal(len(unscored)), given, scores) if unscored else _NO_ITEMS,
        len(scores),
        len(chapter.items) - len(scores),
    ), scores


def _sum(
    items: tuple[Item, ...], points: Points, answers: Mapping[ItemId, Answer], scores: Mapping[ItemId, Score]
) -> Reached:
    low = high = reported = left_out = pending = NOTHING
    for item in items:
        score = scores.get(item.id)
        if score is None:
            high += item.points
            continue
        low += score.low
        high += score.high
        reported += score.reported
        if item.may_be_left_out and isinstance(answers[item.id], Excused):
            if is_left_out(item, answers[item.id]):
                left_out += item.points
            else:
                pending += item.points
    return Reached(points, Score(low, high, reported), left_out, pending)


def _whole(parts: Iterable[Reached]) -> Reached:
    points = low = high = reported = left_out = pending = NOTHING
    for part in parts:
        points += part.points
        low += part.score.low
        high += part.score.high
        reported += part.score.reported
        left_out += part.left_out
        pending += part.pending
    return Reached(points, Score(low, high, reported), left_out, pending)


def _fails(item: Item, answer: Answer | None) -> bool:
    level = None if answer is None else level_of(item, answer)
    return level is not None and level.fails


def _may_yet_fail(rubric: Rubric, answers: Mapping[ItemId, Answer]) -> Iterable[bool]:
    """A 一票否决 item that is blank, or whose 不涉及 may be refused."""
    for item in rubric.failing:
        answer = answers.get(item.id)
        offered = item.not_applicable
        yield answer is None or (isinstance(answer, Excused) and (offered is None or offered.needs_ruling))


def _stars(rubric: Rubric, answers: Mapping[ItemId, Answer]) -> Mapping[End, int]:
    at_low = at_high = 0
    for item in rubric.stars:
        answer = answers.get(item.id)
        if answer is None:
            at_low += 1
        elif not is_left_out(item, answer):
            score = score_answer(item, answer)
            at_low += score.low < item.points
            at_high += score.high < item.points
    return {End.LOW: at_low, End.HIGH: at_high}
