"""Rules about what a score comes to: outcome bands with their gates, ★ items, and rescaling."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bot.data_files.findings import Finding
from bot.rubric.checks.sums import final_points
from bot.rubric.checks.walk import items
from bot.rubric.codes import RubricCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.data_files.findings import Path
    from bot.rubric.source import GatesSource, OutcomeSource, RubricSource

PERCENTAGE: Final = re.compile(r"(?:100|[1-9]?[0-9](?:\.[0-9]{1,4})?)%")


def check_outcomes(source: RubricSource) -> Iterator[Finding]:
    """R130 to R137: the best outcome first, each but the last with needs that can be met."""
    if source.outcomes is None:
        return
    *before, last = source.outcomes
    end: Path = ("outcomes", len(before))
    if not before or last.needs is not None or last.passes:
        yield Finding(RubricCode.LAST_OUTCOME, end, {"outcome": last.id})
    for number, outcome in enumerate(before):
        here: Path = ("outcomes", number)
        if outcome.needs is None or outcome.needs == type(outcome.needs)():
            yield Finding(RubricCode.OUTCOME_WITHOUT_NEEDS, here, {"outcome": outcome.id})
        else:
            yield from _needs(outcome.needs, source, (*here, "needs"))
    yield from _order(before)


def check_stars(source: RubricSource) -> Iterator[Finding]:
    """R138: ★ items matter to some outcome."""
    asked = any(outcome.needs is not None and outcome.needs.stars_lost is not None for outcome in source.outcomes or [])
    starred = next((place for place in items(source) if place.item.star), None)
    if starred is not None and not asked:
        yield Finding(RubricCode.STARS_WITHOUT_EFFECT, (*starred.path, "star"), {"item": starred.item.id})


def check_rescaling(source: RubricSource) -> Iterator[Finding]:
    """R140 to R142: items with points leave the sum only where it is rescaled, and it is rescaled only for that."""
    leaving = [
        place
        for place in items(source)
        if place.item.not_applicable is not None and place.item.not_applicable.reported == "left_out"
    ]
    if source.rescaling is None:
        for place in leaving:
            if place.item.points is not None:
                yield Finding(RubricCode.LEFT_OUT_WITHOUT_RESCALING, (*place.path, "not_applicable", "reported"))
        return
    if not any(place.item.points is not None for place in leaving):
        yield Finding(RubricCode.RESCALING_UNUSED, ("rescaling",))
    if source.rescaling.to == 0:
        yield Finding(RubricCode.RESCALING_TO, ("rescaling", "to"))


def percentage(text: str) -> Decimal:
    """The number of a percentage such as "80%"."""
    return Decimal(text.removesuffix("%"))


def _needs(needs: GatesSource, source: RubricSource, path: Path) -> Iterator[Finding]:
    total = final_points(source)
    is_known = source.rescaling is None or source.rescaling.to > 0
    if needs.total is not None and is_known and not 0 < needs.total <= total:
        details = {"given": str(needs.total), "total": str(total)}
        yield Finding(RubricCode.OUTCOME_TOTAL, (*path, "total"), details)
    known = [chapter.id for chapter in source.chapters]
    for chapter, percent in needs.chapters.items():
        if chapter not in known:
            details = {"chapter": chapter, "known": "、".join(known)}
            yield Finding(RubricCode.OUTCOME_CHAPTER, (*path, "chapters", chapter), details)
        yield from _percentage(percent, (*path, "chapters", chapter))
    if needs.met is not None:
        yield from _percentage(needs.met, (*path, "met"))
        if all(place.item.points is not None for place in items(source)):
            yield Finding(RubricCode.OUTCOME_MET, (*path, "met"))
    if needs.stars_lost is not None and not any(place.item.star for place in items(source)):
        yield Finding(RubricCode.STARS_WITHOUT_ITEMS, (*path, "stars_lost"))


def _percentage(percent: str, path: Path) -> Iterator[Finding]:
    if not PERCENTAGE.fullmatch(percent) or percentage(percent) == 0:
        yield Finding(RubricCode.PERCENTAGE, path, {"given": percent})


def _order(before: list[OutcomeSource]) -> Iterator[Finding]:
    """A better outcome comes before a worse one: passing before failing, and never with a lower total."""
    for number, (better, worse) in enumerate(pairwise(before), start=1):
        totals = [outcome.needs.total if outcome.needs else None for outcome in (better, worse)]
        rises = totals[1] is not None and (totals[0] or 0) < totals[1]
        if rises or (worse.passes and not better.passes):
            yield Finding(RubricCode.OUTCOME_ORDER, ("outcomes", number), {"outcome": worse.id, "before": better.id})
