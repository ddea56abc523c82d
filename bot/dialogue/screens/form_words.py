"""What the screens of the form share: where a value belongs, how it reads, and the ways back."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from bot.dialogue.flows.form_places import FORM, missing
from bot.dialogue.phrases import SHORTER, shorten
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import Button, Emphasis, say
from bot.dialogue.screens.view import Row, View, back_to_card, opening
from bot.forms.filling import needed
from bot.forms.showing import masked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.dialogue.screen import Text
    from bot.forms.model import Field, Form, Section, Table


def form_of(view: View) -> Form:
    """The form of the assessment; only for screens of places that are real."""
    assert view.world.form is not None  # noqa: S101 - a place of the form is real only where there is a form
    return view.world.form


def section_of(view: View) -> Section:
    """The section that the place is in."""
    section_id = view.subject.partition(".")[0]
    return next(section for section in form_of(view).sections if section.id == section_id)


def table_of(view: View, path: str) -> Table:
    """The table of that path."""
    table = form_of(view).table(path)
    assert table is not None  # noqa: S101 - a place of a table is real only where there is the table
    return table


def value_words(field: Field, value: str, most: int = SHORTER) -> Text:
    """A value as a card shows it, or that there is none."""
    return shorten(masked(field, value), most) if value else say("form.blank")


def cells_words(table: Table, cells: Mapping[str, str], *, count: int = 4, most: int = SHORTER) -> str:
    """The first cells of a row that hold something, side by side, as cards show them."""
    filled = [column for column in table.columns if cells.get(column.id)]
    return " · ".join(shorten(masked(column, cells[column.id]), most) for column in filled[:count])


def next_missing_row(view: View) -> Row:
    """One tap to the next thing that is missing, in the section at hand first; nothing where all is there."""
    place = missing(form_of(view), view.assessment, _before_section(view))
    if place is None:
        return ()
    field = form_of(view).field(place.subject)
    label = "" if field is None else field.label
    return (opening(say("form.button.next_missing", label=label), place, Emphasis.PRIMARY),)


def _before_section(view: View) -> str:
    """The last thing asked before the section of the place."""
    section_id = view.subject.partition(".")[0]
    before = takewhile(lambda each: each.id != section_id, form_of(view).sections)
    asked = [each.subject for section in before for each in needed(section, view.assessment.entries)]
    return asked[-1] if asked else ""


def up_row(view: View) -> Row:
    """To the section, and to the map of the form."""
    section = section_of(view)
    to_section = opening(section.label, Place(PlaceKind.FORM_SECTION, section.id))
    return (to_section, to_form()) if view.position.place.kind is not PlaceKind.FORM_SECTION else (to_form(),)


def to_form() -> Button:
    """To the map of the form."""
    return opening(say("form.button.map"), FORM)


def leave_row(view: View) -> Row:
    """Out of the form: to the card that was left before."""
    return back_to_card(view)
