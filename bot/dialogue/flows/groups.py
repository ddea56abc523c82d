"""Answering a group card: mark what has a problem, then confirm that the rest was checked one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.assessments.events import ItemAnswered, apply
from bot.dialogue import walk
from bot.dialogue.flows.items import record, stale
from bot.dialogue.phrases import answer_words
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.scene import stay, warn
from bot.dialogue.screen import Notice, say
from bot.dialogue.worth import amount, fitting
from bot.rubric.answers import Chosen

if TYPE_CHECKING:
    from bot.assessments.model import Assessment
    from bot.dialogue.intents import ConfirmRest, Mark
    from bot.dialogue.scene import Scene
    from bot.dialogue.turn import Move
    from bot.rubric.model import Group, Item, ItemId


def group_revision(assessment: Assessment, group: Group) -> int:
    """A number that grows whenever any item of the group changes."""
    return sum(assessment.item(item_id).revision for item_id in group.items)


def mark(scene: Scene, intent: Mark) -> Move:
    """An item's number on the group card was tapped."""
    item = scene.item(intent.item)
    if item is None or item.id not in scene.rubric.group_of:
        return stay(scene.position, "notice.unreadable_button")
    if scene.assessment.item(item.id).revision != intent.revision:
        return _mark_stale(scene, item)
    return toggle(scene, item)


def toggle(scene: Scene, item: Item) -> Move:
    """Mark the item as having a problem; a marked one becomes open again. Several ways to fail ask which one it is."""
    card = Place(PlaceKind.GROUP, scene.rubric.group_of[item.id].id)
    stands = scene.assessment.item(item.id).answer
    if len(item.zero_levels) > 1:
        return scene.go(Place(PlaceKind.ITEM, item.id))
    problem = Chosen(item.zero_levels[0].id)
    if stands == problem:
        notice = Notice(say("notice.unmarked", item=item.id))
        return scene.go(card, ItemAnswered(item.id, stands, None), notice=notice)
    answered = record(scene, item, problem)
    return scene.go(card, *answered.events, notice=answered.notice)


def confirm_rest(scene: Scene, intent: ConfirmRest) -> Move:
    """All open items of the group were checked one by one, and nothing was found."""
    group = scene.rubric.groups_by_id.get(intent.group)
    if group is None:
        return stay(scene.position, "notice.unreadable_button")
    card = Place(PlaceKind.GROUP, group.id)
    left = walk.open_items(scene.rubric, scene.assessment, card)
    if not left:
        return stay(scene.position, "notice.group_already_recorded", group=group.title)
    if group_revision(scene.assessment, group) != intent.revision:
        return warn(scene.go(card).position, "notice.group_changed", group=group.title)
    return _record_rest(scene, card, left)


def _record_rest(scene: Scene, card: Place, left: tuple[ItemId, ...]) -> Move:
    after, events = scene.assessment, []
    for item_id in left:
        level = scene.rubric.items[item_id].full_level
        if level is not None:
            event = ItemAnswered(item_id, None, Chosen(level.id), grouped=True)
            after = apply(after, event, by=scene.world.person, at=scene.world.now)
            events.append(event)
    items = [scene.rubric.items[item_id] for item_id in left]
    notice = say(
        fitting("notice.group_recorded", points=any(item.has_points for item in items)),
        count=len(left),
        yields=amount((item, item.points) for item in items),
        done=len(after.answers),
        total=len(scene.rubric.items),
    )
    place = next_remedy(scene, after, walk.items_of(scene.rubric, card)) or walk.next_open(
        scene.rubric, after, scene.position.walk, card
    )
    return scene.go(place, *events, notice=Notice(notice))


def next_remedy(scene: Scene, assessment: Assessment, ids: tuple[ItemId, ...]) -> Place | None:
    """The first of the items that lost its points and has no sentence on it yet."""
    for item_id in ids:
        stands = assessment.item(item_id)
        failed = [Chosen(level.id) for level in scene.rubric.items[item_id].zero_levels]
        if stands.answer in failed and not stands.remedy:
            return Place(PlaceKind.WRITE_REMEDY, item_id)
    return None


def _mark_stale(scene: Scene, item: Item) -> Move:
    """A second copy of the same tap finds its own work done; any other old tap shows what stands."""
    stands = scene.assessment.item(item.id).answer
    if stands is None:
        return stay(scene.position, "notice.unmarked", item=item.id)
    if len(item.zero_levels) == 1 and stands == Chosen(item.zero_levels[0].id):
        return stay(scene.position, "notice.already_recorded", item=item.id, answer=answer_words(item, stands))
    return stale(scene, item)
