"""Rules about sums: points add up from 小项 to 大项 to the whole, and the pass mark can be reached."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.data_files.findings import Finding
from bot.rubric.checks.walk import items, levels_of
from bot.rubric.codes import RubricCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.data_files.findings import Path
    from bot.rubric.source import RubricSource


def check_sums(source: RubricSource) -> Iterator[Finding]:
    """R012, R030, R033 and R034: items are worth something, and a chapter's points are the sum of its items'."""
    if not source.chapters:
        yield Finding(RubricCode.EMPTY, ("chapters",))
    for place in items(source):
        if place.item.points == 0:
            yield Finding(RubricCode.ZERO_POINTS, (*place.path, "points"))
    for c, chapter in enumerate(source.chapters):
        given = [item.points for section in chapter.sections for item in section.items if item.points is not None]
        yield from _sum(chapter.points, given, ("chapters", c), RubricCode.CHAPTER_SUM)


def check_total(source: RubricSource) -> Iterator[Finding]:
    """R031 and R034: the total is the sum of the chapters' points."""
    given = [chapter.points for chapter in source.chapters if chapter.points is not None]
    yield from _sum(source.total, given, (), RubricCode.TOTAL_SUM)


def check_pass_mark(source: RubricSource) -> Iterator[Finding]:
    """R032 and R035: either outcomes, or a pass mark above 0 and no more than the final total."""
    if (source.pass_mark is None) == (source.outcomes is None):
        yield Finding(RubricCode.PASS_MARK_OR_OUTCOMES, () if source.pass_mark is None else ("pass_mark",))
    if source.pass_mark is None:
        return
    total = final_points(source)
    if not 0 < source.pass_mark <= total:
        yield Finding(RubricCode.PASS_MARK, ("pass_mark",), {"given": str(source.pass_mark), "total": str(total)})


def check_effect(source: RubricSource) -> Iterator[Finding]:
    """R036: an item without points must be able to decide something."""
    needs = [outcome.needs for outcome in source.outcomes or [] if outcome.needs is not None]
    if any(need.met is not None for need in needs):
        return
    unscored_chapters = {chapter.id for chapter in source.chapters if chapter.points is None}
    asked = {chapter for need in needs for chapter in need.chapters} & unscored_chapters
    for place in items(source):
        decides = place.chapter in asked or any(level.fails for level in levels_of(source, place.item))
        if place.item.points is None and not decides:
            yield Finding(RubricCode.CONDITION_WITHOUT_EFFECT, place.path, {"item": place.item.id})


def final_points(source: RubricSource) -> Decimal:
    """What the final total is out of: the rescaled one where there is one."""
    return source.rescaling.to if source.rescaling is not None else source.total or Decimal(0)


def _sum(stated: Decimal | None, given: list[Decimal], path: Path, code: RubricCode) -> Iterator[Finding]:
    summed = sum(given, Decimal(0))
    key = "points" if path else "total"
    if (stated is None) == bool(given):
        where = path if stated is None else (*path, key)
        yield Finding(RubricCode.POINTS_TO_SUM, where, {"key": key, "sum": str(summed)})
    elif stated is not None and stated != summed:
        yield Finding(code, (*path, key), {"given": str(stated), "sum": str(summed)})
