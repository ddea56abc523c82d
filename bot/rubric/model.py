"""What a 评估表 is made of: frozen, complete, with nothing of any one province in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from bot.rubric.basics import ItemId, Level, LevelId, Points, Score, VetoId, Wording
from bot.rubric.facts import CountBand, CountFacts, Facts, RateFacts
from bot.rubric.items import Item, NotApplicable, NotApplicableReport
from bot.rubric.printing import Quotation, Sheet, SheetChapter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.rubric.outcomes import Outcome, Rescaling

__all__ = [
    "Chapter",
    "CountBand",
    "CountFacts",
    "Facts",
    "Group",
    "Item",
    "ItemId",
    "Level",
    "LevelId",
    "NotApplicable",
    "NotApplicableReport",
    "Points",
    "Quotation",
    "RateFacts",
    "Rubric",
    "Score",
    "Section",
    "Sheet",
    "SheetChapter",
    "Veto",
    "VetoChoice",
    "VetoId",
    "Wording",
]


@dataclass(frozen=True, slots=True)
class Section:
    """中项, with its title as printed but for the number."""

    id: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Chapter:
    """大项, with its title as printed but for the number and the points; 0 points where no item has any."""

    id: str
    title: str
    points: Points
    sections: tuple[Section, ...]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All 小项 of the chapter, in the order of the table."""
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def item_ids(self) -> tuple[ItemId, ...]:
        """Their ids."""
        return tuple(item.id for item in self.items)

    @cached_property
    def scored(self) -> tuple[Item, ...]:
        """Those with points."""
        return tuple(item for item in self.items if item.has_points)

    @cached_property
    def unscored(self) -> tuple[Item, ...]:
        """Those that are only met or not."""
        return tuple(item for item in self.items if not item.has_points)


@dataclass(frozen=True, slots=True)
class Group:
    """Two-valued items that are answered on one card, because they are checked in one go."""

    id: str
    title: Wording
    items: tuple[ItemId, ...]


@dataclass(frozen=True, slots=True)
class VetoChoice:
    """One way of answering a condition, worded as a fact without double negatives."""

    id: str
    declares: bool
    label: Wording


@dataclass(frozen=True, slots=True)
class Veto:
    """直接列为不合格的情形: one condition that fails a station whatever its score.

    `details` asks what and when, where a declaration needs it; `special` offers a way out in words, where there is one.
    """

    id: VetoId
    text: str
    question: Wording
    choices: tuple[VetoChoice, ...]
    details: Wording | None = None
    special: Wording | None = None

    @property
    def mark(self) -> str:
        """The sign it is listed under, as printed: "⑴"."""
        return self.text[:1]

    def choice(self, choice_id: str) -> VetoChoice | None:
        """The choice of that id, or None."""
        return next((choice for choice in self.choices if choice.id == choice_id), None)


@dataclass(frozen=True, eq=False)
class Rubric:
    """评估表: everything a walk, a score and a printed form need, and nothing else.

    Either it has a `pass_mark`, and its outcomes are 合格 and 不合格, or it brings `outcomes` of its own, best first.
    `total` is 0 where no item has points. `heading` and `closing` stand in place of our own words, where it has them.
    """

    id: str
    version: int
    title: str
    document_number: str
    document_date: str
    issuer: str
    total: Points
    pass_mark: Points | None
    chapters: tuple[Chapter, ...]
    groups: tuple[Group, ...]
    vetoes: tuple[Veto, ...]
    veto_consequences: tuple[Quotation, ...]
    sheets: tuple[Sheet, ...]
    section_labels: Mapping[str, str] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()
    rescaling: Rescaling | None = None
    heading: Wording | None = None
    closing: Wording | None = None

    @property
    def final_points(self) -> Points:
        """What the final total is out of: the rescaled one where there is one."""
        return self.total if self.rescaling is None else self.rescaling.to

    @property
    def has_points(self) -> bool:
        """Whether any item has points."""
        return bool(self.total)

    @cached_property
    def stars(self) -> tuple[Item, ...]:
        """The ★ items."""
        return tuple(item for item in self.items.values() if item.star)

    @cached_property
    def failing(self) -> tuple[Item, ...]:
        """The 一票否决 items: one of their findings fails the station."""
        return tuple(item for item in self.items.values() if item.may_fail)

    @cached_property
    def unscored(self) -> tuple[Item, ...]:
        """The items without points."""
        return tuple(item for item in self.items.values() if not item.has_points)

    @cached_property
    def items(self) -> Mapping[ItemId, Item]:
        """Every 小项 by its id, in the order of the table."""
        return {item.id: item for chapter in self.chapters for item in chapter.items}

    @cached_property
    def order(self) -> Mapping[ItemId, int]:
        """The place of each item in the table, from 1."""
        return {item_id: place for place, item_id in enumerate(self.items, start=1)}

    @cached_property
    def chapter_of(self) -> Mapping[ItemId, Chapter]:
        """The chapter that each item stands in."""
        return {item.id: chapter for chapter in self.chapters for item in chapter.items}

    @cached_property
    def section_of(self) -> Mapping[ItemId, Section]:
        """The section that each item stands in."""
        return {item.id: section for chapter in self.chapters for section in chapter.sections for item in section.items}

    @cached_property
    def group_of(self) -> Mapping[ItemId, Group]:
        """The group of each item that is in one."""
        return {item_id: group for group in self.groups for item_id in group.items}

    @cached_property
    def groups_by_id(self) -> Mapping[str, Group]:
        """Every group by its id."""
        return {group.id: group for group in self.groups}

    @cached_property
    def vetoes_by_id(self) -> Mapping[VetoId, Veto]:
        """Every condition by its id, in the notice's order."""
        return {veto.id: veto for veto in self.vetoes}
