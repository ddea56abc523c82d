"""An empty Word document with our page, our styles, and what every page bears at its head and foot."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from bot.reports.docx.elements import element, page_number, paragraph, run, style_name
from bot.reports.docx.looks import font_of, looks_of

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section, _BaseHeaderFooter
    from docx.styles.style import ParagraphStyle

    from bot.reports.docx.elements import Element
    from bot.reports.docx.looks import Look, Page
    from bot.reports.model import Layout

_LANGUAGES: Final = {"w:val": "en-US", "w:eastAsia": "zh-CN"}
"""Latin words and numbers are never broken in the middle, as they would be by the rules for Chinese."""
_UNASKED: Final = ("/thumbnail", "/stylesWithEffects", "/numbering", "/customXml")
_UNSPACED: Final = ("w:autoSpaceDE", "w:autoSpaceDN")
"""No room is added between a Chinese letter and a Latin one or a digit, so that a line holds what it should."""
_SCRIPTS: Final = ("ascii", "hAnsi", "eastAsia", "cs")
_ALIGNMENTS: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def blank(layout: Layout) -> Document:
    """The document without a word, as the layout wants it."""
    return docx.Document(BytesIO(_base(layout)))


def mark(document: Document, words: str, draft: str) -> None:
    """The number and the words at the foot of every page, and the word of a draft large at its head."""
    section = document.sections[0]
    _fill(section.footer, _numbered("page-number"), paragraph("stamp", run(words)))
    _fill(section.header, paragraph("draft", run(draft)))
    if document.settings.odd_and_even_pages_header_footer:
        _fill(section.even_page_footer, _numbered("page-number-even"), paragraph("stamp", run(words)))
        _fill(section.even_page_header, paragraph("draft", run(draft)))


@cache
def _base(layout: Layout) -> bytes:
    """The same as a file, which is read faster than its styles are made."""
    made, wanted, file = docx.Document(), looks_of(layout), BytesIO()
    _strip(made)
    _turn(made.sections[0], wanted.page)
    made.settings.odd_and_even_pages_header_footer = wanted.sides
    for name, look in wanted.looks.items():
        style = made.styles.add_style(style_name(name), WD_STYLE_TYPE.PARAGRAPH)
        _letter(style, look)
        _space(style, look)
    made.save(file)
    return file.getvalue()


def _strip(document: Document) -> None:
    """The library's empty document brings a picture of itself and two hundred styles that nobody asked for."""
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, each in relations.items() if each.reltype.endswith(_UNASKED)]:
            del relations[key]
    for style in list(document.styles.element):
        if style.tag == qn("w:style") and style.get(qn("w:default")) is None:
            document.styles.element.remove(style)


def _turn(section: Section, page: Page) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.header_distance, section.footer_distance = Mm(page.header), Mm(page.footer)


def _letter(style: ParagraphStyle, look: Look) -> None:
    style.quick_style = True
    style.font.size = Pt(look.size)
    style.font.color.rgb = RGBColor.from_string(look.color)
    fonts = {f"w:{script}": font_of(look) for script in _SCRIPTS}
    properties = style.element.get_or_add_rPr()
    properties.insert(0, element("w:rFonts", {**fonts, "w:hint": "eastAsia"}))
    properties.append(element("w:lang", _LANGUAGES))


def _space(style: ParagraphStyle, look: Look) -> None:
    space = style.paragraph_format
    space.alignment = _ALIGNMENTS[look.align]
    space.space_before, space.space_after = Pt(look.before), Pt(look.after)
    space.line_spacing = Pt(look.pitch) if look.pitch else 1.0
    space.keep_with_next = look.keep or None
    space.widow_control = True
    properties = style.element.get_or_add_pPr()
    for both in _UNSPACED:
        properties.spacing.addprevious(element(both, {"w:val": "0"}))
    if look.indent or look.right:
        space.first_line_indent, space.right_indent = Pt(look.size * look.indent), Pt(look.size * look.right)
        properties.ind.set(qn("w:firstLineChars"), str(look.indent * 100))
        properties.ind.set(qn("w:rightChars"), str(look.right * 100))
    if look.level:
        properties.append(element("w:outlineLvl", {"w:val": str(look.level - 1)}))


def _numbered(look: str) -> Element:
    """A line such as "— 1 —"."""
    return paragraph(look, run("— "), page_number(), run(" —"))


def _fill(place: _BaseHeaderFooter, *lines: Element) -> None:
    place.is_linked_to_previous = False
    root = place.paragraphs[0]._p.getparent()  # noqa: SLF001 - the library has no other way to the part's own element
    for line in list(root):
        root.remove(line)
    for line in lines:
        root.append(line)
