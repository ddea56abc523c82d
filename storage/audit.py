"""Whether every history still hangs together, and where not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Final

from storage.chain import FIELDS, START, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from storage.statements import Row

ENTRIES: Final = f"select id, previous, digest, {', '.join(FIELDS)} from history order by assessment, id"  # noqa: S608 - our own column names
HEADS: Final = "select id, head from assessment order by id"


class Fault(StrEnum):
    """What is wrong with a chain."""

    CHANGED = "changed"
    TORN = "torn"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain breaks first.

    CHANGED: that entry is not what was written. TORN: before that entry one is missing or was put in. CUT: the last
    ones are missing, `entry` is the last that is there, 0 when none is.
    """

    assessment: int
    entry: int
    fault: Fault

    def __str__(self) -> str:
        """In one line, for a log or a report."""
        return f"assessment {self.assessment}: history {self.fault} at entry {self.entry}"


def breaks(entries: Iterable[Row], heads: Iterable[Row]) -> Iterator[Break]:
    """The first break of each chain; both in the order of their assessments, entries in that of their writing."""
    ends = {assessment: bytes(head) for assessment, head in heads}
    for assessment, chain in groupby(entries, key=lambda row: row[3]):
        found = _first_break(assessment, chain, ends.pop(assessment, START))
        if found is not None:
            yield found
    for assessment, head in ends.items():
        if head != START:
            yield Break(assessment, 0, Fault.CUT)


def _first_break(assessment: int, chain: Iterable[Row], end: bytes) -> Break | None:
    last, number = START, 0
    for number, previous, kept, *fields in chain:
        if bytes(kept) != digest(bytes(previous), dict(zip(FIELDS, fields, strict=True))):
            return Break(assessment, number, Fault.CHANGED)
        if bytes(previous) != last:
            return Break(assessment, number, Fault.TORN)
        last = bytes(kept)
    return None if last == end else Break(assessment, number, Fault.CUT)
