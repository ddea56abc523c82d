"""The remarks below 附件2: what is left to a ruling (待审定), what does not apply (不涉及), numbered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.rubric.answers import Excused
from bot.rubric.yields import is_left_out, level_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reports.content.brief import Brief
    from bot.rubric.answers import Answer
    from bot.rubric.model import Item


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of one item, under its number, from 1."""

    number: int
    item: str
    text: str


def remarks(brief: Brief) -> tuple[Remark, ...]:
    """Every remark, in the order of the table."""
    return tuple(Remark(number, item, text) for number, (item, text) in enumerate(_texts(brief), start=1))


def _texts(brief: Brief) -> Iterator[tuple[str, str]]:
    case = brief.case
    for item in case.rubric.items.values():
        answer = case.assessment.item(item.id).answer
        if answer is None:
            continue
        if isinstance(answer, Excused):
            yield item.id, _excused(brief, item, answer)
        elif brief.summary.items[item.id].low < brief.summary.items[item.id].high:
            yield item.id, _pending(brief, item, answer)


def _excused(brief: Brief, item: Item, answer: Excused) -> str:
    score = brief.summary.items[item.id]
    if is_left_out(item, answer):
        return brief.words("table.remark_left_out", item=item.text, reason=answer.reason)
    key = "table.remark_excused" if score.low < score.high else "table.remark_excused_settled"
    return brief.words(key, item=item.text, reason=answer.reason, score=score)


def _pending(brief: Brief, item: Item, answer: Answer) -> str:
    level, record = level_of(item, answer), brief.case.assessment.item(item.id)
    words = "" if level is None else level.open_words
    score = brief.summary.items[item.id]
    return brief.words("table.remark_pending", item=item.text, words=words, note=record.note, score=score)
