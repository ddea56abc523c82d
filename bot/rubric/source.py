"""The shape of a rubric file, as pydantic checks it before anything is made of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, PlainValidator, Tag
from pydantic_core import PydanticCustomError

from bot.rubric.codes import RubricCode

FULL = "full"


def _points(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)) or value < 0:
        raise PydanticCustomError(RubricCode.NOT_POINTS, "points")
    return Decimal(value)


def _level_points(value: object) -> object:
    return value if value == FULL else _points(value)


def _kind_of_levels(value: object) -> str:
    return "<scale>" if isinstance(value, str) else "<own>"


Text: TypeAlias = Annotated[str, Field(min_length=1)]
PointsSource: TypeAlias = Annotated[Decimal, BeforeValidator(_points)]
LevelPoints: TypeAlias = Annotated[Decimal | Literal["full"], PlainValidator(_level_points)]
WordingSource: TypeAlias = dict[Text, Text]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class LevelSource(_Strict):
    """A level: `points`, or `low` and `high` with the words that leave it open."""

    id: Text
    when: WordingSource
    points: LevelPoints | None = None
    low: PointsSource | None = None
    high: PointsSource | None = None
    reported: PointsSource | None = None
    open_words: str = ""


class BandSource(_Strict):
    """One band of a count; the last one has no `at_most`."""

    at_most: Annotated[int, Field(ge=0)] | None = None
    level: Text


class RateSource(_Strict):
    """Errors ÷ sampled against a limit such as 3/100."""

    limit: Text
    below: Text
    exactly: Text
    above: Text
    unit: WordingSource


class FactsSource(_Strict):
    """Either `problems` (perhaps with `serious`) or `rate`."""

    problems: Annotated[list[BandSource], Field(min_length=1)] | None = None
    serious: Text | None = None
    rate: RateSource | None = None


class NotApplicableSource(_Strict):
    """不涉及 as one item offers it."""

    reported: Literal["full", "zero"]
    when: WordingSource


LevelsSource: TypeAlias = Annotated[
    Annotated[Text, Tag("<scale>")] | Annotated[list[LevelSource], Field(min_length=1), Tag("<own>")],
    Discriminator(_kind_of_levels),
]


class ItemSource(_Strict):
    """A 小项, with its own guidance or a reference to the item whose cell it shares."""

    id: Text
    text: Text
    points: PointsSource
    guidance: Text | None = None
    guidance_of: Text | None = None
    guidance_rows: Annotated[int, Field(ge=1)] = 1
    gloss: WordingSource
    levels: LevelsSource
    facts: FactsSource | None = None
    not_applicable: NotApplicableSource | None = None


class SectionSource(_Strict):
    """A 中项; `label` as printed, number and all."""

    id: Text
    label: Text
    items: Annotated[list[ItemSource], Field(min_length=1)]


class ChapterSource(_Strict):
    """A 大项."""

    id: Text
    title: Text
    points: PointsSource
    sections: Annotated[list[SectionSource], Field(min_length=1)]


class GroupSource(_Strict):
    """Items answered on one card."""

    id: Text
    title: WordingSource
    items: Annotated[list[Text], Field(min_length=1)]


class ChoiceSource(_Strict):
    """One way of answering a condition."""

    id: Text
    declares: bool
    label: WordingSource


class VetoSource(_Strict):
    """One condition that fails a station whatever its score."""

    id: Text
    text: Text
    question: WordingSource
    choices: Annotated[list[ChoiceSource], Field(min_length=1)]
    details: WordingSource | None = None
    special: WordingSource | None = None


class QuotationSource(_Strict):
    """Words of the notice and the clause where they stand."""

    clause: Text
    text: Text


class SheetChapterSource(_Strict):
    """The run of items, from `first` to `last`, that one chapter has on one printed sheet."""

    chapter: Text
    label: Text
    first: Text
    last: Text


class SheetSource(_Strict):
    """One printed page."""

    id: Text
    caption: Text
    head: Text
    columns: Annotated[list[Text], Field(min_length=1)]
    chapters: Annotated[list[SheetChapterSource], Field(min_length=1)]


class RubricSource(_Strict):
    """A whole rubric file."""

    id: Text
    version: Annotated[int, Field(ge=1)]
    title: Text
    document_number: Text
    document_date: Text
    issuer: Text
    total: PointsSource
    pass_mark: PointsSource
    scales: dict[Text, Annotated[list[LevelSource], Field(min_length=1)]]
    chapters: list[ChapterSource]
    groups: list[GroupSource]
    vetoes: list[VetoSource]
    veto_consequences: list[QuotationSource]
    sheets: list[SheetSource]
