"""`python -m gallery.letter`: writes the template of the letter anew, which an authority restyles in Word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.reports.docx.elements import paragraph, run
from bot.reports.docx.packing import packed
from bot.reports.docx.pages import blank, mark
from bot.reports.model import Layout, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reports.docx.elements import Element

SHIPPED: Final = Path(__file__).resolve().parents[1] / "bot" / "reports" / "data" / "general" / "letter.docx"


def template() -> bytes:
    """The template: one paragraph for each style, which stands for all of that style, and one for everything else."""
    made = blank(Layout.LETTER)
    mark(made, "{{ stamp.words }}", "{{ stamp.draft }}")
    end = made.element.body[-1]
    for line in _lines():
        end.addprevious(line)
    about = made.core_properties
    about.author = about.last_modified_by = about.comments = about.title = ""
    return packed(made, None)


def _lines() -> Iterator[Element]:
    yield _code("{%p for block in blocks %}")
    for place, style in enumerate(Style):
        word = "elif" if place else "if"
        yield _code(f'{{%p {word} block.style == "{style.value}" %}}')
        yield paragraph(style.value, run("{{ block.text }}"))
    for words in ("{%p else %}", "{{p block.xml }}", "{%p endif %}", "{%p endfor %}"):
        yield _code(words)


def _code(words: str) -> Element:
    return paragraph("note", run(words))


if __name__ == "__main__":
    SHIPPED.write_bytes(template())
