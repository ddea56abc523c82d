"""What the buttons beside evidence ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from bot.assessments.model import Subject


@dataclass(frozen=True, slots=True)
class RemoveEvidence:
    """Take a set of files back, if it still has the revision."""

    about: Subject
    number: int
    revision: int


@dataclass(frozen=True, slots=True)
class ShowEvidence:
    """Send me the files of a set."""

    about: Subject
    number: int


@dataclass(frozen=True, slots=True)
class PlaceEvidence:
    """The files that were sent without saying what for belong to this item or section."""

    number: int
    about: Subject
    revision: int


EvidenceIntent: TypeAlias = RemoveEvidence | ShowEvidence | PlaceEvidence
