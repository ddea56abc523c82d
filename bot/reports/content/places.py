"""What evidence is about, in the words that stand on paper, in the order of table, conditions and form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.forms.paths import split_row

if TYPE_CHECKING:
    from bot.forms.model import Form
    from bot.reports.content.brief import Brief
    from bot.rubric.model import Rubric


def names_of_places(brief: Brief) -> dict[str, str]:
    """Every place that evidence can be given for, with its words: items, conditions, then what the form asks."""
    form = brief.case.form
    return {**_of_rubric(brief.case.rubric), **({} if form is None else _of_form(form))}


def name_of_place(brief: Brief, names: dict[str, str], about: str) -> str:
    """The words of one place; of a row, those of its table with its number."""
    if about in names:
        return names[about]
    row = split_row(about)
    if row is not None and row[0] in names:
        return brief.words("evidence.row", table=names[row[0]], number=row[1])
    return brief.words("evidence.unplaced")


def _of_rubric(rubric: Rubric) -> dict[str, str]:
    items = {item.id: item.text for item in rubric.items.values()}
    return {**items, **{veto.id: veto.text for veto in rubric.vetoes}}


def _of_form(form: Form) -> dict[str, str]:
    found = {}
    for section in form.sections:
        found[section.id] = section.label
        found |= {f"{section.id}.{field.id}": field.label for field in section.fields}
        found |= {f"{section.id}.{table.id}": table.label for table in section.tables}
    return found
