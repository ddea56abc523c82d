"""整改: each problem with its cause, its measure, who sees to it and by when, as the letter lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.forms.filling import asked_columns
from bot.reports.content.said import Said, one_line, said_row
from bot.watch.measures import TABLE, Demand, measures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.reports.content.brief import Brief
    from bot.watch.measures import Measure


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing to be put right: `about` are official words, "" for what the station wrote of its own accord.

    `cells` are those of its row, by column, none where nothing was written; `intention` is what was said beside the
    item.
    """

    about: str
    is_condition: bool
    cells: Mapping[str, Said]
    intention: str


def remedies(brief: Brief) -> Iterator[Remedy]:
    """Every measure that is asked for, then those that nothing asks for."""
    case = brief.case
    for measure in measures(case.assessment, case.rubric, case.form):
        yield _remedy(brief, measure)


def _remedy(brief: Brief, measure: Measure) -> Remedy:
    rubric = brief.case.rubric
    veto, item = rubric.vetoes_by_id.get(measure.about), rubric.items.get(measure.about)
    about = veto.text if veto is not None else item.text if item is not None else ""
    intention = brief.case.assessment.item(measure.about).remedy
    return Remedy(about, measure.demand is Demand.CONDITION, _cells(brief, measure), one_line(intention))


def _cells(brief: Brief, measure: Measure) -> Mapping[str, Said]:
    form = brief.case.form
    table = None if form is None else form.table(TABLE)
    if table is None or measure.row is None:
        return {}
    return said_row(brief, table.columns, measure.row, asked_columns(table, measure.row))
