"""What each 大项 came to, and what was lost in it and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.reports.content.said import chinese, one_line
from bot.rubric.answers import Chosen, Counted, Excused, Measured, Sampled, Ticked
from bot.rubric.facts import MeasureFacts, ProofFacts, RateFacts
from bot.rubric.yields import is_left_out, level_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reports.content.brief import Brief
    from bot.rubric.answers import Answer
    from bot.rubric.basics import Points, Score
    from bot.rubric.model import Chapter, Item
    from bot.rubric.scoring import ChapterScore


@dataclass(frozen=True, slots=True)
class Loss:
    """An item that does not have all its points: `points` are those missing from what is reported.

    `finding` is what was found, `reason` why the item does not apply; `is_open` leaves the score to a ruling.
    """

    text: str
    points: Points
    score: Score
    has_points: bool
    is_open: bool
    finding: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class ChapterResult:
    """One 大项: its figures, how many items are answered, met (of those without points) and blank, and its losses."""

    id: str
    title: str
    points: Points
    reported: Points
    items: int
    unscored: int
    met: Points
    blank: int
    losses: tuple[Loss, ...]


def chapter_results(brief: Brief) -> tuple[ChapterResult, ...]:
    """Every 大项, in the order of the table."""
    pairs = zip(brief.case.rubric.chapters, brief.summary.chapters, strict=True)
    return tuple(_result(brief, chapter, score) for chapter, score in pairs)


def _result(brief: Brief, chapter: Chapter, score: ChapterScore) -> ChapterResult:
    return ChapterResult(
        id=chapter.id,
        title=chapter.title,
        points=score.points,
        reported=score.score.reported,
        items=len(chapter.items),
        unscored=len(chapter.unscored),
        met=score.unscored.score.reported,
        blank=score.blank,
        losses=tuple(_losses(brief, chapter)),
    )


def _losses(brief: Brief, chapter: Chapter) -> Iterator[Loss]:
    for item in chapter.items:
        record = brief.case.assessment.item(item.id)
        score = brief.summary.items.get(item.id)
        if record.answer is None or score is None or is_left_out(item, record.answer) or score.low == item.points:
            continue
        yield Loss(
            text=item.text,
            points=item.points - score.reported,
            score=score,
            has_points=item.has_points,
            is_open=score.low < score.high,
            finding=one_line(finding_of(brief, item, record.answer)),
            reason=one_line(record.answer.reason) if isinstance(record.answer, Excused) else "",
            note=one_line(record.note),
        )


def finding_of(brief: Brief, item: Item, answer: Answer) -> str:
    """What was counted or measured, else the words of the level."""
    level = level_of(item, answer)
    words = "" if level is None else chinese(level.when)
    match answer:
        case Sampled(unit=unit) if isinstance(item.facts, RateFacts):
            return brief.words("finding.sampled", answer=answer, unit=unit or chinese(item.facts.unit), words=words)
        case Measured(value=value) if isinstance(item.facts, MeasureFacts):
            return brief.words("finding.measured", value=value, unit=chinese(item.facts.unit))
        case Ticked(proofs=proofs) if isinstance(item.facts, ProofFacts):
            lacking = [chinese(each.label) for each in item.facts.proofs if each.id not in proofs]
            return brief.words("finding.ticked", lacking=lacking)
        case Counted(problems=problems) if level is None:
            return brief.words("finding.counted", problems=problems)
        case Chosen() | Counted():
            return words
    return ""
