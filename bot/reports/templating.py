"""The language of every template of documents: jinja2 in a sandbox, each compiled once, its faults put into words."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from babel.dates import format_date
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from bot.errors import InvalidInputError
from bot.problems import Problem
from bot.reports.codes import TemplateCode
from bot.rubric.figures import figure_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jinja2 import Template

_LOCALE: Final = "zh_CN"
"""Official papers are in Chinese, whatever language their writer reads the chat in."""
_KEPT: Final = 1024
"""There are as many templates as the data has, whatever people write."""
_FAULTS: Final[tuple[type[Exception], ...]] = (TemplateError, TypeError, LookupError, ValueError, ArithmeticError)
"""What a template can raise by what it says."""


def text_of(template: str, values: Mapping[str, object], *, place: str = "") -> str:
    """The text of a template; InvalidInputError, blamed on the place or else on its words, where it cannot be said."""
    with blamed_on(place or template):
        return _template(template).render(values)


def value_of(expression: str, values: Mapping[str, object]) -> object:
    """What an expression comes to; InvalidInputError where it cannot be told."""
    with blamed_on(expression):
        return _expression(expression)(values)


@lru_cache(maxsize=_KEPT)
def fault_in(template: str) -> str | None:
    """What keeps a template from being read; None where nothing does."""
    return _fault(_ENVIRONMENT.parse, template)


@lru_cache(maxsize=_KEPT)
def fault_in_expression(expression: str) -> str | None:
    """The same of an expression."""
    return _fault(_ENVIRONMENT.compile_expression, expression)


@contextmanager
def blamed_on(place: str, *others: type[Exception]) -> Iterator[None]:
    """Put what a template raises, or a file of that kind, into the words of L001."""
    try:
        yield
    except (*_FAULTS, *others) as error:
        raise InvalidInputError([Problem(TemplateCode.UNREADABLE_TEMPLATE, place, {"reason": str(error)})]) from error


def _fault(read: Callable[[str], object], text: str) -> str | None:
    try:
        read(text)
    except TemplateSyntaxError as error:
        return error.message or type(error).__name__
    return None


@lru_cache(maxsize=_KEPT)
def _template(text: str) -> Template:
    return _ENVIRONMENT.from_string(text)


@lru_cache(maxsize=_KEPT)
def _expression(text: str) -> Callable[[Mapping[str, object]], object]:
    return _ENVIRONMENT.compile_expression(text, undefined_to_none=False)


def _written(value: object) -> object:
    if isinstance(value, Decimal):
        return figure_text(value)
    return format_date(value, "long", locale=_LOCALE) if isinstance(value, date) else value


_ENVIRONMENT: Final = SandboxedEnvironment(
    undefined=StrictUndefined,
    finalize=_written,
    autoescape=False,
    keep_trailing_newline=False,
    trim_blocks=True,
    lstrip_blocks=True,
)
