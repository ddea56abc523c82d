"""Giving a chapter to somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.flows.sharing import assigned_to
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import Button, bold, line, say
from bot.dialogue.screens.view import Row, View, in_rows, opening
from bot.dialogue.station_intents import Assign

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
