"""Whole numbers, areas and postcodes."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from bot.forms import notations
from bot.forms.outcomes import Cleaned, Cleaning, Fault, Unclean
from bot.forms.words import folded

_MOST: Final = 9_999_999
_PLACES: Final = 2
_POSTCODE: Final = re.compile(r"[0-9]{6}")


def number(words: str) -> Cleaning:
    """38, 1,200 or 38人, as a whole number."""
    found = notations.NUMBER.fullmatch(folded(words))
    digits = "" if found is None else found[1].replace(",", "").lstrip("0")
    if found is None or len(digits) > len(str(_MOST)):
        return Unclean(Fault.NOT_A_NUMBER, {"most": _MOST})
    return Cleaned(digits or "0")


def area(words: str) -> Cleaning:
    """1200, 1,200.5㎡ or 1200平方米, as square metres with at most two places; nothing has no area."""
    found = notations.AREA.fullmatch(folded(words))
    if found is None:
        return Unclean(Fault.NOT_AN_AREA)
    figure = Decimal(found[1].replace(",", "") + (found[2] or ""))
    if figure != round(figure, _PLACES) or not 0 < figure <= _MOST:
        return Unclean(Fault.NOT_AN_AREA)
    return Cleaned(f"{figure.normalize():f}")


def postcode(words: str) -> Cleaning:
    """Six digits."""
    digits = folded(words).replace(" ", "")
    return Cleaned(digits) if _POSTCODE.fullmatch(digits) else Unclean(Fault.NOT_A_POSTCODE)
