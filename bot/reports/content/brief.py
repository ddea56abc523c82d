"""What the content of every document is drawn from: the case, its score, and the words of our own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.reports.case import Case
    from bot.reports.sentences import Sentences
    from bot.reports.templates import Templates
    from bot.rubric.scoring import Summary

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no document may hold; a line feed and a tab are no such thing."""


@dataclass(frozen=True, slots=True)
class Brief:
    """The case with everything that was computed for it, once."""

    case: Case
    summary: Summary
    templates: Templates
    sentences: Sentences

    def words(self, key: str, **values: object) -> str:
        """A sentence of ours; what people wrote stands in it as it is, without what cannot be printed."""
        return printable(self.sentences.render(key, **values))


def printable(text: str) -> str:
    """The text without control characters and half characters, with line feeds alone between its lines."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
