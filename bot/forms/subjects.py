"""What an entry is about: "registration.address" is a field, "registration.examiners/3/name" a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

ID = r"[a-z][a-z0-9_]*"
MOST_ROWS_EVER = 9999
"""A row's number is never used again, so this is how many rows a table can ever have had."""

_FIELD = re.compile(rf"({ID})\.({ID})", re.ASCII)
_CELL = re.compile(rf"({ID})\.({ID})/([1-9][0-9]{{0,3}})/({ID})", re.ASCII)


@dataclass(frozen=True, slots=True)
class FieldRef:
    """A field of a section."""

    section: str
    field: str


@dataclass(frozen=True, slots=True)
class CellRef:
    """A cell of a table."""

    section: str
    table: str
    row: int
    column: str

    @property
    def table_path(self) -> str:
        """The table with its section: "registration.examiners"."""
        return f"{self.section}.{self.table}"


def field_subject(section: str, field: str) -> str:
    """The subject of a field."""
    return f"{section}.{field}"


def cell_subject(section: str, table: str, row: int, column: str) -> str:
    """The subject of a cell."""
    return f"{section}.{table}/{row}/{column}"


def cell_in(table_path: str, row: int, column: str) -> str:
    """The subject of a cell of the table at that path."""
    return f"{table_path}/{row}/{column}"


def parse(subject: str) -> FieldRef | CellRef | None:
    """What a subject is about; None when it is neither a field's nor a cell's."""
    found = _FIELD.fullmatch(subject)
    if found is not None:
        return FieldRef(found[1], found[2])
    found = _CELL.fullmatch(subject)
    return None if found is None else CellRef(found[1], found[2], int(found[3]), found[4])
