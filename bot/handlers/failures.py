"""The one place that catches whatever goes wrong in the work on an update or a reply."""

from __future__ import annotations

import secrets
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable

T = TypeVar("T")

_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_FRAMES: Final = 6


@dataclass(frozen=True, slots=True)
class Failure:
    """Something was raised that nobody expected."""

    error: Exception

    def __str__(self) -> str:
        """Kind and place in one line for the log, without the error's own words: they may hold a person's."""
        return describe(self.error)


async def attempt(work: Awaitable[T]) -> T | Failure:
    """What the work comes to, or what it raised."""
    try:
        return await work
    except Exception as error:  # noqa: BLE001 - the failure handler: nothing may stop a lane
        return Failure(error)


def describe(error: BaseException) -> str:
    """Kind and place of an error in one line, innermost first, without its words."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__} at {places or 'nowhere'}"


def new_reference() -> str:
    """A short number to be told to a person and found in the log; no letter in it looks like another."""
    return "".join(secrets.choice(_LETTERS) for _ in range(6))
