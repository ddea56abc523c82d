"""DOCX, which is what is handed in and edited: places the blocks of a document, whose values are all computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reports.model import Kind
from bot.reports.templates import Templates

if TYPE_CHECKING:
    from docx.document import Document as Made

    from bot.reports.model import Document, Stamp

_SHIPPED: Final = Templates("general")


def render(document: Document, stamp: Stamp, templates: Templates = _SHIPPED) -> bytes:
    """The document as DOCX, the letter from the nearest letter.docx; the same document gives the same bytes."""
    from bot.reports.docx.flow import keep_together  # noqa: PLC0415 - loaded with the first document
    from bot.reports.docx.packing import describe, packed  # noqa: PLC0415 - loaded with the first document

    made = _letter(document, stamp, templates) if document.kind is Kind.LETTER else _plain(document, stamp)
    keep_together(list(made.element.body))
    describe(made, document.name, stamp)
    return packed(made, stamp.as_of)


def _letter(document: Document, stamp: Stamp, templates: Templates) -> Made:
    from bot.reports.docx.letter import TEMPLATE, letter  # noqa: PLC0415 - loaded with the first document

    return letter(document, stamp, templates.find(TEMPLATE).read_bytes())


def _plain(document: Document, stamp: Stamp) -> Made:
    from bot.reports.docx.flow import flow, placed_element  # noqa: PLC0415 - loaded with the first document
    from bot.reports.docx.looks import looks_of  # noqa: PLC0415 - loaded with the first document
    from bot.reports.docx.pages import blank, mark  # noqa: PLC0415 - loaded with the first document

    made, looks = blank(document.layout), looks_of(document.layout)
    mark(made, stamp.words, stamp.draft)
    end = made.element.body[-1]
    for piece in flow(document):
        end.addprevious(placed_element(piece, looks))
    return made
