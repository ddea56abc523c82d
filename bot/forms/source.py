"""The shape of a form file, as pydantic checks it before anything is made of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.data_files.values import StrictShape, Text, WordingSource


class ChoiceSource(StrictShape):
    """One value that can be chosen."""

    id: Text
    label: Text
    meaning: WordingSource


class ConditionSource(StrictShape):
    """When a field is asked at all."""

    field: Text
    values: Annotated[list[Text], Field(min_length=1)]


class FieldSource(StrictShape):
    """One field, or one column of a table; `choices` may name a list under the file's `choices`."""

    id: Text
    label: Text
    kind: Literal[
        "text",
        "long_text",
        "name",
        "date",
        "period",
        "year",
        "number",
        "area",
        "postcode",
        "phone",
        "org_code",
        "approval_number",
        "card_number",
        "choice",
        "occupation",
        "levels",
    ]
    required: bool = True
    why: WordingSource
    example: str
    choices: Text | None = None
    when: ConditionSource | None = None
    personal: bool = False
    printed: bool = True


class TableSource(StrictShape):
    """A table of rows."""

    id: Text
    label: Text
    why: WordingSource
    most: Annotated[int, Field(ge=1, le=999)]
    required: bool = True
    columns: Annotated[list[FieldSource], Field(min_length=1)]


class SectionSource(StrictShape):
    """A part of the form."""

    id: Text
    label: Text
    why: WordingSource
    printed: bool = False
    fields: list[FieldSource] = Field(default_factory=list)
    tables: list[TableSource] = Field(default_factory=list)


class FormSource(StrictShape):
    """A whole form file."""

    id: Text
    version: Annotated[int, Field(ge=1)]
    title: Text
    choices: dict[Text, Annotated[list[ChoiceSource], Field(min_length=1)]] = Field(default_factory=dict)
    sections: Annotated[list[SectionSource], Field(min_length=1)]
