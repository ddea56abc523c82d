"""The words behind /start that a link carries (t.me/bot?start=…): the ones that are reserved, and nothing else."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

SCORE: Final = "s"
"""What a link to one's own score carries."""

_BEFORE_WORDS: Final = "j_"
_INVITATION: Final = re.compile(r"j_[A-Za-z0-9_-]{22,62}")
"""At least 128 bits in base64url; Telegram takes 64 signs in all."""


class Link(Enum):
    """Where a link leads."""

    SCORE = "score"
    INVITATION = "invitation"
    UNKNOWN = "unknown"


def read(payload: str) -> Link:
    """What the words mean; anything that is not reserved is unknown."""
    if payload == SCORE:
        return Link.SCORE
    return Link.INVITATION if _INVITATION.fullmatch(payload) else Link.UNKNOWN


def words_of(payload: str) -> str:
    """The secret words of an invitation's link."""
    return payload.removeprefix(_BEFORE_WORDS)


def invitation(words: str, bot: str) -> str:
    """The link of an invitation; while the bot's name is not known, what to send it instead."""
    payload = _BEFORE_WORDS + words
    return f"https://t.me/{bot}?start={payload}" if bot else f"/start {payload}"
