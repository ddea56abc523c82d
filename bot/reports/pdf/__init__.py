"""PDF for reading and for the archive, set by typst from a fixed template and the document as data."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import orjson

from bot.reports.model import Gap, Grid
from bot.reports.pdf.fonts import FontChoice, families, installed
from bot.reports.pdf.glyphs import undrawable

if TYPE_CHECKING:
    from bot.reports.model import Block, Cell, Document, Stamp

_DEFAULT: Final = FontChoice()


def render(document: Document, stamp: Stamp, fonts: FontChoice = _DEFAULT) -> bytes:
    """The document as PDF; the same document gives the same bytes on the same machine.

    Raises:
        FontsMissingError: when there is no Chinese font at all; typst would print boxes.
    """
    import typst  # noqa: PLC0415 - loaded with the first document

    inputs = {"document": _with_codes(orjson.dumps(_data(document, stamp, fonts)).decode(), fonts)}
    there, moment = installed(fonts.folders), _second(stamp)
    return typst.compile(
        _template(), font_paths=there, ignore_system_fonts=True, sys_inputs=inputs, format="pdf", timestamp=moment
    )


def _with_codes(given: str, fonts: FontChoice) -> str:
    """A letter that no font here has stands as its number, so that it is not lost in a box."""
    lacking = undrawable(given, fonts)
    return given.translate({ord(each): f"〔U+{ord(each):04X}〕" for each in lacking}) if lacking else given


@cache
def _template() -> bytes:
    return (files("bot.reports.pdf") / "document.typ").read_bytes()


def _second(stamp: Stamp) -> int:
    """The moment that the file bears: of its content, not of its making."""
    return 0 if stamp.as_of is None else int(stamp.as_of.timestamp())


def _data(document: Document, stamp: Stamp, fonts: FontChoice) -> dict[str, object]:
    return {
        "name": document.name,
        "layout": document.layout.value,
        "fonts": families(fonts),
        "stamp": {"station": stamp.station, "code": stamp.code, "words": stamp.words, "draft": stamp.draft},
        "parts": [{"name": part.name, "blocks": [_block(each) for each in part.blocks]} for part in document.parts],
    }


def _block(block: Block) -> dict[str, object]:
    match block:
        case Grid():
            rows = [{"height": row.height, "cells": [_cell(each) for each in row.cells]} for row in block.rows]
            return {"type": "grid", "widths": block.widths, "heading": block.heading, "rows": rows}
        case Gap():
            return {"type": "gap", "height": block.height}
    return {"type": "paragraph", "style": block.style.value, "text": block.text}


def _cell(cell: Cell) -> dict[str, object]:
    return {"text": cell.text, "kind": cell.kind.value, "across": cell.across, "down": cell.down}
