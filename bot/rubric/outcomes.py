"""What a score comes to: outcome bands, the gates that lead to each, and a total that is rescaled first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from bot.rubric.basics import NOTHING, Points, Score, Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

_PERCENT = 100


class End(Enum):
    """The two ends of everything that is still open."""

    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Reached:
    """What was reached out of `points`, of a chapter or of the whole.

    `left_out` are the points of the items that certainly do not apply, `pending` of those whose 不涉及 waits for a
    ruling: the score counts these as open, 0 to all, and reports nothing for them.
    """

    points: Points
    score: Score
    left_out: Points = NOTHING
    pending: Points = NOTHING

    @property
    def out_of(self) -> Points:
        """The points that can be reached, without what certainly does not apply."""
        return self.points - self.left_out

    def is_at_least(self, percent: Points, end: End) -> bool:
        """Whether this part of what applies was reached; where nothing applies, nothing is lacking."""
        figure = self.score.low if end is End.LOW else self.score.high
        return figure * _PERCENT >= percent * self.out_of


class Rounding(Enum):
    """How a rescaled total is rounded; the value is its word in the data."""

    HALF_UP = "half_up"
    """四舍五入"""
    HALF_EVEN = "half_even"
    """四舍六入五成双"""
    DOWN = "down"
    """舍去"""
    UP = "up"
    """进一"""


@dataclass(frozen=True, slots=True)
class Rescaling:
    """Score ÷ (total − not applicable) × `to`, rounded to so many decimal places."""

    to: Points
    places: int
    rounding: Rounding

    def rescale(self, reached: Reached) -> Score:
        """The rescaled figures: low and high as if every open 不涉及 were refused, reported as if it were accepted.

        0 ≤ low ≤ reported ≤ high ≤ `to` holds. Where nothing applies, everything is open.
        """
        if not reached.out_of:
            return Score(NOTHING, self.to, NOTHING)
        score = reached.score
        low, high = self._share(score.low, reached.out_of), self._share(score.high, reached.out_of)
        applying = reached.out_of - reached.pending
        return Score(low, high, self._share(score.reported, applying) if applying else low)

    def _share(self, figure: Points, out_of: Points) -> Points:
        exact = Fraction(figure) / Fraction(out_of) * Fraction(self.to) * 10**self.places
        return Points(_whole(exact, self.rounding)).scaleb(-self.places)


def _whole(exact: Fraction, rounding: Rounding) -> int:
    match rounding:
        case Rounding.HALF_UP:
            return int(exact + Fraction(1, 2))
        case Rounding.HALF_EVEN:
            return round(exact)
        case Rounding.DOWN:
            return int(exact)
        case Rounding.UP:
            return -int(-exact // 1)


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that a gate may look at; `stars_lost` counts the ★ items that lost points, at either end."""

    total: Score
    chapters: Mapping[str, Reached]
    met: Reached
    stars_lost: Mapping[End, int]


@dataclass(frozen=True, slots=True)
class TotalGate:
    """The total, rescaled where the rubric rescales it, is at least this."""

    at_least: Points

    def holds(self, standing: Standing, end: End) -> bool:
        """Whether it is so at that end of what is open."""
        return (standing.total.low if end is End.LOW else standing.total.high) >= self.at_least


@dataclass(frozen=True, slots=True)
class ChapterGate:
    """A chapter reaches this percentage of what applies in it: of its points, or of its items where it has none."""

    chapter: str
    percent: Points

    def holds(self, standing: Standing, end: End) -> bool:
        """Whether it is so at that end of what is open."""
        return standing.chapters[self.chapter].is_at_least(self.percent, end)


@dataclass(frozen=True, slots=True)
class MetGate:
    """Of the items without points, this percentage of those that apply is met."""

    percent: Points

    def holds(self, standing: Standing, end: End) -> bool:
        """Whether it is so at that end of what is open."""
        return standing.met.is_at_least(self.percent, end)


@dataclass(frozen=True, slots=True)
class StarsGate:
    """At most so many ★ items lost points."""

    at_most: int

    def holds(self, standing: Standing, end: End) -> bool:
        """Whether it is so at that end of what is open."""
        return standing.stars_lost[end] <= self.at_most


Gate: TypeAlias = TotalGate | ChapterGate | MetGate | StarsGate


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome band: reached when all its gates hold and no better one is; the last one has no gates."""

    id: str
    label: Wording
    passes: bool
    gates: tuple[Gate, ...] = ()

    def is_reached(self, standing: Standing, end: End) -> bool:
        """Whether all gates hold at that end of what is open."""
        return all(gate.holds(standing, end) for gate in self.gates)


def span(outcomes: tuple[Outcome, ...], standing: Standing, *, may_fail: bool) -> tuple[Outcome, ...]:
    """The outcomes that are still possible, best first; never empty, since the last one takes everybody."""
    best = next(place for place, each in enumerate(outcomes) if each.is_reached(standing, End.HIGH))
    worst = next(place for place, each in enumerate(outcomes) if each.is_reached(standing, End.LOW))
    return outcomes[best:] if may_fail else outcomes[best : worst + 1]


def pass_or_fail(pass_mark: Points) -> tuple[Outcome, ...]:
    """The two outcomes of a rubric with a pass mark; what to call them is left to who speaks of them."""
    nameless = Wording({})
    return (
        Outcome("pass", nameless, passes=True, gates=(TotalGate(pass_mark),)),
        Outcome("fail", nameless, passes=False),
    )
