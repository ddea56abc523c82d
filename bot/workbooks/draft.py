"""What a returned workbook proposes: every value that was changed in it, kept until somebody takes it over."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.assessments.model import AssessmentId
    from bot.workbooks.targets import Target


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands in the file: the sheet by its name, the row, the column's letters; row 0: nowhere now."""

    sheet: str
    row: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """A value that differs in the file (`value`) from what the file was written from (`base`)."""

    target: Target
    base: str
    value: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Added:
    """A row that is new in the file, with its cells by column."""

    table: str
    cells: Mapping[str, str]
    spot: Spot


@dataclass(frozen=True, slots=True)
class Rejected:
    """A cell that cannot be taken: the words in it, and why, as a catalogue key with its arguments."""

    spot: Spot
    text: str
    why: str
    args: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}))


class Side(Enum):
    """Whose value is kept where both changed."""

    HERE = "here"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Decision:
    """Whose value is kept, decided when `here` stood here; void as soon as another value does."""

    side: Side
    here: str


_UNDECIDED: Mapping[Target, Decision] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that a returned workbook proposes to one assessment.

    `same` counts the values that it left as they were, `absent` names the sheets that it no longer has.
    """

    assessment: AssessmentId
    entered: tuple[Entered, ...] = ()
    added: tuple[Added, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    absent: tuple[str, ...] = ()
    same: int = 0
    decisions: Mapping[Target, Decision] = field(default_factory=lambda: _UNDECIDED)
