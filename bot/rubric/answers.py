"""What a station can say about one 小项: a level, the facts that it is graded by, or 不涉及 with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from decimal import Decimal

    from bot.rubric.basics import LevelId


@dataclass(frozen=True, slots=True)
class Chosen:
    """A level picked by its id."""

    level: LevelId


@dataclass(frozen=True, slots=True)
class Counted:
    """How many problems were found, and whether one of them is serious."""

    problems: int
    serious: bool = False


@dataclass(frozen=True, slots=True)
class Sampled:
    """How many were sampled and how many of those had errors; `unit` as the station counted (份 by default)."""

    sampled: int
    errors: int
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """One number in the unit of the item, such as 85.5 ㎡."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Ticked:
    """The proofs at hand, by their ids in the order of the item; an empty one says that there is none."""

    proofs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Excused:
    """不涉及: the item does not apply, for this reason; a reviewer accepts or refuses it."""

    reason: str


Answer: TypeAlias = Chosen | Counted | Sampled | Measured | Ticked | Excused
