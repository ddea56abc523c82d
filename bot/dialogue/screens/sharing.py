"""Giving a chapter to somebody, and choosing between two answers to one item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.flows.sharing import assigned_to, set_aside
from bot.dialogue.phrases import answer_words, author_of
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import BLANK, Block, Button, bold, line, say
from bot.dialogue.screens.item import place_in_table
from bot.dialogue.screens.view import Row, View, in_rows, opening
from bot.dialogue.station_intents import Assign, PutMine

if TYPE_CHECKING:
    from bot.dialogue.screen import Screen

_IN_A_ROW = 2


def assign(view: View) -> Screen:
    """Who shall fill in the chapter; everybody may still answer everything."""
    chapter = next(each for each in view.rubric.chapters if each.id == view.subject)
    keeper = assigned_to(view.assessment, chapter.id)
    members = view.world.roster.members(view.assessment.station or 0)
    blocks = [line(bold(say("assign.title", chapter=chapter.id, title=chapter.title))), line(say("assign.means"))]
    people = [
        Button(say("button.assigned" if each.person == keeper else "button.assign_to", name=each.name), intent)
        for each in members
        if each.is_current
        for intent in (Assign(chapter.id, each.person),)
    ]
    nobody: Row = (Button(say("button.assign_nobody"), Assign(chapter.id, 0)),) if keeper else ()
    back = opening(say("button.back"), Place(PlaceKind.CHAPTER, chapter.id))
    return view.screen(blocks, [*in_rows(people, _IN_A_ROW), nobody, (back,)])


def conflict(view: View) -> Screen:
    """Both answers, who gave the one that stands and when, and the choice."""
    asked, stands = view.rubric.items[view.subject], view.assessment.item(view.subject)
    mine = set_aside(view.world, asked.id)
    assert mine is not None and stands.answer is not None  # noqa: S101, PT018 - `station_places.is_real` comes first
    theirs = author_of(stands.by, view.world)
    blocks: list[Block] = [
        place_in_table(view.rubric, asked),
        line(bold(asked.text)),
        BLANK,
        line(bold(say("conflict.theirs", author=theirs, at=stands.at or view.world.now))),
        line(answer_words(asked, stands.answer)),
        line(bold(say("conflict.mine"))),
        line(answer_words(asked, mine)),
        BLANK,
        line(say("conflict.both_kept")),
    ]
    keep = opening(say("button.keep_theirs", author=theirs), Place(PlaceKind.ITEM, asked.id))
    put = Button(say("button.put_mine"), PutMine(asked.id, stands.revision))
    return view.screen(blocks, [(keep,), (put,), (opening(say("button.history"), Place(PlaceKind.HISTORY, asked.id)),)])
