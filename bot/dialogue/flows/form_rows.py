"""The rows of a table: begun, copied, deleted, and many pasted at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.assessments.events import EntryWritten
from bot.dialogue.flows.form_fields import context_of
from bot.dialogue.flows.form_places import first_cell
from bot.dialogue.intents import checksum
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.scene import stay, warn
from bot.dialogue.screen import Notice, say
from bot.forms.pasting import read_lines
from bot.forms.paths import row_path, split_page, split_row
from bot.forms.rows import next_number, row_at, rows
from bot.forms.subjects import MOST_ROWS_EVER, cell_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.assessments.model import Assessment
    from bot.dialogue.form_intents import ConfirmPaste, CopyRow, DeleteRow, NewRow
    from bot.dialogue.scene import Scene
    from bot.dialogue.turn import Move
    from bot.dialogue.world import World
    from bot.forms.model import Table
    from bot.forms.pasting import PastedLine


_LONGEST_PASTE: Final = 20_000
"""How many characters of pasted lines wait at most."""


def begin(scene: Scene, intent: NewRow) -> Move:
    """A new row begins with its first cell; nothing is written before something is said."""
    table = _table(scene.world, intent.table)
    if table is None:
        return stay(scene.position, "notice.unreadable_button")
    if room_for(scene.assessment, intent.table, table) < 1:
        return warn(scene.position, "form.table_full", label=table.label, most=table.most)
    return scene.go(Place(PlaceKind.FIELD, first_cell(scene.assessment, intent.table, table)))


def copy(scene: Scene, intent: CopyRow) -> Move:
    """The cells of a row are written into a new one, to be changed there; a repeated tap finds its work done."""
    found = split_row(intent.row)
    table = None if found is None else _table(scene.world, found[0])
    if found is None or table is None:
        return stay(scene.position, "notice.unreadable_button")
    path, number = found
    into = Place(PlaceKind.ROW, row_path(path, intent.into))
    cells = row_at(scene.assessment.entries, path, number).cells
    if cells and cells == row_at(scene.assessment.entries, path, intent.into).cells:
        return stay(scene.go(into).position, "form.row_copied", row=intent.into)
    if not cells or intent.into != next_number(scene.assessment.entries, path):
        return _gone(scene, path)
    if room_for(scene.assessment, path, table) < 1:
        return warn(scene.position, "form.table_full", label=table.label, most=table.most)
    events = tuple(_written(path, intent.into, cells))
    return scene.go(into, *events, notice=Notice(say("form.row_copied", row=intent.into)))


def delete(scene: Scene, intent: DeleteRow) -> Move:
    """Every cell of a row is taken back; undoing brings it back whole."""
    found = split_row(intent.row)
    table = None if found is None else _table(scene.world, found[0])
    if found is None or table is None:
        return stay(scene.position, "notice.unreadable_button")
    path, number = found
    cells = row_at(scene.assessment.entries, path, number).cells
    if not cells:
        return _gone(scene, path)
    if row_revision(scene.assessment, path, number, table) != intent.revision:
        return warn(scene.go(Place(PlaceKind.ROW, intent.row)).position, "form.row_changed", row=number)
    events = tuple(EntryWritten(cell_in(path, number, column), value, "") for column, value in cells.items())
    return scene.go(Place(PlaceKind.TABLE, path), *events, notice=Notice(say("form.row_deleted", row=number)))


def pasted(scene: Scene, subject: str, text: str) -> Move:
    """Lines came for a table: they are shown as they would be read, and nothing is written yet.

    More lines join those that wait already: a long list comes in several messages.
    """
    place = Place(PlaceKind.PASTE, split_page(subject)[0])
    waiting = scene.position.draft if scene.position.place == place else ""
    lines = f"{waiting}\n{text}" if waiting else text
    if len(lines) > _LONGEST_PASTE:
        return warn(scene.position, "form.paste.too_long", most=_LONGEST_PASTE)
    return scene.go(place, draft=lines)


def confirm(scene: Scene, intent: ConfirmPaste) -> Move:
    """The good lines of the preview become rows; the others stay for another try."""
    place, draft = scene.position.place, scene.position.draft
    table = _table(scene.world, place.subject)
    if place.kind is not PlaceKind.PASTE or table is None or not draft or checksum(draft) != intent.words:
        return stay(scene.position, "form.done_already")
    new = [line for line in preview(scene.assessment, place.subject, table, draft) if line.is_new]
    if not new:
        return stay(scene.position, "form.nothing_to_paste")
    if room_for(scene.assessment, place.subject, table) < len(new):
        return warn(scene.position, "form.table_full", label=table.label, most=table.most)
    first = next_number(scene.assessment.entries, place.subject)
    events = [
        event for number, line in enumerate(new, start=first) for event in _written(place.subject, number, line.cells)
    ]
    notice = Notice(say("form.pasted", count=len(new), label=table.label))
    return scene.go(Place(PlaceKind.TABLE, place.subject), *events, notice=notice)


def preview(assessment: Assessment, path: str, table: Table, text: str) -> tuple[PastedLine, ...]:
    """How each pasted line would be read."""
    there = [row.cells for row in rows(assessment.entries, path)]
    return read_lines(table, text, there, context_of(assessment))


def room_for(assessment: Assessment, path: str, table: Table) -> int:
    """How many more rows the table takes."""
    ever = MOST_ROWS_EVER - next_number(assessment.entries, path) + 1
    return max(min(table.most - len(rows(assessment.entries, path)), ever), 0)


def row_revision(assessment: Assessment, path: str, number: int, table: Table) -> int:
    """A number that grows whenever any cell of the row changes."""
    return sum(assessment.entry(cell_in(path, number, column.id)).revision for column in table.columns)


def _table(world: World, path: str) -> Table | None:
    return None if world.form is None else world.form.table(path)


def _written(path: str, number: int, cells: Mapping[str, str]) -> Iterator[EntryWritten]:
    return (EntryWritten(cell_in(path, number, column), "", value) for column, value in cells.items())


def _gone(scene: Scene, path: str) -> Move:
    return stay(scene.go(Place(PlaceKind.TABLE, path)).position, "form.rows_changed")
