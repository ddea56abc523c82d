"""Which letters no font of this machine can draw: rare characters in names, and what is no character at all."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

from bot.reports.pdf.fonts import FontChoice, families, installed

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Mn", "Zs", "Zl", "Zp"})
"""Spaces, controls, and what only changes the letter before it."""


def undrawable(text: str, choice: FontChoice) -> frozenset[str]:
    """The letters of the text that are in none of the families; only as many fonts are opened as are needed."""
    lacking = {each for each in text if unicodedata.category(each) not in _INVISIBLE}
    every = dict.fromkeys(name for names in families(choice).values() for name in names)
    for family in every:
        lacking -= _letters(family, choice)
        if not lacking:
            break
    return frozenset(lacking)


@cache
def _letters(family: str, choice: FontChoice) -> frozenset[str]:
    """Every letter of a family's first font."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - loaded with the first document

    first = next(each for each in installed(choice.folders).fonts() if each.family == family)
    with TTFont(first.path, fontNumber=first.index, lazy=True) as font:
        font.setGlyphOrder([""] * font["maxp"].numGlyphs)  # their names would cost more than all the rest
        return frozenset(map(chr, font.getBestCmap()))
