"""What the buttons of the form ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from bot.assessments.model import Subject


@dataclass(frozen=True, slots=True)
class FillChoice:
    """Write the field's choice of that number, from 0; of several levels, tick it or take the tick back."""

    subject: Subject
    choice: int
    revision: int


@dataclass(frozen=True, slots=True)
class ClearEntry:
    """Take back what is written under the subject."""

    subject: Subject
    revision: int


@dataclass(frozen=True, slots=True)
class ReplaceEntry:
    """Of two values under one subject mine shall stand, if the entry still has the revision."""

    subject: Subject
    revision: int


@dataclass(frozen=True, slots=True)
class NewRow:
    """Begin a new row of that table."""

    table: str


@dataclass(frozen=True, slots=True)
class CopyRow:
    """Write the cells of a row, such as "registration.examiners/3", into the new row `into`."""

    row: str
    into: int


@dataclass(frozen=True, slots=True)
class DeleteRow:
    """Take back every cell of a row; `revision` is the sum of its cells' revisions."""

    row: str
    revision: int


@dataclass(frozen=True, slots=True)
class ConfirmPaste:
    """Write the rows of the preview; `words` is the checksum of the pasted text."""

    words: int


FormIntent: TypeAlias = FillChoice | ClearEntry | ReplaceEntry | NewRow | CopyRow | DeleteRow | ConfirmPaste
