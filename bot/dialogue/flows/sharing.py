"""Several people on one assessment: chapters given to people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.assessments.events import EntryWritten
from bot.dialogue.flows.stations import current, leads
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.scene import stay
from bot.dialogue.screen import Notice, say
from bot.dialogue.turn import Event, Move, PersonTold

if TYPE_CHECKING:
    from bot.assessments.model import Assessment, PersonId
    from bot.dialogue.scene import Scene
    from bot.dialogue.station_intents import Assign

ASSIGNED: Final = "assigned/"


def assigned_to(assessment: Assessment, chapter: str) -> PersonId:
    """Whose the chapter is to fill in; 0 for nobody's in particular."""
    value = assessment.entry(ASSIGNED + chapter).value
    return int(value) if value.isascii() and value.isdigit() else 0


def assign(scene: Scene, intent: Assign) -> Move:
    """A chapter becomes somebody's to fill in; everybody may still answer everything."""
    station, chapters = scene.assessment.station, {chapter.id for chapter in scene.rubric.chapters}
    if station is None or intent.chapter not in chapters or not leads(scene.world, station):
        return stay(scene.position, "notice.no_right")
    member = current(scene.world, station, intent.person)
    if member is None and intent.person:
        return stay(scene.position, "notice.no_right")
    subject = ASSIGNED + intent.chapter
    before, after = scene.assessment.entry(subject).value, str(intent.person) if intent.person else ""
    if before == after:
        return scene.go(Place(PlaceKind.CHAPTER, intent.chapter))
    events: list[Event] = [EntryWritten(subject, before, after)]
    if member is not None and member.person != scene.world.person:
        events.append(PersonTold(member.person, Notice(say("told.assigned", chapter=intent.chapter))))
    key = "notice.assigned" if member is not None else "notice.unassigned"
    notice = Notice(say(key, chapter=intent.chapter, name="" if member is None else member.name))
    return scene.go(Place(PlaceKind.CHAPTER, intent.chapter), *events, notice=notice)
