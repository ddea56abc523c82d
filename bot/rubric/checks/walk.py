"""The ways through a rubric's source that several rules share."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from bot.rubric.basics import NOTHING, ONE
from bot.rubric.values import FULL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.data_files.findings import Path
    from bot.rubric.levels_source import LevelSource
    from bot.rubric.source import ItemSource, RubricSource, SectionSource


OPEN: Final = "open"


@dataclass(frozen=True, slots=True)
class Place:
    """One item with its key path and the section around it."""

    path: Path
    item: ItemSource
    section: SectionSource
    chapter: str


def items(source: RubricSource) -> Iterator[Place]:
    """Every item in the order of the file."""
    for c, chapter in enumerate(source.chapters):
        for s, section in enumerate(chapter.sections):
            for i, item in enumerate(section.items):
                yield Place(("chapters", c, "sections", s, "items", i), item, section, chapter.id)


def levels_of(source: RubricSource, item: ItemSource) -> list[LevelSource]:
    """The item's own levels or those of its scale; none where the scale is unknown or facts yield the points."""
    if isinstance(item.levels, str):
        return source.scales.get(item.levels, [])
    return item.levels or []


def worth(item: ItemSource) -> Decimal:
    """The item's points; 1 for one without, which is met or not."""
    return item.points or ONE


def range_of(level: LevelSource, full: Decimal) -> tuple[Decimal, Decimal] | None:
    """What the level yields, low to high, on an item worth `full`; None where the level does not say."""
    if level.met is not None:
        return (NOTHING if level.met == OPEN or not level.met else ONE), (ONE if level.met else NOTHING)
    if level.share is not None:
        return level.share * full, level.share * full
    if level.points is not None:
        points = full if level.points == FULL else Decimal(level.points)
        return points, points
    if level.low is not None and level.high is not None:
        return level.low, level.high
    return None
