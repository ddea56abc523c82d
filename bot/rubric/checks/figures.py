"""Rules about facts that are figures: deductions, proofs, and thresholds of a measured number."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.data_files.findings import Finding
from bot.rubric.codes import RubricCode
from bot.rubric.facts import Bound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from bot.data_files.findings import Path
    from bot.rubric.levels_source import DeductionSource, FactsSource, MeasureSource, ProofsSource, ThresholdSource


def check_figures(facts: FactsSource, points: Decimal | None, path: Path) -> Iterator[Finding]:
    """R120 to R126 on the facts of one item; `points` None where the item has none."""
    if facts.deduction is not None:
        yield from _deduction(facts.deduction, points, (*path, "deduction"))
    if facts.proofs is not None:
        yield from _proofs(facts.proofs, points, (*path, "proofs"))
    if facts.measure is not None:
        yield from _measure(facts.measure, (*path, "measure"))


def thresholds(band: ThresholdSource) -> list[tuple[Bound, Decimal]]:
    """The thresholds that a band gives; a sound one gives one, the last none."""
    given = ((bound, getattr(band, bound.value)) for bound in Bound)
    return [(bound, threshold) for bound, threshold in given if threshold is not None]


def _deduction(deduction: DeductionSource, points: Decimal | None, path: Path) -> Iterator[Finding]:
    if points is None:
        yield Finding(RubricCode.DEDUCTION_NEEDS_POINTS, path)
    elif not 0 < deduction.each <= points:
        details = {"given": str(deduction.each), "points": str(points)}
        yield Finding(RubricCode.DEDUCTION, (*path, "each"), details)


def _proofs(proofs: ProofsSource, points: Decimal | None, path: Path) -> Iterator[Finding]:
    if proofs.each is None:
        return
    if points is None:
        yield Finding(RubricCode.PROOFS_NEED_POINTS, (*path, "each"))
    elif proofs.each == 0 or proofs.each * len(proofs.of) < points:
        details: dict[str, str | int] = {
            "each": str(proofs.each),
            "number": len(proofs.of),
            "points": str(points),
        }
        yield Finding(RubricCode.PROOFS_SHORT, (*path, "each"), details)


def _measure(measure: MeasureSource, path: Path) -> Iterator[Finding]:
    bounded: list[tuple[Bound, Decimal]] = []
    for number, band in enumerate(measure.bands):
        given = thresholds(band)
        is_last = number == len(measure.bands) - 1
        if len(given) != (0 if is_last else 1):
            yield Finding(RubricCode.ONE_THRESHOLD, (*path, "bands", number))
            return
        bounded += given
    if not bounded or not _in_order(bounded):
        yield Finding(RubricCode.THRESHOLDS, (*path, "bands"))
    elif measure.most is not None and measure.most < max(threshold for _, threshold in bounded):
        yield Finding(RubricCode.MOST_TOO_SMALL, (*path, "most"), {"most": str(measure.most)})


def _in_order(bounded: list[tuple[Bound, Decimal]]) -> bool:
    """Falling for at_least and above, rising for at_most and below, never mixed, each letting in more than before."""
    falling = [bound in (Bound.AT_LEAST, Bound.ABOVE) for bound, _ in bounded]
    if len(set(falling)) > 1:
        return False
    wider = {Bound.AT_LEAST, Bound.AT_MOST}
    return all(
        (after < before if falling[0] else after > before)
        or (after == before and after_bound in wider and bound not in wider)
        for (bound, before), (after_bound, after) in pairwise(bounded)
    )
