"""The shape of a rubric file, as pydantic checks it before anything is made of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.rubric.levels_source import (  # noqa: TC001 - pydantic reads the annotations
    FactsSource,
    LevelSource,
    LevelsSource,
    NotApplicableSource,
)
from bot.rubric.values import PointsSource, Strict, Text, WordingSource


class ItemSource(Strict):
    """A 小项, with its own guidance or a reference to the item whose cell it shares."""

    id: Text
    text: Text
    points: PointsSource | None = None
    star: bool = False
    guidance: Text | None = None
    guidance_of: Text | None = None
    guidance_rows: Annotated[int, Field(ge=1)] = 1
    gloss: WordingSource
    levels: LevelsSource | None = None
    facts: FactsSource | None = None
    not_applicable: NotApplicableSource | None = None


class SectionSource(Strict):
    """A 中项; `label` as printed, number and all."""

    id: Text
    label: Text
    items: Annotated[list[ItemSource], Field(min_length=1)]


class ChapterSource(Strict):
    """A 大项."""

    id: Text
    title: Text
    points: PointsSource | None = None
    sections: Annotated[list[SectionSource], Field(min_length=1)]


class GroupSource(Strict):
    """Items answered on one card."""

    id: Text
    title: WordingSource
    items: Annotated[list[Text], Field(min_length=1)]


class ChoiceSource(Strict):
    """One way of answering a condition."""

    id: Text
    declares: bool
    label: WordingSource


class VetoSource(Strict):
    """One condition that fails a station whatever its score."""

    id: Text
    text: Text
    question: WordingSource
    choices: Annotated[list[ChoiceSource], Field(min_length=1)]
    details: WordingSource | None = None
    special: WordingSource | None = None


class QuotationSource(Strict):
    """Words of the notice and the clause where they stand."""

    clause: Text
    text: Text


class SheetChapterSource(Strict):
    """The run of items, from `first` to `last`, that one chapter has on one printed sheet."""

    chapter: Text
    label: Text
    first: Text
    last: Text


class SheetSource(Strict):
    """One printed page."""

    id: Text
    caption: Text
    head: Text
    columns: Annotated[list[Text], Field(min_length=1)]
    chapters: Annotated[list[SheetChapterSource], Field(min_length=1)]


class GatesSource(Strict):
    """What it takes to reach an outcome; percentages are written as "80%"."""

    total: PointsSource | None = None
    chapters: dict[Text, Text] = Field(default_factory=dict)
    met: Text | None = None
    stars_lost: Annotated[int, Field(ge=0)] | None = None


class OutcomeSource(Strict):
    """One outcome band; the last one, without `needs`, takes everybody else."""

    id: Text
    label: WordingSource
    passes: bool
    needs: GatesSource | None = None


class RescalingSource(Strict):
    """Score ÷ (total − not applicable) × `to`, and how it is rounded."""

    to: PointsSource
    places: Annotated[int, Field(ge=0, le=4)]
    rounding: Literal["half_up", "half_even", "down", "up"]


class RubricSource(Strict):
    """A whole rubric file."""

    id: Text
    version: Annotated[int, Field(ge=1)]
    title: Text
    document_number: Text
    document_date: Text
    issuer: Text
    heading: WordingSource | None = None
    closing: WordingSource | None = None
    total: PointsSource | None = None
    pass_mark: PointsSource | None = None
    outcomes: Annotated[list[OutcomeSource], Field(min_length=1)] | None = None
    rescaling: RescalingSource | None = None
    scales: dict[Text, Annotated[list[LevelSource], Field(min_length=1)]] = Field(default_factory=dict)
    chapters: list[ChapterSource]
    groups: list[GroupSource] = Field(default_factory=list)
    vetoes: list[VetoSource] = Field(default_factory=list)
    veto_consequences: list[QuotationSource] = Field(default_factory=list)
    sheets: list[SheetSource] = Field(default_factory=list)
