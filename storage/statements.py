"""What a driver offers the SQL of this package: one statement, its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Value: TypeAlias = str | int | bytes | None
"""What stands in a column: text, whole numbers (bool included), bytes or nothing; never a float, never a date."""

Row: TypeAlias = tuple[Any, ...]
"""A row as drivers give it, in the order of the selected columns."""


class Connection(Protocol):
    """A connection inside a transaction; its SQL is the one text of `storage.dialect`."""

    def execute(self, sql: str, parameters: Mapping[str, Value], /) -> Sequence[Row]:
        """Run one statement; all of its rows, none for a statement without any."""


class Statements:
    """The base of everything that speaks SQL here: the connection, and the number of the process that works."""

    __slots__ = ("_execute", "_worker")

    def __init__(self, connection: Connection, worker: int) -> None:
        self._execute = connection.execute
        self._worker = worker
