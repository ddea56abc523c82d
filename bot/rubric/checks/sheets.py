"""Rules about the printed sheets: together they hold every item once, in the order of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.data_files.findings import Finding
from bot.rubric.checks.walk import items
from bot.rubric.codes import RubricCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.rubric.source import RubricSource


def check_sheets(source: RubricSource) -> Iterator[Finding]:
    """R100, R101 and R102, where there are sheets: each run names items of its chapter, and none is left out."""
    order = {place.item.id: (number, place.chapter) for number, place in enumerate(items(source))}
    expected = 0
    for s, sheet in enumerate(source.sheets):
        for c, run in enumerate(sheet.chapters):
            path = ("sheets", s, "chapters", c)
            unknown = [(end, name) for end, name in (("first", run.first), ("last", run.last)) if name not in order]
            for end, name in unknown:
                yield Finding(RubricCode.SHEET_ITEM, (*path, end), {"item": name})
            if unknown:
                return
            if {order[run.first][1], order[run.last][1]} != {run.chapter}:
                yield Finding(RubricCode.SHEET_CHAPTER, (*path, "chapter"), {"chapter": run.chapter})
            first, last = order[run.first][0], order[run.last][0]
            if first != expected or last < first:
                yield Finding(RubricCode.SHEETS_INCOMPLETE, path, {"item": list(order)[min(expected, len(order) - 1)]})
                return
            expected = last + 1
    if source.sheets and expected < len(order):
        yield Finding(RubricCode.SHEETS_INCOMPLETE, ("sheets",), {"item": list(order)[expected]})
