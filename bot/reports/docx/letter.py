"""The letter, from a template that an authority can restyle in Word: jinja2 in a sandbox, every word escaped."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from bot.reports.content.brief import printable
from bot.reports.docx.flow import flow, placed_element
from bot.reports.docx.looks import looks_of
from bot.reports.model import Paragraph
from bot.reports.templating import blamed_on

if TYPE_CHECKING:
    from docx.document import Document as Made

    from bot.reports.docx.flow import Piece
    from bot.reports.docx.looks import Looks
    from bot.reports.model import Document, Stamp

TEMPLATE: Final = "letter.docx"
_NO_DOCUMENT: Final = (BadZipFile, PackageNotFoundError, SyntaxError)
"""What a file raises that is no Word document, or one that somebody broke: SyntaxError is that of its XML."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A block as the template sees it: a paragraph has `style` and `text`, anything else is ready in `xml`."""

    style: str
    text: Markup
    xml: Markup


def letter(document: Document, stamp: Stamp, template: bytes) -> Made:
    """The template filled with the document; InvalidInputError where the template is wrong."""
    looks = looks_of(document.layout)
    words = {"words": _literal(stamp.words), "draft": _literal(stamp.draft)}
    context = {"blocks": [_shown(each, looks) for each in flow(document)], "stamp": words}
    with blamed_on(TEMPLATE, *_NO_DOCUMENT):
        filled, made = DocxTemplate(BytesIO(template)), BytesIO()
        filled.render(context, SandboxedEnvironment(undefined=StrictUndefined, autoescape=True), autoescape=True)
        filled.save(made)
        return docx.Document(made)


def _shown(piece: Piece, looks: Looks) -> Shown:
    if isinstance(piece, Paragraph):
        return Shown(piece.style.value, _literal(piece.text), Markup())
    return Shown("", Markup(), _unaltered(placed_element(piece, looks).xml))


def _literal(text: str) -> Markup:
    return _unaltered(str(escape(printable(text))))


def _unaltered(xml: str) -> Markup:
    """The same XML; the library would read "{_{" in it as its own way to write two braces."""
    return Markup(xml.replace("_", "&#95;"))  # noqa: S704 - escaped by the caller
