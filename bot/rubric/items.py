"""小项, the lines of the table: what each asks, what each finding yields, and whether it may not apply."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from bot.rubric.basics import NOTHING, ItemId, Level, LevelId, Points, Score, Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.rubric.facts import Facts


class NotApplicableReport(Enum):
    """What a self-assessment reports for a 不涉及 item until a reviewer accepts or refuses it."""

    FULL = "full"
    ZERO = "zero"
    LEFT_OUT = "left_out"
    """The item leaves the sum: its points are taken out of the total as well."""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """不涉及 is offered for this item, always with a reason: low 0, high full, unless it `needs_ruling` no more."""

    reported: NotApplicableReport
    when: Wording
    needs_ruling: bool = True


@dataclass(frozen=True)
class Item:
    """小项: one line of the table, with the official words verbatim.

    `guidance` is 评估方法和标准; where its cell is merged with cells above, the text is inherited.
    `guidance_rows` is how many rows the printed cell spans when it begins at this item, 0 where it is inherited.
    An item without points (`has_points` False) is met or not: its `points` are 1 and join no sum of points.
    `star` marks a ★ item, which must not lose a point.
    """

    id: ItemId
    text: str
    points: Points
    guidance: str
    guidance_rows: int
    gloss: Wording
    levels: tuple[Level, ...]
    facts: Facts | None = None
    not_applicable: NotApplicable | None = None
    has_points: bool = True
    star: bool = False

    @cached_property
    def _levels_by_id(self) -> dict[LevelId, Level]:
        return {level.id: level for level in self.levels}

    @cached_property
    def scores(self) -> Mapping[LevelId, Score]:
        """What each level yields, by the level's id."""
        return {level.id: Score(level.low, level.high, level.reported) for level in self.levels}

    def level(self, level_id: LevelId) -> Level | None:
        """The level of that id, or None."""
        return self._levels_by_id.get(level_id)

    @cached_property
    def full_level(self) -> Level | None:
        """The first level that yields all the points."""
        return next((level for level in self.levels if level.low == self.points), None)

    @cached_property
    def zero_levels(self) -> tuple[Level, ...]:
        """The levels that yield nothing, for certain."""
        return tuple(level for level in self.levels if level.high == 0)

    @cached_property
    def may_fail(self) -> bool:
        """Whether one of its findings fails the station: 一票否决."""
        return any(level.fails for level in self.levels)

    @cached_property
    def may_be_left_out(self) -> bool:
        """Whether it leaves the sum where it does not apply."""
        return self.not_applicable is not None and self.not_applicable.reported is NotApplicableReport.LEFT_OUT

    @cached_property
    def is_two_valued(self) -> bool:
        """Whether every finding yields all or nothing: such items may share a group card."""
        plain = all(level.low == level.high and level.low in (NOTHING, self.points) for level in self.levels)
        return plain and self.facts is None and self.not_applicable is None and not self.may_fail
