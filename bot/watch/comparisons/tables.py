"""What rows say against items and conditions: empty tables and cells, posts, terms, values."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.watch.case import TODAY, item_fact, period_in, row_fact, table_fact
from bot.watch.model import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from bot.forms.rows import Row
    from bot.watch.case import Case
    from bot.watch.model import Fact
    from bot.watch.rules import Rule


def table_empty(rule: Rule, case: Case) -> Iterator[Finding]:
    """A table has no row in a section that was begun, beside items that cannot be right then."""
    against = case.against(rule)
    if against and case.table(rule.table) and not case.rows(rule.table) and case.is_begun(rule.table):
        for fact in against:
            yield Finding(rule.id, rule.severity, fact.spot.subject, (table_fact(rule.table), fact))


def cell_empty(rule: Rule, case: Case) -> Iterator[Finding]:
    """A row lacks what an item or a condition goes by."""
    yield from _rows(rule, case, lambda row: not row.cells.get(rule.column))


def cell_is(rule: Rule, case: Case) -> Iterator[Finding]:
    """A row holds one of the values in a column, beside what it contradicts."""
    yield from _rows(rule, case, lambda row: row.cells.get(rule.column) in rule.values)


def term_over(rule: Rule, case: Case) -> Iterator[Finding]:
    """Today is outside of a row's period, beside what asks that it be inside."""
    for finding in _rows(rule, case, lambda row: _is_outside(row.cells.get(rule.column, ""), case.today)):
        row, *rest = finding.facts
        yield Finding(finding.rule, finding.severity, finding.about, (row, TODAY, *rest))


def post_missing(rule: Rule, case: Case) -> Iterator[Finding]:
    """Nobody in the table holds a post that an item with full marks goes by."""
    full = [item_id for item_id in rule.posts if case.is_full(item_id)]
    held = [row.cells.get(rule.column, "") for row in case.rows(rule.table)] if full else []
    for item_id in full if any(held) else ():
        if not any(word in post for post in held for word in rule.posts[item_id]):
            facts = (table_fact(rule.table, rule.column), item_fact(item_id))
            yield Finding(rule.id, rule.severity, item_id, facts, {"item": item_id})


def _rows(rule: Rule, case: Case, fires: Callable[[Row], bool]) -> Iterator[Finding]:
    against: tuple[Fact, ...] = case.against(rule)
    table = case.table(rule.table) if against else None
    if table is None:
        return
    name = table.columns[0].id
    for row in filter(fires, case.rows(rule.table)):
        facts = (row_fact(rule.table, row, name, rule.column), *against)
        yield Finding(rule.id, rule.severity, str(row.number), facts)


def _is_outside(cell: str, today: date) -> bool:
    period = period_in(cell)
    return period is not None and not period[0] <= today <= period[1]
