"""Makes the facts that an item is graded by from a source that no rule objects to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rubric import facts as kinds
from bot.rubric.basics import NOTHING, Wording
from bot.rubric.checks.facts import LIMIT
from bot.rubric.checks.figures import thresholds

if TYPE_CHECKING:
    from bot.rubric.levels_source import FactsSource, MeasureSource, ProofsSource, RateSource, ThresholdSource


def build_facts(facts: FactsSource) -> kinds.Facts | None:
    """The facts of a checked source."""
    if facts.rate is not None:
        return _rate(facts.rate)
    if facts.measure is not None:
        return _measure(facts.measure)
    if facts.deduction is not None:
        return kinds.DeductionFacts(facts.deduction.each, Wording(dict(facts.deduction.unit)))
    if facts.proofs is not None:
        return _proofs(facts.proofs)
    bands = tuple(kinds.CountBand(band.at_most, band.level) for band in facts.problems or ())
    return kinds.CountFacts(bands, facts.serious)


def _rate(rate: RateSource) -> kinds.RateFacts | None:
    match = LIMIT.fullmatch(rate.limit)
    if match is None:
        return None
    unit = Wording(dict(rate.unit))
    return kinds.RateFacts(int(match[1]), int(match[2]), rate.below, rate.exactly, rate.above, unit)


def _measure(measure: MeasureSource) -> kinds.MeasureFacts:
    bands = tuple(_band(band) for band in measure.bands)
    return kinds.MeasureFacts(Wording(dict(measure.unit)), bands, measure.most, tuple(measure.also))


def _band(band: ThresholdSource) -> kinds.MeasureBand:
    given = thresholds(band)
    bound, threshold = given[0] if given else (None, NOTHING)
    return kinds.MeasureBand(bound, threshold, band.level)


def _proofs(proofs: ProofsSource) -> kinds.ProofFacts:
    made = tuple(kinds.Proof(proof.id, Wording(dict(proof.label)), proof.required) for proof in proofs.of)
    return kinds.ProofFacts(made, proofs.each)
