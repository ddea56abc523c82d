"""The kinds of values that all data files share, and their strictness."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

Text: TypeAlias = Annotated[str, Field(min_length=1)]
WordingSource: TypeAlias = dict[Text, Text]


class StrictShape(BaseModel):
    """Nothing unknown, nothing converted, nothing changed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
