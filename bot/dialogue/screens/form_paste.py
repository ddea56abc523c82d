"""Many lines pasted into a table: how they are to be written, and how they would be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.flows.form_rows import preview
from bot.dialogue.form_intents import ConfirmPaste
from bot.dialogue.intents import checksum
from bot.dialogue.phrases import shorten
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import BLANK, Block, Button, Emphasis, Line, Screen, bold, line, say
from bot.dialogue.screens.form_words import section_of, table_of, to_form
from bot.dialogue.screens.view import View, opening
from bot.forms.pasting import Misfit, Surplus
from bot.forms.showing import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.dialogue.screen import Say
    from bot.forms.model import Table
    from bot.forms.pasting import PastedLine

_GOOD_SHOWN = 6
_BAD_SHOWN = 6
_CELL = 24


def paste(view: View) -> Screen:
    """The order of the columns; with lines at hand, each good one as a row, each bad one with its reason."""
    table = table_of(view, view.subject)
    title = say("form.paste.title", table=table.label)
    blocks: list[Block] = [line(section_of(view).label), line(bold(title))]
    back = (opening(table.label, Place(PlaceKind.TABLE, view.subject)), to_form())
    if not view.position.draft:
        order = tuple(column.label for column in table.columns)
        blocks += [line(say("form.paste.how")), line(say("form.paste.columns", columns=order)), BLANK]
        return view.screen([*blocks, line(say("form.send"))], [back])
    read = preview(view.assessment, view.subject, table, view.position.draft)
    new = [each for each in read if each.is_new]
    again = opening(say("form.button.paste_again"), Place(PlaceKind.PASTE, view.subject))
    confirm = Button(
        say("form.button.paste_confirm", count=len(new)), ConfirmPaste(checksum(view.position.draft)), Emphasis.PRIMARY
    )
    return view.screen([*blocks, *_preview(table, read, new)], [(confirm,) if new else (), (again,), back])


def _preview(table: Table, read: Sequence[PastedLine], new: Sequence[PastedLine]) -> Iterator[Line]:
    standing = sum(each.stands for each in read)
    wrong = [each for each in read if each.wrong]
    yield line(say("form.paste.counts", new=len(new), wrong=len(wrong), standing=standing))
    for each in new[:_GOOD_SHOWN]:
        yield line(bold(str(each.number)), "　", _cells(table, each.cells))
    if len(new) > _GOOD_SHOWN:
        yield line(say("form.paste.more", count=len(new) - _GOOD_SHOWN))
    for each in wrong[:_BAD_SHOWN]:
        yield line(_reason(each))
    if len(wrong) > _BAD_SHOWN:
        yield line(say("form.paste.more_wrong", count=len(wrong) - _BAD_SHOWN))


def _cells(table: Table, cells: Mapping[str, str]) -> str:
    """A row as it would be kept, names and telephones in full.

    Who typed them sees them, in their own chat and until they confirm: masked, a slip could not be found before it is
    kept. Every later card masks them again, theirs too.
    """
    written = [shown(column, cells[column.id]) for column in table.columns if cells.get(column.id)]
    return " · ".join(shorten(words, _CELL) for words in written)


def _reason(bad: PastedLine) -> Say:
    """The first thing wrong with a line: its number, the column, and why."""
    match bad.wrong[0]:
        case Surplus(cells=cells, columns=columns):
            return say("form.paste.surplus", line=bad.number, cells=cells, columns=columns)
        case Misfit(column=column, why=why):
            return say("form.paste.wrong", line=bad.number, column=column.label, why=say(why.code, **why.args))
