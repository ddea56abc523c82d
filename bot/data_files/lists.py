"""Lists that people make in spreadsheets, row by row: what each row says, or what is wrong with it and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeAlias, TypeVar

from bot.problems import Problem

T = TypeVar("T")
Rows: TypeAlias = Sequence[Sequence[str]]
Words: TypeAlias = Mapping[str, frozenset[str]]
"""What a column or a value may be called, besides its own name, by that name."""

LONGEST: Final = 100


class ListCode(StrEnum):
    """One code for each thing that can be wrong; released codes keep their meaning."""

    UNREADABLE = "T001"
    COLUMN = "T002"
    EMPTY = "T003"
    VALUE = "T004"
    TWICE = "T005"
    AUTHORITY = "T006"
    STATION = "T007"
    TOO_LONG = "T008"
    DATE = "T009"


class RowError(Exception):
    """A row that cannot be taken."""

    def __init__(self, code: ListCode, column: str, **details: str) -> None:
        super().__init__(code)
        self.code, self.column, self.details = code, column, details


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row, by its columns; each reader raises RowError for what cannot be taken."""

    cells: Mapping[str, str]
    words: Words

    def text(self, column: str) -> str:
        """What stands in the column, with single spaces; may be empty."""
        value = " ".join(self.cells.get(column, "").split())
        if len(value) > LONGEST or not value.isprintable():
            raise RowError(ListCode.TOO_LONG, column, most=str(LONGEST))
        return value

    def needed(self, column: str) -> str:
        """The same, and never empty."""
        value = self.text(column)
        if not value:
            raise RowError(ListCode.EMPTY, column)
        return value

    def one_of(self, column: str, names: Sequence[str]) -> str:
        """The one of the names that stands in the column, under whatever word."""
        value = self.needed(column).lower()
        for name in names:
            if value == name or value in self.words.get(name, ()):
                return name
        raise RowError(ListCode.VALUE, column, value=value, known=", ".join(names))


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """What the list says; nothing of it is taken when there is a problem."""

    found: tuple[T, ...]
    problems: tuple[Problem, ...]
    rows: Mapping[str, int]
    """The number of the row in which each key stands."""


@dataclass(frozen=True, slots=True)
class ListShape(Generic[T]):
    """A kind of list: its columns, how a row is read, and what may stand in it once only, which `column` holds."""

    needed: tuple[str, ...]
    read: Callable[[ListRow], T]
    key: Callable[[T], str]
    column: str
    optional: tuple[str, ...] = ()


def read_list(rows: Rows, words: Words, shape: ListShape[T]) -> Listed[T]:
    """Everything that the list says; its first row names the columns, and empty rows count for nothing."""
    heading = {name: _column(rows, name, words) for name in (*shape.needed, *shape.optional)}
    missing = tuple(Problem(ListCode.COLUMN, name) for name in shape.needed if heading[name] is None)
    if missing:
        return Listed((), missing, {})
    found: dict[str, T] = {}
    rows_of: dict[str, int] = {}
    problems: list[Problem] = []
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        row = ListRow({name: cells[at] for name, at in heading.items() if at is not None and at < len(cells)}, words)
        try:
            one = shape.read(row)
        except RowError as error:
            problems.append(Problem(error.code, str(number), {"column": error.column, **error.details}))
            continue
        key = shape.key(one)
        if key in found:
            problems.append(Problem(ListCode.TWICE, str(number), {"column": shape.column, "value": key}))
        found.setdefault(key, one)
        rows_of.setdefault(key, number)
    return Listed(tuple(found.values()), tuple(problems), rows_of)


def _column(rows: Rows, name: str, words: Words) -> int | None:
    heading = [cell.strip().lower() for cell in rows[0]] if rows else []
    return next((at for at, cell in enumerate(heading) if cell == name or cell in words.get(name, ())), None)
