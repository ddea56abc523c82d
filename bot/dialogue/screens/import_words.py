"""The words for what a returned workbook is about: where a cell stands, what it is called, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.phrases import SHORTER, answer_words, shorten
from bot.dialogue.screen import say
from bot.forms.showing import masked
from bot.forms.subjects import CellRef, parse
from bot.workbooks.targets import TargetKind, answer_of, statement_of

if TYPE_CHECKING:
    from bot.dialogue.screen import Text
    from bot.dialogue.screens.view import View
    from bot.workbooks.draft import Spot
    from bot.workbooks.targets import Target


def spot_words(spot: Spot) -> Text:
    """The sheet, and the cell as a spreadsheet names it."""
    if not spot.row:
        return say("import.sheet", sheet=spot.sheet)
    return say("import.spot", sheet=spot.sheet, cell=f"{spot.column}{spot.row}")


def label_words(view: View, target: Target) -> Text:
    """What a value is of."""
    match target.kind:
        case TargetKind.ANSWER:
            return target.subject
        case TargetKind.NOTE:
            return say("import.note", item=target.subject)
        case TargetKind.REMEDY:
            return say("import.remedy", item=target.subject)
        case TargetKind.VETO:
            return say("import.veto", sign=view.rubric.vetoes_by_id[target.subject].mark)
        case TargetKind.ENTRY:
            return _field_label(view, target.subject)


def _field_label(view: View, subject: str) -> Text:
    form = view.world.form
    field = None if form is None else form.field(subject)
    if form is None or field is None:
        return subject
    cell = parse(subject)
    if not isinstance(cell, CellRef):
        return field.label
    table = form.table(cell.table_path)
    return say("import.cell_of", table="" if table is None else table.label, number=cell.row, column=field.label)


def value_words(view: View, target: Target, text: str) -> Text:
    """A canonical value in words, masked where it is about a person."""
    if not text:
        return say("import.blank")
    match target.kind:
        case TargetKind.ANSWER:
            answer = answer_of(text)
            return say("import.blank") if answer is None else answer_words(view.rubric.items[target.subject], answer)
        case TargetKind.VETO:
            return _statement(view, target.subject, text)
        case TargetKind.ENTRY:
            field = None if view.world.form is None else view.world.form.field(target.subject)
            return shorten(text if field is None else masked(field, text), SHORTER)
        case _:
            return shorten(text, SHORTER)


def _statement(view: View, veto_id: str, text: str) -> Text:
    choice_id, words = statement_of(text)
    choice = view.rubric.vetoes_by_id[veto_id].choice(choice_id)
    if choice is None:
        return shorten(words, SHORTER)
    return say("import.statement", choice=choice.label, words=shorten(words, SHORTER)) if words else choice.label
