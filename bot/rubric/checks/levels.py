"""Rules about levels: what each yields stays within the item, and an open case quotes the words that leave it open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.data_files.findings import Finding
from bot.rubric.checks.walk import items, levels_of, range_of, worth
from bot.rubric.codes import RubricCode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from bot.data_files.findings import Path
    from bot.rubric.checks.walk import Place
    from bot.rubric.levels_source import LevelSource
    from bot.rubric.source import RubricSource


def check_scales(source: RubricSource) -> Iterator[Finding]:
    """R040, R041, R049 and R110: every scale named exists, is used, and its levels say what they yield."""
    used = {place.item.levels for place in items(source) if isinstance(place.item.levels, str)}
    for name, levels in source.scales.items():
        yield from _what_they_yield(levels, ("scales", name))
        if name not in used:
            yield Finding(RubricCode.UNUSED_SCALE, ("scales", name), {"scale": name})
    for place in items(source):
        if isinstance(place.item.levels, str) and place.item.levels not in source.scales:
            details = {"scale": place.item.levels, "known": ", ".join(source.scales)}
            yield Finding(RubricCode.UNKNOWN_SCALE, (*place.path, "levels"), details)
        elif isinstance(place.item.levels, list):
            yield from _what_they_yield(place.item.levels, (*place.path, "levels"))


def check_levels(source: RubricSource) -> Iterator[Finding]:
    """R042 to R048: 0 ≤ low ≤ reported ≤ high ≤ points, full and zero in reach, labels differ, words quoted."""
    for place in items(source):
        levels = levels_of(source, place.item)
        if not levels:
            continue
        own = not isinstance(place.item.levels, str)
        for number, level in enumerate(levels):
            path: Path = (*place.path, "levels", number) if own else (*place.path, "levels")
            yield from _one_level(level, worth(place.item), path)
            yield from _open_words(level, place, path)
        yield from _reach(levels, place)
        yield from _same_labels(levels, (*place.path, "levels"))


def _what_they_yield(levels: list[LevelSource], path: Path) -> Iterator[Finding]:
    for number, level in enumerate(levels):
        ranged = [part is not None for part in (level.low, level.high)]
        ways = [level.points is not None, level.share is not None, level.met is not None, any(ranged)]
        if sum(ways) != 1 or any(ranged) != all(ranged) or (level.reported is not None and not all(ranged)):
            yield Finding(RubricCode.POINTS_OR_RANGE, (*path, number), {"level": level.id})
        if level.share is not None and not 0 < level.share < 1:
            yield Finding(RubricCode.SHARE, (*path, number, "share"), {"level": level.id, "share": str(level.share)})


def _one_level(level: LevelSource, full: Decimal, path: Path) -> Iterator[Finding]:
    bounds = range_of(level, full)
    if bounds is None:
        return
    low, high = bounds
    reported = low if level.reported is None else level.reported
    if not low <= reported <= high <= full:
        yield Finding(RubricCode.OUT_OF_RANGE, path, {"level": level.id, "points": str(full)})


def _open_words(level: LevelSource, place: Place, path: Path) -> Iterator[Finding]:
    bounds = range_of(level, worth(place.item))
    if bounds is None:
        return
    is_open = bounds[0] != bounds[1]
    if is_open and not level.open_words:
        yield Finding(RubricCode.OPEN_WITHOUT_WORDS, path, {"level": level.id})
    elif not is_open and level.open_words:
        yield Finding(RubricCode.SETTLED_WITH_WORDS, path, {"level": level.id})
    elif is_open and level.open_words not in _guidance(place):
        yield Finding(RubricCode.WORDS_NOT_IN_GUIDANCE, (*path, "open_words"), {"level": level.id})


def _guidance(place: Place) -> str:
    cells = {item.id: item.guidance or "" for item in place.section.items}
    return place.item.guidance or cells.get(place.item.guidance_of or "", "")


def _reach(levels: list[LevelSource], place: Place) -> Iterator[Finding]:
    bounds = [found for found in (range_of(level, worth(place.item)) for level in levels) if found]
    if len(bounds) < len(levels):
        return
    if not any(low == worth(place.item) for low, _ in bounds):
        yield Finding(RubricCode.NO_FULL_LEVEL, (*place.path, "levels"), {"points": str(worth(place.item))})
    if not any(high == 0 for _, high in bounds):
        yield Finding(RubricCode.NO_ZERO_LEVEL, (*place.path, "levels"))


def _same_labels(levels: list[LevelSource], path: Path) -> Iterator[Finding]:
    for locale in levels[0].when:
        labels = [level.when.get(locale, level.id) for level in levels]
        for label in sorted({label for label in labels if labels.count(label) > 1}):
            yield Finding(RubricCode.SAME_LABEL, path, {"label": label})
