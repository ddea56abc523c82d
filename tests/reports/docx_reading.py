"""Reads a DOCX back: its paragraphs, and its tables cell by cell as they are merged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

import docx

from bot.reports.model import Grid, Paragraph
from bot.reports.placing import placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document
    from docx.oxml.table import CT_Tc
    from docx.oxml.text.paragraph import CT_P
    from docx.table import Table

    from bot.reports.model import Document as Compiled

FIELD: Final = re.compile(rb"<w:fld(?:Simple|Char)\b[^>]*>|<w:instrText")
LINK: Final = re.compile(rb"<w:hyperlink|relationships/hyperlink|TargetMode=.External.")


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell as one row of a table has it; `covered` is one that belongs to a cell above."""

    text: str
    across: int
    covered: bool


def opened(file: bytes) -> Document:
    """The document that python-docx reads."""
    return docx.Document(BytesIO(file))


def rows(table: Table) -> list[list[ReadCell]]:
    """Every row with its cells from the left."""
    return [[_cell(each) for each in row._tr.tc_lst] for row in table.rows]


def words(document: Document) -> str:
    """Every word of the body, one paragraph a line."""
    return "\n".join(_text(each) for each in document.element.body.iter("{*}p"))


def marks(document: Document) -> list[str]:
    """What stands at the head and the foot of the pages, by kind of page."""
    section = document.sections[0]
    places = [section.header, section.footer]
    if document.settings.odd_and_even_pages_header_footer:
        places += [section.even_page_header, section.even_page_footer]
    return ["\n".join(_text(each) for each in place._element.iter("{*}p")) for place in places]


def parts(file: bytes) -> Iterator[tuple[str, bytes]]:
    """Every part of the file with its name."""
    with ZipFile(BytesIO(file)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def count(pattern: re.Pattern[bytes], file: bytes) -> int:
    """How often the pattern stands in the parts of the file."""
    return sum(len(pattern.findall(content)) for _, content in parts(file))


def said(document: Compiled) -> Iterator[str]:
    """Every text of a document in its order."""
    for part in document.parts:
        for block in part.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            if isinstance(block, Grid):
                yield from (each.cell.text for each in placed(block))


def bare(text: str) -> str:
    """The text without its line breaks, which a narrow column may have more of."""
    return text.replace("\n", "")


def _cell(element: CT_Tc) -> ReadCell:
    text = "\n".join(_text(each) for each in element.p_lst)
    return ReadCell(text, element.grid_span, element.vMerge == "continue")


def _text(paragraph: CT_P) -> str:
    return "".join(each.text for each in paragraph.iter("{*}r"))
