"""The map of the form: its sections with what is missing, and the fields and tables of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import BLANK, Block, Button, Screen, bold, line, say
from bot.dialogue.screens.cancelled import lists_words
from bot.dialogue.screens.check import to_check
from bot.dialogue.screens.form_words import form_of, leave_row, next_missing_row, section_of, up_row, value_words
from bot.dialogue.screens.imports import workbook_row
from bot.dialogue.screens.view import View, in_rows, opening, to_evidence, undo_row
from bot.forms.filling import asked_fields, fullness, is_asked, values_of
from bot.forms.rows import rows
from bot.forms.subjects import field_subject
from bot.workbooks.layout import FORM

if TYPE_CHECKING:
    from bot.dialogue.screen import Say
    from bot.forms.model import Section

_SIDE_BY_SIDE = 2


def form_map(view: View) -> Screen:
    """Every section with how much of what it needs is there; one tap leads to the next thing missing."""
    form = form_of(view)
    asked = [section for section in form.sections if not section.is_free]
    blocks: list[Block] = [line(bold(form.title)), line(say("form.about")), BLANK]
    blocks += [line(section.label, "　", _fullness(view, section)) for section in asked]
    onward = next_missing_row(view)
    if not onward:
        blocks += [BLANK, line(bold(say("form.complete")))]
    sections = [opening(section.label, Place(PlaceKind.FORM_SECTION, section.id)) for section in asked]
    around = [workbook_row(FORM), to_check(), leave_row(view)]
    return view.screen(blocks, [onward, *in_rows(sections, _SIDE_BY_SIDE), *around])


def section(view: View) -> Screen:
    """What a section holds, field by field, and its tables with their rows."""
    shown, form = section_of(view), form_of(view)
    values = values_of(shown, view.assessment.entries)
    asked = asked_fields(shown, view.assessment.entries)
    blocks: list[Block] = [line(bold(form.title)), line(bold(shown.label)), line(shown.why), BLANK]
    blocks += [line(field.label, "：", value_words(field, values.get(field.id, ""))) for field in asked]
    unasked = [field.label for field in shown.fields if not is_asked(field, values) and field.id in values]
    if unasked:
        blocks.append(line(say("form.unasked", labels=tuple(unasked))))
    blocks += [line(label) for _, label in _tables(view, shown)]
    blocks += lists_words(view)
    fields = [opening(field.label, Place(PlaceKind.FIELD, field_subject(shown.id, field.id))) for field in asked]
    tables = [opening(label, Place(PlaceKind.TABLE, path)) for path, label in _tables(view, shown)]
    ways: list[tuple[Button, ...]] = [*in_rows(fields, _SIDE_BY_SIDE), *in_rows(tables, _SIDE_BY_SIDE)]
    ways += [to_evidence(view, shown.id), workbook_row(shown.id), undo_row(view), up_row(view), leave_row(view)]
    return view.screen(blocks, [next_missing_row(view), *ways])


def _fullness(view: View, section: Section) -> Say:
    full = fullness(section, view.assessment.entries)
    if full.done == full.total:
        return say("form.section_complete") if full.total else say("form.section_optional")
    return say("form.section_missing", count=full.total - full.done, done=full.done, total=full.total)


def _tables(view: View, shown: Section) -> list[tuple[str, Say]]:
    paths = [(f"{shown.id}.{table.id}", table.label) for table in shown.tables]
    return [
        (path, say("form.rows", label=label, count=len(rows(view.assessment.entries, path)))) for path, label in paths
    ]
