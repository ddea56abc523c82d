"""校验码: a short code of everything that the documents say, which people can read out and type."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import orjson

from bot.rubric.figures import figure_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.reports.model import Document

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and capitals without I, L, O and U, which look like others."""
_ALIKE: Final = str.maketrans("ILO", "110")
_CHARACTERS: Final = 12
_IN_A_GROUP: Final = 4


def code_of(documents: Iterable[Document], *facts: str) -> str:
    """The code of the documents, as "7K3M-Q8ZT-1B4C": 60 bits of the SHA-256 of every word, figure and place."""
    plain = orjson.dumps([*facts, tuple(documents)], default=_plain)
    bits = int.from_bytes(hashlib.sha256(plain).digest())
    letters = "".join(_ALPHABET[(bits >> 5 * place) & 31] for place in range(_CHARACTERS))
    return _grouped(letters)


def read_code(typed: str) -> str | None:
    """The code that somebody typed, whatever the case and whatever stands between; None for anything else."""
    letters = "".join(each for each in typed.upper().translate(_ALIKE) if each.isalnum())
    is_code = len(letters) == _CHARACTERS and all(each in _ALPHABET for each in letters)
    return _grouped(letters) if is_code else None


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + _IN_A_GROUP] for start in range(0, _CHARACTERS, _IN_A_GROUP))


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return figure_text(value)
    raise TypeError(type(value).__name__)
