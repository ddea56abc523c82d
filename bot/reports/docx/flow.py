"""The blocks of a document one after the other, with what Word needs between them."""

from __future__ import annotations

from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from bot.reports.docx.elements import HAIRLINE, gap, look_name, new_page, paragraph, run
from bot.reports.docx.grids import table
from bot.reports.model import Gap, Grid, Paragraph, Style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.reports.docx.elements import Element
    from bot.reports.docx.looks import Looks
    from bot.reports.model import Block, Document


class Between(Enum):
    """What stands between blocks."""

    PAGES = "pages"
    """A new page begins"""
    TABLES = "tables"
    """Two tables would else be one, and a document would end with one"""


Piece: TypeAlias = "Block | Between"

_TABLE: Final = "}tbl"
_PARAGRAPH: Final = "}p"
_BOUND: Final = ("gap", Style.SIGNATURE.value)
"""Looks that never stand alone at the top of a page."""


def flow(document: Document) -> Iterator[Piece]:
    """Every block in its order."""
    before: Piece | None = None
    for block in _blocks(document):
        if isinstance(before, Grid) and isinstance(block, Grid):
            yield Between.TABLES
        yield block
        before = block
    if isinstance(before, Grid):
        yield Between.TABLES


def placed_element(piece: Piece, looks: Looks) -> Element:
    """The piece as Word has it."""
    match piece:
        case Paragraph(style, text):
            return paragraph(style.value, run(text))
        case Grid():
            return table(piece, looks)
        case Gap(height):
            return gap(height)
        case Between.PAGES:
            return new_page()
        case Between.TABLES:
            return paragraph(HAIRLINE)


def keep_together(body: Sequence[Element]) -> None:
    """Hold on one page what must not be parted: a table and the line above it, a signature and what is signed."""
    for before, after in pairwise(body):
        is_bound = after.tag.endswith(_TABLE) or (after.tag.endswith(_PARAGRAPH) and look_name(after) in _BOUND)
        if is_bound and before.tag.endswith(_PARAGRAPH) and look_name(before) != HAIRLINE:
            before.get_or_add_pPr().get_or_add_keepNext()


def _blocks(document: Document) -> Iterator[Piece]:
    for place, part in enumerate(document.parts):
        if place:
            yield Between.PAGES
        for block in part.blocks:
            yield from _lines(block)


def _lines(block: Block) -> Iterator[Block]:
    """Running text has a paragraph for each of its lines, so that each is indented."""
    if isinstance(block, Paragraph) and block.style is Style.BODY:
        yield from (Paragraph(block.style, line) for line in block.text.split("\n"))
    else:
        yield block
