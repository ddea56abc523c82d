"""Choosing between two values of one item or field: who gave the one that stands and when, and one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.flows import contests
from bot.dialogue.flows.form_places import onward
from bot.dialogue.flows.items import card_of
from bot.dialogue.form_intents import ReplaceEntry
from bot.dialogue.phrases import LONG, answer_words, author_of
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.scene import Scene
from bot.dialogue.screen import BLANK, Block, Button, Screen, bold, line, say
from bot.dialogue.screens.form_words import form_of, value_words
from bot.dialogue.screens.item import place_in_table
from bot.dialogue.screens.view import View, opening
from bot.dialogue.station_intents import PutMine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.assessments.model import EntryRecord, ItemRecord
    from bot.dialogue.flows.contests import Value
    from bot.dialogue.intents import Intent
    from bot.dialogue.screen import Text


def conflict(view: View) -> Screen:
    """Both values of an item, or of a field of the form."""
    return _of_item(view) if view.subject in view.rubric.items else _of_field(view)


def _of_item(view: View) -> Screen:
    asked, stands = view.rubric.items[view.subject], view.assessment.item(view.subject)
    scene = Scene(view.position, view.world, view.assessment)
    heading = [place_in_table(view.rubric, asked), line(bold(asked.text))]
    words = [_words(view, each) for each in (stands.answer, contests.offered(view.world, asked.id))]
    behind = contests.onward(scene, asked.id) or card_of(scene, asked)
    return _choice(view, heading, words, stands, PutMine(asked.id, stands.revision), behind)


def _of_field(view: View) -> Screen:
    field = form_of(view).field(view.subject)
    assert field is not None  # noqa: S101 - the place is real only where the form has the field
    stands = view.assessment.entry(view.subject)
    values = (stands.value, str(contests.offered(view.world, view.subject) or ""))
    words = [value_words(field, each, LONG) for each in values]
    heading = [line(bold(field.label)), *((line(say("form.masked")),) if field.personal else ())]
    behind = onward(form_of(view), view.assessment, view.subject)
    return _choice(view, heading, words, stands, ReplaceEntry(view.subject, stands.revision), behind)


def _words(view: View, answer: Value) -> Text:
    if answer is None or isinstance(answer, str):
        return say("history.blank")
    return answer_words(view.rubric.items[view.subject], answer)


def _choice(
    view: View,
    heading: Sequence[Block],
    words: Sequence[Text],
    stands: ItemRecord | EntryRecord,
    put_mine: Intent,
    behind: Place,
) -> Screen:
    author = author_of(stands.by, view.world)
    blocks = [
        *heading,
        BLANK,
        line(bold(say("conflict.theirs", author=author, at=stands.at or view.world.now))),
        line(words[0]),
        line(bold(say("conflict.mine"))),
        line(words[1]),
        BLANK,
        line(say("conflict.both_kept")),
    ]
    keep = opening(say("button.keep_theirs", author=author), behind)
    told = opening(say("button.history"), Place(PlaceKind.HISTORY, view.subject))
    return view.screen(blocks, [(keep,), (Button(say("button.put_mine"), put_mine),), (told,)])
