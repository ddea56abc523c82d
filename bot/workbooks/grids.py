"""A workbook as plain data: sheets of columns and lines, and the marker that tells what it was written from."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.assessments.model import AssessmentId
    from bot.workbooks.targets import Target

_NO_OPTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Role(Enum):
    """What a column is for."""

    SHOWN = "shown"
    """Words to be read: official ones, or an explanation."""
    ASKED = "asked"
    """To be filled in."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `code` finds it again wherever it was moved to; `width` counts half-width characters."""

    code: str
    header: str
    width: int
    role: Role = Role.ASKED
    options: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: `key` finds it again; `closed` columns are not asked here; `options` go before the column's own."""

    key: str
    cells: Mapping[str, str]
    options: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NO_OPTIONS)
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet; one with `spare` lines is a table whose rows may be added, moved and deleted."""

    code: str
    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    spare: int = 0


@dataclass(frozen=True, slots=True)
class Marker:
    """What a workbook was written from.

    `base` holds the canonical text of everything that stood in it, `sheets` the names of its sheets by their codes.
    """

    assessment: AssessmentId
    rubric: tuple[str, int]
    form: tuple[str, int] | None
    locale: str
    base: Mapping[Target, str]
    sheets: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: explanations, sheets, and the marker."""

    title: str
    notes_title: str
    notes: tuple[str, ...]
    grids: tuple[Grid, ...]
    marker: Marker
