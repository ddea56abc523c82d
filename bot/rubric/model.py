"""What a 评估表 is made of: frozen, complete, with nothing of any one province in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Points: TypeAlias = Decimal
"""分值 or 得分: exact decimals, never floats."""

ItemId: TypeAlias = str
"""`<中项>.<n>`, always a string: "2.1.10" is the tenth 小项 of 2.1."""

VetoId: TypeAlias = str
LevelId: TypeAlias = str


@dataclass(frozen=True, slots=True)
class Wording:
    """A text of ours that stands in the data in every language, by locale ("zh_CN", "en")."""

    by_locale: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Level:
    """评分档次: one possible finding of an item, and the points that it yields.

    `low` < `high` where the notice leaves the case open; `open_words` then quotes the words that do.
    `reported` is what a self-assessment counts until a reviewer rules: the lower figure unless the data says otherwise.
    """

    id: LevelId
    when: Wording
    low: Points
    high: Points
    reported: Points
    open_words: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """得分 as an interval: 0 ≤ low ≤ reported ≤ high ≤ points; the three agree where nothing is open."""

    low: Points
    high: Points
    reported: Points


@dataclass(frozen=True, slots=True)
class CountBand:
    """The level that a number of problems up to and including `at_most` leads to; None means any number."""

    at_most: int | None
    level: LevelId


@dataclass(frozen=True, slots=True)
class CountFacts:
    """An item graded by the number of problems found, perhaps with a level for a serious one."""

    bands: tuple[CountBand, ...]
    serious: LevelId | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the facts asked, in order."""
        return ("problems",) if self.serious is None else ("problems", "serious")


@dataclass(frozen=True, slots=True)
class RateFacts:
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


Facts: TypeAlias = CountFacts | RateFacts


class NotApplicableReport(Enum):
    """What a self-assessment reports for a 不涉及 item until a reviewer accepts or refuses it."""

    FULL = "full"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """不涉及 is offered for this item, always with a reason: low 0, high full."""

    reported: NotApplicableReport
    when: Wording


@dataclass(frozen=True)
class Item:
    """小项: one line of the table, with the official words verbatim.

    `guidance` is 评估方法和标准; where its cell is merged with cells above, the text is inherited.
    `guidance_rows` is how many rows the printed cell spans when it begins at this item, 0 where it is inherited.
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
    def is_two_valued(self) -> bool:
        """Whether every finding yields all or nothing: such items may share a group card."""
        plain = all(level.low == level.high and level.low in (Decimal(0), self.points) for level in self.levels)
        return plain and self.facts is None and self.not_applicable is None


@dataclass(frozen=True, slots=True)
class Section:
    """中项, with its title as printed but for the number."""

    id: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """大项, with its title as printed but for the number and the points."""

    id: str
    title: str
    points: Points
    sections: tuple[Section, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All 小项 of the chapter, in the order of the table."""
        return tuple(item for section in self.sections for item in section.items)


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


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of the notice with the clause where they stand, such as "通知二（二）2"."""

    clause: str
    text: str


@dataclass(frozen=True, slots=True)
class SheetChapter:
    """The part of a chapter that one printed sheet holds; `label` is its first cell as printed."""

    chapter: str
    label: str
    items: tuple[ItemId, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One printed page of the form, such as 表2-1, with its heading words as they stand there."""

    id: str
    caption: str
    head: str
    columns: tuple[str, ...]
    chapters: tuple[SheetChapter, ...]


@dataclass(frozen=True, eq=False)
class Rubric:
    """评估表: everything a walk, a score and a printed form need, and nothing else."""

    id: str
    version: int
    title: str
    document_number: str
    document_date: str
    issuer: str
    total: Points
    pass_mark: Points
    chapters: tuple[Chapter, ...]
    groups: tuple[Group, ...]
    vetoes: tuple[Veto, ...]
    veto_consequences: tuple[Quotation, ...]
    sheets: tuple[Sheet, ...]
    section_labels: Mapping[str, str] = field(default_factory=dict)

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
