"""What the buttons of the check ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class StartMeasure:
    """Begin the measure of an item or a condition, or go on with the one that was begun."""

    about: str


@dataclass(frozen=True, slots=True)
class Mend:
    """Set out to put right what the finding of that code names."""

    finding: str


CheckIntent: TypeAlias = StartMeasure | Mend
