"""Why a file is not taken: a reason that the catalogues put into a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.errors import ZichaError


class Reason(Enum):
    """What is wrong; the catalogue key "evidence.refused.<value>" says it, that all else is safe, and what to do."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    FOREIGN = "foreign"
    HEIC = "heic"
    OLD_OFFICE = "old_office"
    MISNAMED = "misnamed"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    ACTIVE = "active"
    ENTITIES = "entities"
    BOMB = "bomb"
    PIXELS = "pixels"
    QUOTA = "quota"
    CONFIDENTIAL = "confidential"
    UNAVAILABLE = "unavailable"
    NOTHING_BEGUN = "nothing_begun"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that is not taken; nothing of it is kept. `name` is what its sender called it, `subject` where it was for.

    `megabytes` is the limit that was met, where there is one.
    """

    reason: Reason
    name: str = ""
    subject: str = ""
    megabytes: int = 0


class FileRefusedError(ZichaError):
    """The bytes at hand are no file that is taken."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.value)
