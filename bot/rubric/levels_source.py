"""The shapes of what can be found of an item in a rubric file: levels, facts, and 不涉及."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag

from bot.rubric.values import LevelPoints, Met, PointsSource, Strict, Text, WordingSource


class LevelSource(Strict):
    """A level: `points`, a `share` of them, `low` and `high` with the words that leave it open, or `met`."""

    id: Text
    grade: Text | None = None
    when: WordingSource
    points: LevelPoints | None = None
    share: PointsSource | None = None
    met: Met | None = None
    fails: bool = False
    low: PointsSource | None = None
    high: PointsSource | None = None
    reported: PointsSource | None = None
    open_words: str = ""


class BandSource(Strict):
    """One band of a count; the last one has no `at_most`."""

    at_most: Annotated[int, Field(ge=0)] | None = None
    level: Text


class RateSource(Strict):
    """Errors ÷ sampled against a limit such as 3/100."""

    limit: Text
    below: Text
    exactly: Text
    above: Text
    unit: WordingSource


class ThresholdSource(Strict):
    """One band of a measured number: one of the four thresholds; the last one has none."""

    at_least: PointsSource | None = None
    above: PointsSource | None = None
    at_most: PointsSource | None = None
    below: PointsSource | None = None
    level: Text


class MeasureSource(Strict):
    """A number with its unit, and the bands that it falls into."""

    unit: WordingSource
    also: list[Text] = Field(default_factory=list)
    most: PointsSource | None = None
    bands: Annotated[list[ThresholdSource], Field(min_length=1)]


class DeductionSource(Strict):
    """Points that every problem costs, down to 0."""

    each: PointsSource
    unit: WordingSource


class ProofSource(Strict):
    """One piece of evidence to be ticked off."""

    id: Text
    label: WordingSource
    required: bool = False


class ProofsSource(Strict):
    """The proofs of an item, with the points that each of them yields, or none for all or nothing."""

    each: PointsSource | None = None
    of: Annotated[list[ProofSource], Field(min_length=1)]


class FactsSource(Strict):
    """One of `problems` (perhaps with `serious`), `rate`, `measure`, `deduction` and `proofs`."""

    problems: Annotated[list[BandSource], Field(min_length=1)] | None = None
    serious: Text | None = None
    rate: RateSource | None = None
    measure: MeasureSource | None = None
    deduction: DeductionSource | None = None
    proofs: ProofsSource | None = None

    @property
    def yields_points(self) -> bool:
        """Whether the facts themselves say what the item yields, without levels."""
        return self.deduction is not None or self.proofs is not None


class NotApplicableSource(Strict):
    """不涉及 as one item offers it."""

    reported: Literal["full", "zero", "left_out"]
    when: WordingSource
    needs_ruling: bool = True


def _kind_of_levels(value: object) -> str:
    return "<scale>" if isinstance(value, str) else "<own>"


LevelsSource: TypeAlias = Annotated[
    Annotated[Text, Tag("<scale>")] | Annotated[list[LevelSource], Field(min_length=1), Tag("<own>")],
    Discriminator(_kind_of_levels),
]
