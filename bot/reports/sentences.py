"""The words of our own in documents: jinja2 templates in the data, each under a key, which an authority may replace."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from babel.dates import format_date
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from bot.rubric.figures import figure_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Template


_LOCALE: Final = "zh_CN"
"""Official papers are in Chinese, whatever language their writer reads the chat in."""


class Sentences:
    """Templates by their keys; what they say is plain text, which each renderer escapes for its format."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def render(self, key: str, **values: object) -> str:
        """The sentence of that key; KeyError where the data has none, jinja2.TemplateError where it is wrong."""
        return _compiled(self._texts[key]).render(values)


@lru_cache(maxsize=1024)
def _compiled(text: str) -> Template:
    """A template of the data: there are as many as there are sentences, whatever people write."""
    return _ENVIRONMENT.from_string(text)


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
