"""The language of the letter's templates: jinja2 in a sandbox, each compiled once, its faults put into words."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from bot.errors import InvalidInputError
from bot.problems import Problem
from bot.reports.codes import TemplateCode
from bot.reports.sentences import Sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_ENVIRONMENT: Final = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
_KEY: Final = "letter"
_KEPT: Final = 512
_FAULTS: Final = (TemplateError, TypeError, LookupError, ValueError, ArithmeticError)
"""What a template can raise by what it says."""


def text_of(template: str, values: Mapping[str, object]) -> str:
    """The text of a template; InvalidInputError where it cannot be said."""
    with _blamed_on(template):
        return _sentences(template).render(_KEY, **values)


def holds(expression: str, values: Mapping[str, object]) -> bool:
    """Whether an expression is true; InvalidInputError where it cannot be told."""
    with _blamed_on(expression):
        return bool(_compiled(expression)(values))


def all_of(expression: str, values: Mapping[str, object]) -> tuple[object, ...]:
    """The values that an expression comes to; InvalidInputError where it is no list."""
    with _blamed_on(expression):
        found = _compiled(expression)(values)
        if not isinstance(found, Iterable):
            raise TypeError(type(found).__name__)
        return tuple(found)


@lru_cache(maxsize=_KEPT)
def fault_in(template: str) -> str | None:
    """What keeps a template from being read; None where nothing does."""
    try:
        _ENVIRONMENT.parse(template)
    except TemplateSyntaxError as error:
        return error.message or type(error).__name__
    return None


@lru_cache(maxsize=_KEPT)
def fault_in_expression(expression: str) -> str | None:
    """The same of an expression."""
    try:
        _ENVIRONMENT.compile_expression(expression)
    except TemplateSyntaxError as error:
        return error.message or type(error).__name__
    return None


@lru_cache(maxsize=_KEPT)
def _sentences(template: str) -> Sentences:
    return Sentences({_KEY: template})


@lru_cache(maxsize=_KEPT)
def _compiled(expression: str) -> Callable[[Mapping[str, object]], object]:
    return _ENVIRONMENT.compile_expression(expression, undefined_to_none=False)


@contextmanager
def _blamed_on(template: str) -> Iterator[None]:
    try:
        yield
    except _FAULTS as error:
        details = {"reason": str(error)}
        raise InvalidInputError([Problem(TemplateCode.UNREADABLE_TEMPLATE, template, details)]) from error
