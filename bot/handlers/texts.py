"""Words that people typed, made fit to keep: one way of writing each letter, and nothing unseen in them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from bot.dialogue.given import Command, Commanded, Odd, Oddity, Typed

if TYPE_CHECKING:
    from bot.dialogue.given import Given

_COMMAND: Final = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@[A-Za-z0-9_]+)?(?:\s+(.*))?", re.DOTALL)
_KNOWN: Final = {command.value: command for command in Command}
_LINE_ENDS: Final = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_UNSEEN: Final = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls
    "\u200b\u2060\ufeff"  # zero-width spaces; joiners stay, since emoji and some scripts need them
    "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"  # what turns the order of letters round
    "\ud800-\udfff"  # half a character
    "\ufdd0-\ufdef\ufff9-\uffff"  # no characters; U+FFFD, a broken one's sign, among them
    "]"
)


def clean(text: str) -> tuple[str, bool]:
    """The text in NFC with plain line ends, and whether something unseen had to go."""
    text = _LINE_ENDS.sub("\n", text)
    seen = _UNSEEN.sub("", text)
    was_cleaned = len(seen) != len(text)
    return unicodedata.normalize("NFC", seen).replace("\t", " ").strip(), was_cleaned


def worded(raw: str) -> Given:
    """What typed words mean: a command, with or without the bot's name behind it, or an answer."""
    text, was_cleaned = clean(raw)
    match = _COMMAND.fullmatch(text)
    if match is None:
        return Typed(text, was_cleaned, _tabbed(raw) if "\t" in raw else "")
    command = _KNOWN.get(match[1].lower())
    return Odd(Oddity.UNKNOWN_COMMAND) if command is None else Commanded(command, match[2] or "")


def _tabbed(raw: str) -> str:
    """The words as `clean` leaves them, but for the tabs between them."""
    return "\t".join(clean(f"|{part}|")[0][1:-1] for part in raw.split("\t")).strip("\n ")
