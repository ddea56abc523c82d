"""What an error of the Bot API means for what was to be sent."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final

from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter

if TYPE_CHECKING:
    from telegram.error import TelegramError


class Verdict(Enum):
    """How to go on after a call."""

    DONE = "done"
    """It stands, or need not stand any more."""

    AGAIN = "again"
    """Nobody knows, or not just now: once more after a pause."""

    HELD = "held"
    """Telegram asked everybody to wait."""

    REFUSED = "refused"
    """Telegram refuses the token."""

    ANEW = "anew"
    """The card is not there to be edited: send it as a new message."""

    GONE = "gone"
    """The person cannot be written to."""

    REJECTED = "rejected"
    """Telegram will never take it as it is."""


_BAD_REQUESTS: Final = (
    ("message is not modified", Verdict.DONE),
    ("query is too old", Verdict.DONE),
    ("query id is invalid", Verdict.DONE),
    ("message to edit not found", Verdict.ANEW),
    ("message can't be edited", Verdict.ANEW),
    ("message_id_invalid", Verdict.ANEW),
    ("chat not found", Verdict.GONE),
)


def judge(error: TelegramError) -> Verdict:
    """What the error means."""
    if isinstance(error, RetryAfter):
        return Verdict.HELD
    if isinstance(error, InvalidToken):
        return Verdict.REFUSED
    if isinstance(error, Forbidden):
        return Verdict.GONE
    if isinstance(error, BadRequest):
        words = str(error).lower()
        return next((verdict for sign, verdict in _BAD_REQUESTS if sign in words), Verdict.REJECTED)
    return Verdict.AGAIN


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
