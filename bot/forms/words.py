"""Plain words made fit to keep: one way of writing each letter, half-width digits, nothing unseen."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_HALF_WIDTH: Final = {
    code + 0xFEE0: code for start, end in ((0x30, 0x3A), (0x41, 0x5B), (0x61, 0x7B)) for code in range(start, end)
}
"""Full-width digits and letters; punctuation stays, since official names use the full-width kind."""

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2060\ufeff\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    "\ufdd0-\ufdef\ufff9-\uffff]"
)
"""Controls, what turns the order of letters round, half characters; line ends and tabs are no such thing."""


def has_unseen(text: str) -> bool:
    """Whether something stands in it that nobody can see."""
    return _UNSEEN.search(text.replace("\r\n", "\n")) is not None


def one_line(text: str) -> str:
    """The words on one line, with single spaces."""
    return " ".join(_normal(text).split())


def lines(text: str) -> str:
    """The words with their line ends, without idle spaces and blank lines around."""
    kept = (" ".join(each.split()) for each in _normal(text).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def folded(text: str) -> str:
    """The words as they are compared with a notation: every letter and sign half-width, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_HALF_WIDTH))
