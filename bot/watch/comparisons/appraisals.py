"""What the rows of appraisals say: nobody or somebody in the window, inside the licence or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.forms.choosing import chosen
from bot.forms.model import FieldKind
from bot.rubric.answers import Excused
from bot.watch.case import appraised, item_fact, names_in, number_in, row_fact, same_name, table_fact, veto_fact
from bot.watch.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.forms.model import Table
    from bot.forms.rows import Row
    from bot.watch.case import Case
    from bot.watch.model import Fact
    from bot.watch.rules import Rule


def nobody_appraised(rule: Rule, case: Case) -> Iterator[Finding]:
    """No row has people in the window, and yet the condition of it is denied."""
    against, table = case.against(rule), case.table(rule.table)
    if against and table and not _in_window(rule, case, table) and case.is_begun(rule.table):
        yield Finding(rule.id, rule.severity, "", (table_fact(rule.table), *against))


def somebody_appraised(rule: Rule, case: Case) -> Iterator[Finding]:
    """Rows have people in the window, and yet the condition is declared."""
    declared = [veto_fact(each) for each in rule.vetoes if case.assessment.veto(each).declared]
    table = case.table(rule.table) if declared else None
    found = _in_window(rule, case, table) if table is not None else []
    if table is not None and found:
        yield Finding(rule.id, rule.severity, "", (_people(rule, table, found[0]), *declared))


def excused_though_appraised(rule: Rule, case: Case) -> Iterator[Finding]:
    """An item is excused for want of appraisals, and yet there were some in the window."""
    excused = [each for each in rule.items if isinstance(case.assessment.item(each).answer, Excused)]
    table = case.table(rule.table) if excused else None
    found = _in_window(rule, case, table) if table is not None else []
    for item_id in excused if table is not None and found else ():
        assert table is not None  # noqa: S101 - there are no rows without it
        yield Finding(rule.id, rule.severity, item_id, (_people(rule, table, found[0]), item_fact(item_id)))


def outside(rule: Rule, case: Case) -> Iterator[Finding]:
    """A row names an occupation that no row of the other table has; no condition of the rule is declared for it."""
    licensed = _licensed(rule, case)
    if not licensed or any(case.assessment.veto(each).declared for each in rule.vetoes):
        return
    for row in case.rows(rule.table):
        strange = [each for each in names_in(row.cells.get(rule.column, "")) if same_name(each) not in licensed]
        if strange:
            table = case.table(rule.table)
            columns = dict.fromkeys((table.columns[0].id, rule.column, *appraised(table, row))) if table else ()
            facts = (
                row_fact(rule.table, row, *columns),
                table_fact(rule.among, rule.among_column),
                *case.against(rule),
            )
            yield Finding(rule.id, rule.severity, str(row.number), facts, {"name": strange[0]})


def level_outside(rule: Rule, case: Case) -> Iterator[Finding]:
    """People were appraised at a level that the licence does not name for the occupation."""
    table, licensed = case.table(rule.table), _licensed(rule, case)
    if table is None or any(case.assessment.veto(each).declared for each in rule.vetoes):
        return
    for row in case.rows(rule.table):
        known = licensed.get(same_name(row.cells.get(rule.column, "")), [])
        levels = {level for other in known for level in chosen(_levels(other, case, rule))}
        beyond = [level for level in appraised(table, row) if level not in levels]
        if known and levels and beyond:
            first = row_fact(rule.table, row, rule.column, *beyond)
            facts = (first, row_fact(rule.among, known[0], rule.among_column, *_level_column(case, rule)))
            yield Finding(rule.id, rule.severity, str(row.number), (*facts, *case.against(rule)))


def all_inside(rule: Rule, case: Case) -> Iterator[Finding]:
    """A condition is declared, and yet no row is outside of what the licence names."""
    declared = [veto_fact(each) for each in rule.vetoes if case.assessment.veto(each).declared]
    licensed = _licensed(rule, case) if declared else {}
    names = (
        [each for row in case.rows(rule.table) for each in names_in(row.cells.get(rule.column, ""))] if licensed else ()
    )
    if names and all(same_name(each) in licensed for each in names):
        yield Finding(rule.id, rule.severity, "", (table_fact(rule.table, rule.column), *declared))


def unused(rule: Rule, case: Case) -> Iterator[Finding]:
    """The licence names an occupation that no row of appraisals has."""
    rows = case.rows(rule.table)
    used = {same_name(each) for row in rows for each in names_in(row.cells.get(rule.column, ""))}
    for name, found in _licensed(rule, case).items() if used else ():
        if name not in used:
            facts = (row_fact(rule.among, found[0], rule.among_column), table_fact(rule.table, rule.column))
            yield Finding(rule.id, rule.severity, str(found[0].number), facts, {"name": name})


def _licensed(rule: Rule, case: Case) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in case.rows(rule.among) if case.table(rule.among) else ():
        for name in names_in(row.cells.get(rule.among_column, "")):
            found.setdefault(same_name(name), []).append(row)
    return found


def _level_column(case: Case, rule: Rule) -> tuple[str, ...]:
    table = case.table(rule.among)
    return tuple(each.id for each in table.columns if each.kind is FieldKind.LEVELS) if table else ()


def _levels(row: Row, case: Case, rule: Rule) -> str:
    return ",".join(row.cells.get(each, "") for each in _level_column(case, rule))


def _in_window(rule: Rule, case: Case, table: Table) -> list[Row]:
    """The rows with people in the last `years`; a row without a year counts."""
    years = [column.id for column in table.columns if column.kind is FieldKind.YEAR]
    first = case.today.year - rule.years
    return [row for row in case.rows(rule.table) if appraised(table, row) and _year(row, years, first) >= first]


def _year(row: Row, columns: list[str], otherwise: int) -> int:
    return next((number_in(row.cells[each]) for each in columns if each in row.cells), otherwise)


def _people(rule: Rule, table: Table, row: Row) -> Fact:
    years = (column.id for column in table.columns if column.kind is FieldKind.YEAR)
    return row_fact(rule.table, row, *years, rule.column, *appraised(table, row))
