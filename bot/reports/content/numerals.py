"""The numbers of headings, 一、 and （一）, given in order so that a part that falls away leaves no gap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reports.model import Paragraph, Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.reports.content.brief import Brief
    from bot.reports.model import Block

_TEN: Final = 10


def numbered(brief: Brief, blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with a number before each heading; those below a heading begin anew."""
    heading = subheading = 0
    for block in blocks:
        if not isinstance(block, Paragraph):
            yield block
        elif block.style is Style.HEADING:
            heading, subheading = heading + 1, 0
            yield _numbered(brief, "letter.heading", heading, block)
        elif block.style is Style.SUBHEADING:
            subheading += 1
            yield _numbered(brief, "letter.subheading", subheading, block)
        else:
            yield block


def numeral(digits: str, number: int) -> str:
    """A number from 1 to 99 in the ten Chinese digits, from one to ten: 10 is the last of them, 21 two, ten and one."""
    tens, ones = divmod(number, _TEN)
    words = digits[tens - 1] if tens > 1 else ""
    return words + (digits[_TEN - 1] if tens else "") + (digits[ones - 1] if ones else "")


def _numbered(brief: Brief, key: str, number: int, block: Paragraph) -> Paragraph:
    words = numeral(brief.words("letter.digits"), number)
    return Paragraph(block.style, brief.words(key, number=words, text=block.text))
