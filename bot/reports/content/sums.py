"""The rows of a table as the paper has them: where it wants sums, one row for all that name the same thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.forms.model import FieldKind
from bot.forms.words import folded
from bot.reports.content.said import said_rows
from bot.watch.case import number_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.forms.model import Table
    from bot.reports.content.brief import Brief
    from bot.reports.content.said import Said

    Texts = Mapping[str, str]


def printed_rows(brief: Brief, path: str, sum_by: str = "") -> tuple[Texts, ...]:
    """The texts of each row by column; numbers of rows that share their `sum_by` are added up."""
    form = brief.case.form
    table = None if form is None else form.table(path)
    if table is None:
        return ()
    found = said_rows(brief, path)
    if not sum_by:
        return tuple({column: each.text for column, each in row.items()} for row in found)
    groups: dict[str, list[Mapping[str, Said]]] = {}
    for row in found:
        groups.setdefault(folded(row[sum_by].text), []).append(row)
    return tuple(_summed(table, group) for group in groups.values())


def _summed(table: Table, group: Sequence[Mapping[str, Said]]) -> Texts:
    numbers = [each.id for each in table.columns if each.kind is FieldKind.NUMBER]
    first = {column: each.text for column, each in group[0].items()}
    return {**first, **{column: _sum([row[column].id for row in group]) for column in numbers}}


def _sum(values: Sequence[str]) -> str:
    """The sum of what is written; "" where nothing is."""
    return str(sum(map(number_in, values))) if any(values) else ""
