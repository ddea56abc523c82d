"""The pieces of WordprocessingML that documents are put together from; what people wrote is always text in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

from bot.reports.content.brief import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

Element: TypeAlias = BaseOxmlElement

HAIRLINE: Final = "hairline"
"""The style of a line too thin to be seen, which parts tables or begins a page."""
_PREFIX: Final = "zicha-"
_TWIPS: Final = 1440 / 25.4


def element(tag: str, attributes: Mapping[str, str] | None = None, *children: Element) -> Element:
    """An element such as "w:tbl" with attributes such as "w:val"."""
    made = OxmlElement(tag, {qn(key): value for key, value in (attributes or {}).items()})
    for child in children:
        made.append(child)
    return made


def twips(millimetres: float) -> str:
    """A length as Word counts: twentieths of a point."""
    return str(round(millimetres * _TWIPS))


def style_name(look: str) -> str:
    """What the style of a look is called, in the list of styles as well as inside."""
    return _PREFIX + look


def look_name(paragraph: Element) -> str:
    """The look of a paragraph; "" for one that is none of ours."""
    return str(paragraph.style or "").removeprefix(_PREFIX)


def paragraph(look: str, *runs: Element, layout: tuple[Element, ...] = ()) -> Element:
    """A paragraph in the style of that look; `layout` is what it has beside its style."""
    style = element("w:pStyle", {"w:val": style_name(look)})
    return element("w:p", {}, element("w:pPr", {}, style, *layout), *runs)


def run(text: str) -> Element:
    """The text, letter by letter: a line feed is a new line, and nothing in it is a field, a link or markup."""
    made = OxmlElement("w:r")
    made.text = printable(text)
    return made


def page_number() -> Element:
    """The number of the page: the one field that a document has."""
    return element("w:fldSimple", {"w:instr": "PAGE"}, run("1"))


def new_page() -> Element:
    """What begins a page."""
    return paragraph(HAIRLINE, layout=(element("w:pageBreakBefore"),))


def gap(millimetres: int) -> Element:
    """Room of that height, kept with what comes after."""
    spacing = element("w:spacing", {"w:line": twips(millimetres), "w:lineRule": "exact"})
    return paragraph("gap", layout=(spacing,))
