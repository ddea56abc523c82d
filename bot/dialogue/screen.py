"""What a person sees, as plain data: catalogue texts, official words, and buttons that carry intents."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from bot.rubric.model import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from decimal import Decimal

    from bot.assessments.model import AssessmentId
    from bot.dialogue.intents import Intent

_NO_ARGS: Mapping[str, Argument] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Say:
    """A text of ours: a catalogue key and what fills its placeholders; `count` picks the plural form."""

    key: str
    args: Mapping[str, Argument] = field(default_factory=lambda: _NO_ARGS)


Text: TypeAlias = Say | Wording | str
"""A catalogue text, a wording of the data, or words that stand as they are: official ones, or a person's own."""

Argument: TypeAlias = "Text | int | Decimal | datetime | tuple[Text, ...]"
"""What a placeholder takes; a tuple is listed in the language's way, a time is shown in the campaign's time zone."""


def say(key: str, **args: Argument) -> Say:
    """A catalogue text with its arguments."""
    return Say(key, args)


class Style(Enum):
    """How a run of words stands out; never the only carrier of a meaning."""

    PLAIN = ""
    BOLD = "b"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words in one style."""

    text: Text
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Line:
    """One line of spans; an empty one is a blank line."""

    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Official words that stand apart as a quotation."""

    text: Text


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """Lines that whoever draws the screen keeps and never changes: known by identity, they are rendered once."""

    lines: tuple[Line | Quote, ...]


Block: TypeAlias = Line | Quote | Passage


class Emphasis(Enum):
    """A button's weight; its words say the same without it."""

    PLAIN = ""
    PRIMARY = "primary"
    SUCCESS = "success"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """A button with what it asks for; its assessment is the screen's."""

    text: Text
    intent: Intent
    emphasis: Emphasis = Emphasis.PLAIN


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: its lines, and its buttons in rows. `assessment` is the one that the buttons speak of."""

    blocks: tuple[Block, ...]
    rows: tuple[tuple[Button, ...], ...] = ()
    assessment: AssessmentId | None = None

    @property
    def lines(self) -> Iterator[Line | Quote]:
        """Its lines one by one, those of passages among them."""
        for block in self.blocks:
            yield from block.lines if isinstance(block, Passage) else (block,)


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence said beside the screen: what was recorded, or why nothing was. An alert waits to be read."""

    text: Say
    is_alert: bool = False


def line(*parts: Text | Span) -> Line:
    """A line of words and spans."""
    return Line(tuple(part if isinstance(part, Span) else Span(part) for part in parts))


def bold(text: Text) -> Span:
    """Words in bold."""
    return Span(text, Style.BOLD)


def code(text: Text) -> Span:
    """Words to be copied or typed as they are."""
    return Span(text, Style.CODE)


BLANK = Line()
