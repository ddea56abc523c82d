"""The words of our own in documents: templates in the data, each under a key, which an authority may replace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reports.templating import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping


class Sentences:
    """Templates by their keys; what they say is plain text, which each renderer escapes for its format."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def render(self, key: str, **values: object) -> str:
        """The sentence of that key; InvalidInputError where its template is wrong."""
        return text_of(self._texts[key], values, place=key)
