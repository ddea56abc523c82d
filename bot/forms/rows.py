"""The rows of a table, gathered from the entries of its cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Written(Protocol):
    """What stands under a subject: canonical text, "" where it was taken back."""

    @property
    def value(self) -> str:
        """The text."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row by its number, with the cells that hold something, by column."""

    number: int
    cells: Mapping[str, str]


def rows(entries: Mapping[str, Written], table_path: str) -> tuple[Row, ...]:
    """The rows of a table such as "registration.examiners" that hold something, in the order of their numbers."""
    found: dict[int, dict[str, str]] = {}
    for number, column, record in _cells(entries, table_path):
        if record.value:
            found.setdefault(number, {})[column] = record.value
    return tuple(Row(number, found[number]) for number in sorted(found))


def row_at(entries: Mapping[str, Written], table_path: str, number: int) -> Row:
    """The row of that number; one without cells where there is none."""
    prefix = f"{table_path}/{number}/"
    cells = {subject[len(prefix) :]: entries[subject].value for subject in entries if subject.startswith(prefix)}
    return Row(number, {column: value for column, value in cells.items() if value})


def next_number(entries: Mapping[str, Written], table_path: str) -> int:
    """The number of a new row; one that was ever used, even by a deleted row, is not used again."""
    return max((number for number, _, _ in _cells(entries, table_path)), default=0) + 1


def _cells(entries: Mapping[str, Written], table_path: str) -> Iterator[tuple[int, str, Written]]:
    prefix = f"{table_path}/"
    for subject, record in entries.items():
        if subject.startswith(prefix):
            number, _, column = subject[len(prefix) :].partition("/")
            if column and number.isascii() and number.isdecimal():
                yield int(number), column, record
