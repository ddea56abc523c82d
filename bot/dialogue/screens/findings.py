"""The words for what the watch finds: where a fact stands, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.dialogue.flows.check import case_of
from bot.dialogue.phrases import SHORTER, answer_words, shorten
from bot.dialogue.screen import say
from bot.forms.paths import split_row
from bot.forms.rows import rows
from bot.forms.showing import masked
from bot.forms.subjects import CellRef, cell_in, parse
from bot.watch.measures import measures, written_about
from bot.watch.model import SpotKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.dialogue.screen import Say, Text
    from bot.dialogue.screens.view import View
    from bot.watch.model import Fact, Spot

_NAMED: Final = 5
"""How many names of a table are shown."""

_SHORT: Final = 30
"""How much of a cell is shown, in UTF-16 units."""


def label_of(view: View, spot: Spot) -> Text:
    """What a place is called."""
    return _LABELS[spot.kind](view, spot.subject)


def words_of(view: View, fact: Fact) -> Text:
    """What stands at a place."""
    if fact.spot.kind is SpotKind.ROW:
        path, number = split_row(fact.spot.subject) or (fact.spot.subject, 0)
        return say("watch.cells", cells=tuple(_cell(view, cell_in(path, number, each)) for each in fact.columns))
    if fact.spot.kind is SpotKind.TABLE:
        return _table_words(view, fact)
    return _WORDS[fact.spot.kind](view, fact.spot.subject)


def _item_words(view: View, item_id: str) -> Text:
    answer = view.assessment.item(item_id).answer
    return say("watch.blank") if answer is None else answer_words(view.rubric.items[item_id], answer)


def _table_words(view: View, fact: Fact) -> Text:
    """How many rows there are, and what the first of them hold, each name once."""
    path, every = fact.spot.subject, rows(view.assessment.entries, fact.spot.subject)
    subjects = [cell_in(path, row.number, column) for row in every for column in fact.columns if column in row.cells]
    values = tuple(dict.fromkeys(_value(view, subject) for subject in subjects))
    if not values:
        return say("watch.rows", count=len(every))
    return say("watch.rows_of", names=values[:_NAMED], count=len(every))


def _measure_words(view: View, about: str) -> Text:
    every = measures(view.assessment, view.rubric, view.world.form)
    missing = next((each.missing for each in every if each.about == about), ())
    return say("watch.lacks", labels=tuple(column.label for column in missing))


def _veto_words(view: View, veto_id: str) -> Text:
    record, veto = view.assessment.veto(veto_id), view.rubric.vetoes_by_id[veto_id]
    choice = veto.choice(record.choice)
    if choice is not None:
        return choice.label
    return shorten(record.note, SHORTER) if record.note else say("watch.blank")


def _value(view: View, subject: str) -> Text:
    field = None if view.world.form is None else view.world.form.field(subject)
    value = view.assessment.entry(subject).value
    return shorten(masked(field, value), _SHORT) if field is not None and value else say("watch.blank")


def _cell(view: View, subject: str) -> Say:
    field = None if view.world.form is None else view.world.form.field(subject)
    return say("watch.cell", label="" if field is None else field.label, value=_value(view, subject))


def _field_label(view: View, subject: str) -> Text:
    form = view.world.form
    field = None if form is None else form.field(subject)
    cell = parse(subject)
    if form is None or field is None:
        return subject
    if isinstance(cell, CellRef):
        return say("watch.label.cell", table=_table_label(view, cell.table_path), row=cell.row, column=field.label)
    return field.label


def _table_label(view: View, path: str) -> str:
    table = None if view.world.form is None else view.world.form.table(path)
    return path if table is None else table.label


def _row_label(view: View, subject: str) -> Text:
    path, number = split_row(subject) or (subject, 0)
    return say("watch.label.row", table=_table_label(view, path), row=number)


_LABELS: Final[dict[SpotKind, Callable[[View, str], Text]]] = {
    SpotKind.ITEM: lambda _, item_id: item_id,
    SpotKind.VETO: lambda view, veto_id: say("watch.label.condition", sign=view.rubric.vetoes_by_id[veto_id].mark),
    SpotKind.FIELD: _field_label,
    SpotKind.ROW: _row_label,
    SpotKind.TABLE: _table_label,
    SpotKind.MEASURE: lambda view, about: say("watch.label.measure", about=written_about(view.rubric, about)),
    SpotKind.TODAY: lambda _, __: say("watch.label.today"),
}
_WORDS: Final[dict[SpotKind, Callable[[View, str], Text]]] = {
    SpotKind.ITEM: _item_words,
    SpotKind.VETO: _veto_words,
    SpotKind.FIELD: _value,
    SpotKind.MEASURE: _measure_words,
    SpotKind.TODAY: lambda view, _: case_of(view.world, view.assessment).today.isoformat(),
}
