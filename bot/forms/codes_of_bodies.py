"""The numbers by which offices know bodies, documents and people."""

from __future__ import annotations

import re
from typing import Final

from stdnum.cn import uscc

from bot.forms import notations
from bot.forms.outcomes import Cleaned, Cleaning, Fault, Remark, Said, Unclean
from bot.forms.words import folded

_ORGANISATION: Final = re.compile(r"[0-9A-Z]{8}[0-9X]")
_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CARD: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-/]*|.*[0-9].*")
_PLAIN: Final = re.compile(r"[0-9A-Z]+")
_BARE: Final = re.compile(r"[\s\-]+")


def organisation_code(words: str) -> Cleaning:
    """A unified social credit code, or an organisation code of GB 11714 as 12345678-9; others only with a remark."""
    bare = _BARE.sub("", folded(words)).upper()
    if uscc.is_valid(bare):
        return Cleaned(bare)
    if _ORGANISATION.fullmatch(bare):
        value = f"{bare[:8]}-{bare[8]}"
        return Cleaned(value) if _check_digit(bare) == bare[8] else Cleaned(value, Said(Remark.ORG_CODE))
    return Cleaned(bare if _PLAIN.fullmatch(bare) else words, Said(Remark.ORG_CODE))


def approval_number(words: str) -> Cleaning:
    """川人社函〔2012〕100号, whatever brackets were typed; one of another make is kept with a remark."""
    bare = folded(words).replace(" ", "")
    found = notations.APPROVAL_NUMBER.fullmatch(bare)
    if found is None:
        return Cleaned(words, Said(Remark.APPROVAL_NUMBER))
    return Cleaned(notations.APPROVAL_NUMBER_WRITTEN.format(*found.groups()))


def card_number(words: str) -> Cleaning:
    """The number of a card or licence: at least one digit or Latin letter, without spaces."""
    bare = folded(words).replace(" ", "")
    return Cleaned(bare) if _CARD.fullmatch(bare) else Unclean(Fault.NOT_A_CARD_NUMBER)


def _check_digit(bare: str) -> str:
    total = sum(weight * _DIGITS.index(digit) for weight, digit in zip(_WEIGHTS, bare, strict=False))
    return "0123456789X0"[11 - total % 11]
