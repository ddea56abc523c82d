"""The kinds of values in a rubric file, and the strictness that all its shapes share."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, PlainValidator
from pydantic_core import PydanticCustomError

from bot.data_files.values import StrictShape, Text, WordingSource
from bot.rubric.codes import RubricCode

__all__ = ["FULL", "MOST_POINTS", "LevelPoints", "Met", "PointsSource", "Strict", "Text", "WordingSource"]

FULL = "full"
MOST_POINTS = 10**9
_MOST_PLACES = 4
"""So that every sum and product of points fits a Decimal exactly."""


def _points(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)) or not 0 <= value < MOST_POINTS:
        raise PydanticCustomError(RubricCode.NOT_POINTS, "points")
    exact = Decimal(value)
    if exact != round(exact, _MOST_PLACES):
        raise PydanticCustomError(RubricCode.NOT_POINTS, "points")
    return exact


def _level_points(value: object) -> object:
    return value if value == FULL else _points(value)


def _met(value: object) -> object:
    if value == "open" or isinstance(value, bool):
        return value
    raise PydanticCustomError(RubricCode.NOT_MET_OR_OPEN, "met")


PointsSource: TypeAlias = Annotated[Decimal, BeforeValidator(_points)]
LevelPoints: TypeAlias = Annotated[Decimal | Literal["full"], PlainValidator(_level_points)]
Met: TypeAlias = Annotated[bool | Literal["open"], PlainValidator(_met)]


class Strict(StrictShape):
    """A part of a rubric file."""
