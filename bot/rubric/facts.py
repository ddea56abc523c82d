"""The kinds of facts that an item can be graded by: each turns what was counted or measured into a level or points."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from bot.rubric.answers import Counted, Measured, Sampled, Ticked
from bot.rubric.basics import NOTHING

if TYPE_CHECKING:
    from decimal import Decimal

    from bot.rubric.answers import Answer
    from bot.rubric.basics import LevelId, Points, Wording


class _Kind:
    """What every kind of facts can be asked; a kind answers one of the two questions, and None to the other.

    An answer of another kind leads to nothing.
    """

    __slots__ = ()

    def level(self, answer: Answer) -> LevelId | None:  # noqa: ARG002 - kinds that lead to levels use it
        """The level that the facts lead to."""
        return None

    def points(self, full: Points, answer: Answer) -> Points | None:  # noqa: ARG002 - kinds that yield points use them
        """The points that the facts yield on an item worth `full`."""
        return None


@dataclass(frozen=True, slots=True)
class CountBand:
    """The level that a number of problems up to and including `at_most` leads to; None means any number."""

    at_most: int | None
    level: LevelId


@dataclass(frozen=True, slots=True)
class CountFacts(_Kind):
    """An item graded by the number of problems found, perhaps with a level for a serious one."""

    bands: tuple[CountBand, ...]
    serious: LevelId | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the facts asked, in order."""
        return ("problems",) if self.serious is None else ("problems", "serious")

    def level(self, answer: Answer) -> LevelId | None:
        """The first band that holds the number; a serious problem goes before all bands."""
        if not isinstance(answer, Counted):
            return None
        if answer.serious and self.serious is not None:
            return self.serious
        return next(band.level for band in self.bands if band.at_most is None or answer.problems <= band.at_most)


@dataclass(frozen=True, slots=True)
class RateFacts(_Kind):
    """An item graded by errors ÷ sampled against `numerator` ÷ `denominator`, compared as whole numbers."""

    numerator: int
    denominator: int
    below: LevelId
    exactly: LevelId
    above: LevelId
    unit: Wording

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the facts asked, in order."""
        return ("sampled", "errors")

    def level(self, answer: Answer) -> LevelId | None:
        """Below, exactly at, or above the limit."""
        if not isinstance(answer, Sampled):
            return None
        found, allowed = answer.errors * self.denominator, answer.sampled * self.numerator
        if found == allowed:
            return self.exactly
        return self.below if found < allowed else self.above


class Bound(Enum):
    """Which numbers a threshold lets in; the value is its key in the data."""

    AT_LEAST = "at_least"
    ABOVE = "above"
    AT_MOST = "at_most"
    BELOW = "below"

    def lets_in(self, value: Decimal, threshold: Decimal) -> bool:
        """Whether the value lies on the right side of the threshold."""
        match self:
            case Bound.AT_LEAST:
                return value >= threshold
            case Bound.ABOVE:
                return value > threshold
            case Bound.AT_MOST:
                return value <= threshold
            case Bound.BELOW:
                return value < threshold


@dataclass(frozen=True, slots=True)
class MeasureBand:
    """The level of the values that the threshold lets in; the last band, without one, takes all the others."""

    bound: Bound | None
    threshold: Decimal
    level: LevelId


@dataclass(frozen=True, slots=True)
class MeasureFacts(_Kind):
    """An item graded by one number with its unit, such as ㎡, % or days; `most` is the largest that can be meant.

    `also` holds other ways of writing the unit.
    """

    unit: Wording
    bands: tuple[MeasureBand, ...]
    most: Decimal | None = None
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the facts asked, in order."""
        return ("measured",)

    def level(self, answer: Answer) -> LevelId | None:
        """The first band whose threshold lets the number in."""
        if not isinstance(answer, Measured):
            return None
        return next(
            band.level for band in self.bands if band.bound is None or band.bound.lets_in(answer.value, band.threshold)
        )


@dataclass(frozen=True, slots=True)
class DeductionFacts(_Kind):
    """An item that loses `each` points for every problem found, down to 0 and no further."""

    each: Points
    unit: Wording

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the facts asked, in order."""
        return ("problems",)

    def points(self, full: Points, answer: Answer) -> Points | None:
        """`full` less `each` for every problem, never below 0."""
        return max(full - answer.problems * self.each, NOTHING) if isinstance(answer, Counted) else None


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence to be ticked off; without a `required` one the item yields nothing."""

    id: str
    label: Wording
    required: bool = False


@dataclass(frozen=True, slots=True)
class ProofFacts(_Kind):
    """An item that yields `each` points for every proof at hand; `each` None: all its points for all the proofs."""

    proofs: tuple[Proof, ...]
    each: Points | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the facts asked, in order."""
        return ("proofs",)

    def missing(self, answer: Ticked) -> tuple[Proof, ...]:
        """The required proofs that are not at hand."""
        return tuple(proof for proof in self.proofs if proof.required and proof.id not in answer.proofs)

    def points(self, full: Points, answer: Answer) -> Points | None:
        """`each` for every proof, up to `full`; nothing where a required one is missing."""
        if not isinstance(answer, Ticked):
            return None
        if self.missing(answer):
            return NOTHING
        at_hand = sum(proof.id in answer.proofs for proof in self.proofs)
        if self.each is None:
            return full if at_hand == len(self.proofs) else NOTHING
        return min(self.each * at_hand, full)


Facts: TypeAlias = CountFacts | RateFacts | MeasureFacts | DeductionFacts | ProofFacts
