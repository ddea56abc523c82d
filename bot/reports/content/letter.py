"""自查报告: the letter that heads the package, written by the templates of letter.yaml (通知三（一）)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reports.content.brief import printable
from bot.reports.content.letter_facts import facts
from bot.reports.content.letter_language import all_of, holds
from bot.reports.content.letter_shape import LETTER, check
from bot.reports.content.numerals import numbered
from bot.reports.model import Document, Gap, Kind, Layout, Paragraph, Part, Style
from bot.reports.shapes import load
from bot.reports.templating import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.reports.content.brief import Brief
    from bot.reports.content.letter_shape import BlockShape
    from bot.reports.model import Block

FILE: Final = "letter.yaml"


def compiled(brief: Brief) -> Document:
    """The letter.

    Raises:
        InvalidInputError: where the file is wrong, or one of its templates, which is then the place.
    """
    shapes = load(brief.templates, FILE, LETTER, check)
    blocks = tuple(numbered(brief, _blocks(shapes, facts(brief))))
    name = brief.words("letter.name")
    return Document(Kind.LETTER, name, Layout.LETTER, (Part(name, blocks),))


def _blocks(shapes: Iterable[BlockShape], values: Mapping[str, object]) -> Iterator[Block]:
    for shape in shapes:
        for own in _repeated(shape, values):
            if shape.when is None or holds(shape.when, own):
                yield from _standing(shape, own)


def _repeated(shape: BlockShape, values: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """The values for every time that the block stands there."""
    if shape.each is None:
        yield values
        return
    for number, each in enumerate(all_of(shape.each, values), start=1):
        yield {**values, shape.name: each, "number": number}


def _standing(shape: BlockShape, values: Mapping[str, object]) -> Iterator[Block]:
    if shape.before:
        yield Gap(shape.before)
    if shape.text is None:
        yield from _blocks(shape.blocks or (), values)
        return
    text = printable(text_of(shape.text, values))
    if text.strip():
        yield Paragraph(Style(shape.style), text)
