"""Rounds of trials, one contender after the other, so that a busy moment of the machine falls on all alike."""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import trial
from benchmarks.contenders import FULL, ZICHA, full, peers, zicha

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.contenders import Contender
    from benchmarks.trial import Figures

_PEOPLE_A_TRIAL = 1_000


@dataclass(frozen=True, slots=True)
class Ratio:
    """The median of a ratio over the rounds, and its range."""

    middle: float
    low: float
    high: float


@dataclass
class Comparison:
    """Every figure of every contender, by crowd and round."""

    crowds: Sequence[int]
    rounds: int = 0
    figures: dict[tuple[str, int], list[Figures]] = field(default_factory=dict)

    def median(self, name: str, crowd: int, what: str) -> float:
        """The median over the rounds."""
        return float(statistics.median(getattr(each, what) for each in self.figures[name, crowd]))

    def ratio(self, what: str, crowd: int, above: str, below: str = ZICHA) -> Ratio:
        """How `above` stands to `below`, round by round."""
        pairs = zip(self.figures[above, crowd], self.figures[below, crowd], strict=True)
        ratios = [getattr(one, what) / getattr(other, what) for one, other in pairs]
        return Ratio(statistics.median(ratios), min(ratios), max(ratios))

    @property
    def names(self) -> list[str]:
        """The contenders, in the order of the table."""
        return list(dict.fromkeys(name for name, _ in self.figures))


@dataclass(frozen=True, slots=True)
class Plan:
    """How many people, how many rounds at most, how long in all, and where things are."""

    crowds: Sequence[int]
    rounds: int
    seconds: float
    filled: Path
    peers_python: Path


async def compare(plan: Plan, tell: Callable[[str], None]) -> Comparison:
    """Run rounds until there are enough, or another one would not fit into the time; the first is always run."""
    comparison, began, longest = Comparison(plan.crowds), time.monotonic(), 0.0
    while comparison.rounds < plan.rounds and time.monotonic() - began + longest < plan.seconds:
        started = time.monotonic()
        for crowd in plan.crowds:
            for contender in (zicha, full, *peers):
                figures = await _trial(plan, contender, crowd, comparison.rounds)
                comparison.figures.setdefault((contender.name, crowd), []).append(figures)
                speed = f"{figures.taps_per_second:.0f} taps/s, p50 {figures.p50:.1f} ms"
                tell(f"{crowd:>3} people  {contender.name}: {speed}")
        comparison.rounds += 1
        longest = max(longest, time.monotonic() - started)
    return comparison


async def _trial(plan: Plan, contender: Contender, crowd: int, number: int) -> Figures:
    """One trial in a folder of its own, or on the full database, with people who were never there before."""
    first = time.time_ns() // 1_000_000 % 1_000_000_000 * _PEOPLE_A_TRIAL // 1_000 + number
    people = range(first, first + crowd)
    if contender.name == FULL:
        return await trial.run(contender, people, plan.filled, plan.peers_python)
    with tempfile.TemporaryDirectory(prefix="zicha-bench-") as folder:
        return await trial.run(contender, people, Path(folder), plan.peers_python)
