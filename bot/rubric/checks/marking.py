"""Rules about how an item is marked: by points or as met, by levels or by facts, with grades and failing findings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.data_files.findings import Finding
from bot.rubric.checks.walk import items, levels_of, range_of, worth
from bot.rubric.codes import RubricCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.data_files.findings import Path
    from bot.rubric.checks.walk import Place
    from bot.rubric.levels_source import LevelSource
    from bot.rubric.source import RubricSource

_GRADE: Final = re.compile(r"\S{1,4}")


def check_marking(source: RubricSource) -> Iterator[Finding]:
    """R111 to R117: levels fit the item, grades tell them apart, and a failing finding yields nothing."""
    for place in items(source):
        yield from _levels_or_facts(place)
        levels = levels_of(source, place.item)
        own = isinstance(place.item.levels, list)
        for number, level in enumerate(levels):
            path: Path = (*place.path, "levels", number) if own else (*place.path, "levels")
            yield from _fits(level, place, path)
            yield from _grade(level, levels[:number], path)


def _levels_or_facts(place: Place) -> Iterator[Finding]:
    yields_points = place.item.facts is not None and place.item.facts.yields_points
    if place.item.levels is None and not yields_points:
        yield Finding(RubricCode.LEVELS_MISSING, place.path)
    elif place.item.levels is not None and yields_points:
        yield Finding(RubricCode.LEVELS_TOO_MANY, (*place.path, "levels"))


def _fits(level: LevelSource, place: Place, path: Path) -> Iterator[Finding]:
    details = {"level": level.id}
    if place.item.points and level.met is not None:
        yield Finding(RubricCode.MET_ON_POINTS, path, details)
    by_points = level.points is not None or level.share is not None or level.low is not None
    if place.item.points is None and by_points:
        yield Finding(RubricCode.POINTS_ON_CONDITION, path, details)
    bounds = range_of(level, worth(place.item))
    if level.fails and bounds is not None and bounds[1] > 0:
        yield Finding(RubricCode.FAILS_WITH_POINTS, path, details)


def _grade(level: LevelSource, before: list[LevelSource], path: Path) -> Iterator[Finding]:
    if level.grade is None:
        return
    if not _GRADE.fullmatch(level.grade) or any(character.isdigit() for character in level.grade):
        yield Finding(RubricCode.BAD_GRADE, path, {"grade": level.grade})
    if level.grade.casefold() in [(each.grade or "").casefold() for each in before]:
        yield Finding(RubricCode.GRADE_TWICE, path, {"grade": level.grade})
