"""What the buttons about workbooks ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class FetchWorkbook:
    """Send me a workbook: of everything, of the form, of a section or of a table (`workbooks.layout`)."""

    scope: str


@dataclass(frozen=True, slots=True)
class TakeOver:
    """Write what my returned workbook proposes, if the proposal still has the revision."""

    revision: int


@dataclass(frozen=True, slots=True)
class SettleImport:
    """Where both sides changed: keep what stands here ("h") or what the file says ("f").

    `conflict` is the checksum of the one that is meant, 0 for all of them.
    """

    conflict: int
    side: str
    revision: int


@dataclass(frozen=True, slots=True)
class DropImport:
    """Forget what my returned workbook proposes."""

    revision: int


WorkbookIntent: TypeAlias = FetchWorkbook | TakeOver | SettleImport | DropImport
