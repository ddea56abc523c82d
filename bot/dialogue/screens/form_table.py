"""A table of the form: its rows by pages, and one row with its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.flows.form_rows import room_for, row_revision
from bot.dialogue.form_intents import CopyRow, DeleteRow, NewRow
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import BLANK, Block, Button, Emphasis, Screen, bold, line, say
from bot.dialogue.screens.form_words import (
    cells_words,
    leave_row,
    next_missing_row,
    section_of,
    table_of,
    to_form,
    up_row,
    value_words,
)
from bot.dialogue.screens.imports import workbook_row
from bot.dialogue.screens.measures import to_measures
from bot.dialogue.screens.view import View, in_rows, opening, undo_row
from bot.forms.filling import asked_columns
from bot.forms.model import Need
from bot.forms.paths import row_path, split_page, split_row
from bot.forms.rows import next_number, row_at, rows
from bot.forms.subjects import cell_in

if TYPE_CHECKING:
    from bot.dialogue.screen import Text
    from bot.dialogue.screens.view import Row
    from bot.forms.model import Table
    from bot.forms.rows import Row as TableRow

_ON_A_PAGE = 8
_NUMBERS_IN_A_ROW = 4
_COLUMNS_IN_A_ROW = 2


def table(view: View) -> Screen:
    """The rows, eight to a page; each is opened by its number."""
    path, page = split_page(view.subject)
    shown, every = table_of(view, path), rows(view.assessment.entries, path)
    pages = max(-(-len(every) // _ON_A_PAGE), 1)
    page = min(page, pages)
    here = every[(page - 1) * _ON_A_PAGE : page * _ON_A_PAGE]
    title = say("form.rows", label=shown.label, count=len(every))
    blocks: list[Block] = [line(section_of(view).label), line(bold(title)), line(shown.why), BLANK]
    blocks += [line(bold(str(row.number)), "　", cells_words(shown, row.cells), *_lacks(shown, row)) for row in here]
    if not every:
        blocks.append(line(say("form.no_rows")))
    numbers = [opening(str(row.number), Place(PlaceKind.ROW, row_path(path, row.number))) for row in here]
    ways = [
        *in_rows(numbers, _NUMBERS_IN_A_ROW),
        _pages(path, page, pages),
        _adding(view, path, shown),
        workbook_row(path),
    ]
    return view.screen(blocks, [*ways, next_missing_row(view), undo_row(view), up_row(view), leave_row(view)])


def row(view: View) -> Screen:
    """One row, cell by cell; each is changed by its button."""
    path, number = split_row(view.subject) or (view.subject, 0)
    shown, held = table_of(view, path), row_at(view.assessment.entries, path, number)
    up = (opening(shown.label, Place(PlaceKind.TABLE, path)), to_form())
    title = say("form.row", table=shown.label, row=number)
    blocks: list[Block] = [line(section_of(view).label), line(bold(title)), BLANK]
    if not held.cells:
        blocks.append(line(say("form.row_gone")))
        return view.screen(blocks, [_adding(view, path, shown), undo_row(view), up])
    asked = asked_columns(shown, held)
    blocks += [line(column.label, "：", value_words(column, held.cells.get(column.id, ""))) for column in asked]
    cells = [opening(column.label, Place(PlaceKind.FIELD, cell_in(path, number, column.id))) for column in asked]
    copy = Button(say("form.button.copy"), CopyRow(view.subject, next_number(view.assessment.entries, path)))
    revision = row_revision(view.assessment, path, number, shown)
    delete = Button(say("form.button.delete"), DeleteRow(view.subject, revision))
    ways = [*in_rows(cells, _COLUMNS_IN_A_ROW), (copy, delete), _adding(view, path, shown), to_measures(path)]
    return view.screen(blocks, [*ways, undo_row(view), up])


def _lacks(shown: Table, held: TableRow) -> tuple[Text, ...]:
    asked = [each for each in asked_columns(shown, held) if each.need is Need.REQUIRED]
    missing = tuple(each.label for each in asked if each.id not in held.cells)
    return ("　", say("form.lacks", labels=missing)) if missing else ()


def _pages(path: str, page: int, pages: int) -> Row:
    before = opening(say("form.button.page_before"), Place(PlaceKind.TABLE, row_path(path, page - 1)))
    behind = opening(say("form.button.page_behind"), Place(PlaceKind.TABLE, row_path(path, page + 1)))
    return (*((before,) if page > 1 else ()), *((behind,) if page < pages else ()))


def _adding(view: View, path: str, shown: Table) -> Row:
    if not room_for(view.assessment, path, shown):
        return ()
    add = Button(say("form.button.add"), NewRow(path), Emphasis.PRIMARY)
    return (add, opening(say("form.button.paste"), Place(PlaceKind.PASTE, path)))
