"""Rules about sums: points add up from 小项 to 大项 to the whole, and the pass mark can be reached."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.rubric.codes import RubricCode
from bot.rubric.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.rubric.source import RubricSource


def check_sums(source: RubricSource) -> Iterator[Finding]:
    """R030: a chapter's points are the sum of its items' points."""
    for c, chapter in enumerate(source.chapters):
        summed = sum((item.points for section in chapter.sections for item in section.items), Decimal(0))
        if summed != chapter.points:
            details = {"given": str(chapter.points), "sum": str(summed)}
            yield Finding(RubricCode.CHAPTER_SUM, ("chapters", c, "points"), details)


def check_total(source: RubricSource) -> Iterator[Finding]:
    """R031: the total is the sum of the chapters' points."""
    summed = sum((chapter.points for chapter in source.chapters), Decimal(0))
    if summed != source.total:
        yield Finding(RubricCode.TOTAL_SUM, ("total",), {"given": str(source.total), "sum": str(summed)})


def check_pass_mark(source: RubricSource) -> Iterator[Finding]:
    """R032: the pass mark is above 0 and no more than the total."""
    if not 0 < source.pass_mark <= source.total:
        details = {"given": str(source.pass_mark), "total": str(source.total)}
        yield Finding(RubricCode.PASS_MARK, ("pass_mark",), details)
