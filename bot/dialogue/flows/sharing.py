"""Several people on one assessment: chapters given to people, and two answers to one item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.assessments.events import AnswerSetAside, EntryWritten
from bot.assessments.model import Kind
from bot.dialogue.flows.stations import current, leads
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.scene import stay
from bot.dialogue.screen import Notice, say
from bot.dialogue.turn import Event, Move, PersonTold

if TYPE_CHECKING:
    from bot.assessments.model import Assessment, PersonId
    from bot.dialogue.scene import Scene
    from bot.dialogue.station_intents import Assign
    from bot.dialogue.world import World
    from bot.rubric.answers import Answer
    from bot.rubric.model import Item

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


def is_contested(scene: Scene, item: Item, answer: Answer, seen: int) -> bool:
    """Whether a colleague answered the item otherwise since the person saw it in that revision."""
    stands = scene.assessment.item(item.id)
    if scene.assessment.kind is not Kind.SELF_ASSESSMENT or stands.revision == seen:
        return False
    return stands.answer not in (None, answer) and stands.by != scene.world.person


def contest(scene: Scene, item: Item, answer: Answer) -> Move:
    """Nothing is overwritten: the person sees both answers and chooses, and theirs is in the history already."""
    aside = AnswerSetAside(item.id, scene.assessment.item(item.id).answer, answer)
    return scene.go(Place(PlaceKind.CONFLICT, item.id), aside, notice=Notice(say("notice.two_answers", item=item.id)))


def set_aside(world: World, item_id: str) -> Answer | None:
    """The person's own answer that last met a colleague's on that item."""
    mine = (entry for entry in world.archive.history(item_id) if entry.by == world.person)
    events = (entry.event for entry in mine)
    return next((event.offered for event in events if isinstance(event, AnswerSetAside)), None)
