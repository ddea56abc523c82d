"""Lays a workbook out: which sheets it has, and what stands in them today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.workbooks import form_sheets, item_sheets
from bot.workbooks.grids import Book, Marker
from bot.workbooks.targets import Target, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.assessments.model import Assessment
    from bot.forms.model import Form
    from bot.rubric.model import Rubric
    from bot.workbooks.grids import Grid
    from bot.workbooks.speaking import Speaker

WHOLE: Final = "whole"
"""The scope of the twin: the table, the conditions, and the form."""
FORM: Final = "form"
"""The scope of the form with all its sections."""

_NOTES: Final = (
    "workbook.note.what",
    "workbook.note.grey",
    "workbook.note.lists",
    "workbook.note.rows",
    "workbook.note.blank",
    "workbook.note.back",
    "workbook.note.personal",
)


@dataclass(frozen=True, slots=True)
class Source:
    """What a workbook is written from, and in which language."""

    assessment: Assessment
    rubric: Rubric
    form: Form | None
    speaker: Speaker


def lay_out(source: Source, scope: str) -> Book | None:
    """The workbook of a scope: WHOLE, FORM, a section such as "registration", or a table "registration.examiners".

    None when there is no such part.
    """
    grids = tuple(_grids(source, scope))
    if not grids:
        return None
    assessment, speaker = source.assessment, source.speaker
    base = {target: text for target, text in written(assessment) if text and _is_shown(target, grids)}
    form = None if source.form is None else (source.form.id, source.form.version)
    rubric = (source.rubric.id, source.rubric.version)
    marker = Marker(assessment.id, rubric, form, speaker.locale, base, {grid.code: grid.title for grid in grids})
    title = source.rubric.title if scope == WHOLE or source.form is None else source.form.title
    notes = tuple(speaker.say(key) for key in _NOTES)
    return Book(title, speaker.say("workbook.sheet.notes"), notes, grids, marker)


def scopes(form: Form) -> Iterator[str]:
    """Every part of a form that there is a workbook of."""
    yield FORM
    for section in form.sections:
        if not section.is_free:
            yield section.id
        yield from (f"{section.id}.{table.id}" for table in section.tables)


def _grids(source: Source, scope: str) -> Iterator[Grid]:
    if scope == WHOLE:
        yield item_sheets.items(source.rubric, source.assessment, source.speaker)
        if source.rubric.vetoes:
            yield item_sheets.vetoes(source.rubric, source.assessment, source.speaker)
    if source.form is None:
        return
    for section in source.form.sections:
        if scope in (WHOLE, FORM, section.id) and section.fields:
            yield form_sheets.fields(section, source.assessment, source.speaker)
        for table in section.tables:
            path = f"{section.id}.{table.id}"
            if scope in (WHOLE, FORM, section.id, path):
                yield form_sheets.table(section, table, source.assessment, source.speaker)


def _is_shown(target: Target, grids: tuple[Grid, ...]) -> bool:
    return any(target.kind in _KINDS.get(grid.code, form_sheets.KINDS) and _holds(grid, target) for grid in grids)


def _holds(grid: Grid, target: Target) -> bool:
    if grid.code in _KINDS:
        return True
    if grid.spare:
        return target.subject.startswith(f"{grid.code}/")
    return any(f"{grid.code}.{line.key}" == target.subject for line in grid.lines)


_KINDS: Final = {item_sheets.ITEMS: item_sheets.ITEM_KINDS, item_sheets.VETOES: item_sheets.VETO_KINDS}
