"""Text as it may stand in a cell: always words, never a formula, and the same again when it is read."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ESCAPE: Final = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_ESCAPED_UNDERSCORE: Final = "x005F_"
_RISKY: Final = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")
_MIDNIGHT: Final = (0, 0, 0)
LONGEST: Final = 32_767
"""How many characters a cell holds."""
_EXACT: Final = 10**15
"""From here on a spreadsheet no longer keeps every digit of a number."""


def writable(text: str) -> str:
    """The text without what no cell can hold, and with what a spreadsheet would decode written out."""
    return _ESCAPE.sub(rf"_{_ESCAPED_UNDERSCORE}\1", _UNWRITABLE.sub("", _lines(text)))[:LONGEST]


def needs_quote(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula when somebody edits its cell."""
    return text.startswith(_RISKY)


def alike(text: str) -> str:
    """The text as it compares with what was read: line ends, blank ends and escapes do not count."""
    return _UNWRITABLE.sub("", _lines(text)).replace(_ESCAPED_UNDERSCORE, "").strip()


def number_text(number: float) -> str | None:
    """A number as a person would write it: 38.0 is "38"; None where its digits are no longer all there."""
    if abs(number) >= _EXACT:
        return None
    return f"{number:.15g}" if number != int(number) else str(int(number))


def moment_text(moment: date) -> str:
    """A date as "2017-03-01"; a time that is not midnight stays behind it."""
    if isinstance(moment, datetime):
        is_plain = (moment.hour, moment.minute, moment.second) == _MIDNIGHT
        return f"{moment:%Y-%m-%d}" if is_plain else f"{moment:%Y-%m-%d %H:%M}"
    return moment.isoformat()


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
