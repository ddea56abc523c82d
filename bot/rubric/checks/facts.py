"""Rules about facts: every number leads to exactly one level, and every level named exists."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bot.data_files.findings import Finding
from bot.rubric.checks.figures import check_figures
from bot.rubric.checks.walk import items, levels_of
from bot.rubric.codes import RubricCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.data_files.findings import Path
    from bot.rubric.levels_source import BandSource, FactsSource
    from bot.rubric.source import RubricSource

LIMIT: Final = re.compile(r"([1-9][0-9]{0,8})/([1-9][0-9]{0,8})")


def check_facts(source: RubricSource) -> Iterator[Finding]:
    """R070 to R073, R120 to R126: one kind of facts, bands that cover every number once, known levels."""
    for place in items(source):
        facts = place.item.facts
        if facts is None:
            continue
        path = (*place.path, "facts")
        kinds = (facts.problems, facts.rate, facts.measure, facts.deduction, facts.proofs)
        if sum(kind is not None for kind in kinds) != 1 or (facts.serious and facts.problems is None):
            yield Finding(RubricCode.FACTS_KIND, path)
            continue
        levels = levels_of(source, place.item)
        known = {level.id for level in levels}
        for step, level in _named(facts):
            if known and level not in known:
                details = {"level": level, "known": ", ".join(each.id for each in levels)}
                yield Finding(RubricCode.FACTS_LEVEL, (*path, *step), details)
        if facts.problems is not None:
            yield from _bands(facts.problems, (*path, "problems"))
        if facts.rate is not None and not _is_limit(facts.rate.limit):
            yield Finding(RubricCode.RATE_LIMIT, (*path, "rate", "limit"), {"limit": facts.rate.limit})
        yield from check_figures(facts, place.item.points, path)


def _named(facts: FactsSource) -> Iterator[tuple[Path, str]]:
    for number, band in enumerate(facts.problems or ()):
        yield ("problems", number, "level"), band.level
    if facts.serious is not None:
        yield ("serious",), facts.serious
    if facts.rate is not None:
        yield ("rate", "below"), facts.rate.below
        yield ("rate", "exactly"), facts.rate.exactly
        yield ("rate", "above"), facts.rate.above
    if facts.measure is not None:
        for number, threshold in enumerate(facts.measure.bands):
            yield ("measure", "bands", number, "level"), threshold.level


def _bands(bands: list[BandSource], path: Path) -> Iterator[Finding]:
    ends = [band.at_most for band in bands[:-1]]
    closed = [end for end in ends if end is not None]
    rising = all(before < after for before, after in pairwise(closed))
    if bands[-1].at_most is not None or len(closed) < len(ends) or not rising:
        yield Finding(RubricCode.BANDS, path)


def _is_limit(limit: str) -> bool:
    match = LIMIT.fullmatch(limit)
    return match is not None and int(match[1]) < int(match[2])
