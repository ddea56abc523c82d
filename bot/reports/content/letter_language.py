"""What a letter's blocks ask of the templates' language: whether one is written, and over what it is repeated."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.reports.templating import blamed_on, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping


def holds(expression: str, values: Mapping[str, object]) -> bool:
    """Whether an expression is true; InvalidInputError where it cannot be told."""
    found = value_of(expression, values)
    with blamed_on(expression):
        return bool(found)


def all_of(expression: str, values: Mapping[str, object]) -> tuple[object, ...]:
    """The values that an expression comes to; InvalidInputError where it is no list."""
    found = value_of(expression, values)
    with blamed_on(expression):
        if not isinstance(found, Iterable):
            raise TypeError(type(found).__name__)
        return tuple(found)
