"""The card of one field or cell: what is asked and why, what stands, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.flows.form_places import backward, onward
from bot.dialogue.form_intents import ClearEntry, FillChoice
from bot.dialogue.phrases import LONG, author_of, shorten
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import BLANK, Block, Button, Emphasis, Line, Screen, bold, code, line, say
from bot.dialogue.screens.cancelled import question_words
from bot.dialogue.screens.form_words import form_of, section_of, table_of, to_form, value_words
from bot.dialogue.screens.view import View, in_rows, opening, undo_row
from bot.forms.choosing import chosen
from bot.forms.model import FieldKind
from bot.forms.showing import masked
from bot.forms.subjects import CellRef, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.assessments.model import EntryRecord
    from bot.dialogue.screen import Say
    from bot.dialogue.screens.view import Row
    from bot.forms.model import Choice, Field

_CHOICES_IN_A_ROW = 2


def field(view: View) -> Screen:
    """One question; typed words are its answer, a choice is a tap."""
    asked = form_of(view).field(view.subject)
    assert asked is not None  # noqa: S101 - the place is real only where the form has the field
    stands = view.assessment.entry(view.subject)
    blocks: list[Block] = [line(_whereabouts(view)), line(bold(asked.label)), line(asked.why), BLANK]
    blocks += [line(bold(choice.label), "　", choice.meaning) for choice in asked.choices]
    if asked.example:
        blocks.append(line(say("form.example"), code(asked.example)))
    blocks += _standing(view, asked, stands)
    blocks += question_words(view)
    blocks.append(line(say(_request(asked))))
    return view.screen(blocks, [*_choices(view, asked, stands), *_ways(view, asked, stands)])


def _whereabouts(view: View) -> Say:
    cell, section = parse(view.subject), section_of(view)
    if not isinstance(cell, CellRef):
        return say("form.in_section", section=section.label)
    table = table_of(view, cell.table_path)
    return say("form.in_row", section=section.label, table=table.label, row=cell.row)


def _request(asked: Field) -> str:
    if asked.kind is FieldKind.LEVELS:
        return "form.tick"
    return "form.choose" if asked.kind is FieldKind.CHOICE else "form.send"


def _standing(view: View, asked: Field, stands: EntryRecord) -> Iterator[Line]:
    if stands.value:
        words = value_words(asked, stands.value, LONG)
        who = () if stands.at is None else (say("history.who", at=stands.at, author=author_of(stands.by, view.world)),)
        yield line(bold(say("form.present", value=words)), *(part for each in who for part in ("　", each)))
        if asked.personal:
            yield line(say("form.masked"))
    if view.position.draft:
        yield line(say("report.kept_words", words=shorten(masked(asked, view.position.draft), LONG)))


def _choices(view: View, asked: Field, stands: EntryRecord) -> list[Row]:
    held = set(chosen(stands.value)) if asked.kind is FieldKind.LEVELS else {stands.value}
    buttons = [
        Button(_choice_words(choice, held), FillChoice(view.subject, number, stands.revision))
        for number, choice in enumerate(asked.choices)
    ]
    return in_rows(buttons, _CHOICES_IN_A_ROW)


def _choice_words(choice: Choice, held: set[str]) -> Say:
    return say("form.button.chosen" if choice.id in held else "form.button.choice", label=choice.label)


def _ways(view: View, asked: Field, stands: EntryRecord) -> list[Row]:
    form, assessment, subject = form_of(view), view.assessment, view.subject
    before = opening(say("form.button.before"), backward(form, assessment, subject))
    word = "form.button.next" if stands.value else "form.button.skip"
    behind = opening(say(word), onward(form, assessment, subject), _weight(asked, stands))
    clear = (Button(say("form.button.clear"), ClearEntry(subject, stands.revision)),) if stands.value else ()
    cell = parse(subject)
    table = cell.table_path if isinstance(cell, CellRef) else ""
    up = opening(section_of(view).label, Place(PlaceKind.FORM_SECTION, section_of(view).id))
    if table:
        up = opening(table_of(view, table).label, Place(PlaceKind.TABLE, table))
    told = (opening(say("button.history"), Place(PlaceKind.HISTORY, subject)),) if stands.revision else ()
    return [(before, behind), (*clear, *told), undo_row(view), (up, to_form())]


def _weight(asked: Field, stands: EntryRecord) -> Emphasis:
    is_done = bool(stands.value) and asked.kind is FieldKind.LEVELS
    return Emphasis.PRIMARY if is_done else Emphasis.PLAIN
