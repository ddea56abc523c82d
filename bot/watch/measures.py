"""整改: which lost points and declared conditions ask for a measure, and what each has so far."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from bot.forms.filling import asked_columns
from bot.forms.model import Need
from bot.forms.rows import rows
from bot.rubric.yields import lost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.assessments.model import Assessment
    from bot.forms.model import Field, Form, Table
    from bot.forms.rows import Row
    from bot.rubric.model import Rubric

TABLE: Final = "measures.problems"
ABOUT: Final = "about"
"""The column that says which item or condition a row is for."""
PROBLEM: Final = "problem"
"""The column that says what was found."""


class Demand(Enum):
    """Why there is a measure."""

    LOSS = "loss"
    CONDITION = "condition"
    NONE = "none"
    """The reason has gone, or the station wrote it of its own accord."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing to be put right: `about` is an item's or a condition's id, or a row's own words."""

    about: str
    demand: Demand
    row: Row | None
    missing: tuple[Field, ...]

    @property
    def is_complete(self) -> bool:
        """Whether everything is there that the form asks of it."""
        return self.row is not None and not self.missing


def measures(assessment: Assessment, rubric: Rubric, form: Form | None) -> tuple[Measure, ...]:
    """Every measure that is asked for, in the order of the table, then the rows that nothing asks for."""
    table = None if form is None else form.table(TABLE)
    return () if table is None else tuple(_measures(assessment, rubric, table))


def demand_of(assessment: Assessment, rubric: Rubric, about: str) -> Demand:
    """Why an item or a condition asks for a measure now."""
    answer = assessment.item(about).answer
    if about in rubric.items and answer is not None and lost(rubric.items[about], answer):
        return Demand.LOSS
    return Demand.CONDITION if assessment.veto(about).declared else Demand.NONE


def written_about(rubric: Rubric, about: str) -> str:
    """What the row of an item or a condition says it is for: the item's id, or the condition's printed sign."""
    veto = rubric.vetoes_by_id.get(about)
    return about if veto is None else veto.mark


def row_of(assessment: Assessment, rubric: Rubric, about: str) -> Row | None:
    """The first row for an item or a condition."""
    return next((row for row in rows(assessment.entries, TABLE) if _about(row, rubric) == about), None)


def _measures(assessment: Assessment, rubric: Rubric, table: Table) -> Iterator[Measure]:
    found: dict[str, Row] = {}
    every = rows(assessment.entries, TABLE)
    for row in every:
        found.setdefault(_about(row, rubric), row)
    demanded = {each: demand_of(assessment, rubric, each) for each in (*rubric.items, *rubric.vetoes_by_id)}
    for about, demand in demanded.items():
        if demand is not Demand.NONE:
            yield Measure(about, demand, found.get(about), _missing(table, found.get(about)))
    for row in every:
        about = _about(row, rubric)
        if demanded.get(about, Demand.NONE) is Demand.NONE or found[about] != row:
            yield Measure(about, Demand.NONE, row, _missing(table, row))


def _about(row: Row, rubric: Rubric) -> str:
    words = row.cells.get(ABOUT, "")
    return next((veto.id for veto in rubric.vetoes if words in (veto.id, veto.mark)), words)


def _missing(table: Table, row: Row | None) -> tuple[Field, ...]:
    if row is None:
        return tuple(column for column in table.columns if column.need is Need.REQUIRED)
    asked = asked_columns(table, row)
    return tuple(column for column in asked if column.need is Need.REQUIRED and column.id not in row.cells)
