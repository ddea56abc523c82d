"""Answering a group card: mark what has a problem, then confirm that the rest was checked one by one."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from bot.assessments.events import AnswerSetAside, ItemAnswered, apply
from bot.assessments.model import ItemRecord, Kind
from bot.dialogue import walk
from bot.dialogue.flows import contests
from bot.dialogue.flows.items import contest, record, stale
from bot.dialogue.phrases import answer_words
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.scene import stay, warn
from bot.dialogue.screen import Notice, say
from bot.dialogue.worth import amount, fitting
from bot.rubric.answers import Chosen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.assessments.history import HistoryEntry
    from bot.assessments.model import Assessment
    from bot.dialogue.intents import ConfirmRest, Mark
    from bot.dialogue.scene import Scene
    from bot.dialogue.screen import Say
    from bot.dialogue.turn import Move
    from bot.rubric.model import Group, Item, ItemId

_UNSEEN: Final = -1
"""No revision: of a typed number it is not known which one the person saw."""


def group_revision(assessment: Assessment, group: Group) -> int:
    """A number that grows whenever any item of the group changes."""
    return sum(assessment.item(item_id).revision for item_id in group.items)


def mark(scene: Scene, intent: Mark) -> Move:
    """An item's number on the group card was tapped; several ways to fail are asked about on the item's own card."""
    item = scene.item(intent.item)
    if item is None or item.id not in scene.rubric.group_of:
        return stay(scene.position, "notice.unreadable_button")
    if len(item.zero_levels) == 1 and scene.assessment.item(item.id).revision != intent.revision:
        return _mark_stale(scene, item, intent.revision)
    return toggle(scene, item)


def number(scene: Scene, item: Item) -> Move:
    """An item's number was typed; on a card that has changed since it was drawn, it never takes a mark back."""
    is_shared = scene.assessment.kind is Kind.SELF_ASSESSMENT
    is_old = is_shared and scene.position.seen != group_revision(scene.assessment, scene.rubric.group_of[item.id])
    if is_old and len(item.zero_levels) == 1:
        problem, stands = _problem(item), scene.assessment.item(item.id).answer
        if stands == problem:
            return stay(scene.position, "notice.already_recorded", item=item.id, answer=answer_words(item, stands))
        if contests.is_contested(scene, item.id, problem, _UNSEEN):
            return contest(scene, item, problem, _card(scene, item))
    return toggle(scene, item)


def toggle(scene: Scene, item: Item) -> Move:
    """Mark the item as having a problem; a marked one becomes open again. Several ways to fail ask which one it is."""
    stands = scene.assessment.item(item.id)
    if len(item.zero_levels) > 1:
        return scene.go(Place(PlaceKind.ITEM, item.id))
    if stands.answer == _problem(item):
        notice = Notice(say("notice.unmarked", item=item.id))
        return scene.go(_card(scene, item), ItemAnswered(item.id, stands.answer, None), notice=notice)
    return record(scene, item, _problem(item), place=_card(scene, item), seen=stands.revision)


def confirm_rest(scene: Scene, intent: ConfirmRest) -> Move:
    """All open items of the group were checked one by one, and nothing was found."""
    group = scene.rubric.groups_by_id.get(intent.group)
    if group is None:
        return stay(scene.position, "notice.unreadable_button")
    card = Place(PlaceKind.GROUP, group.id)
    left = walk.open_items(scene.rubric, scene.assessment, card)
    if group_revision(scene.assessment, group) != intent.revision:
        late = _confirm_late(scene, group, _as_drawn(scene, group, intent.revision))
        if late is not None:
            return late
    if not left:
        return stay(scene.position, "notice.group_already_recorded", group=group.title)
    if group_revision(scene.assessment, group) != intent.revision:
        return warn(scene.go(card).position, "notice.group_changed", group=group.title)
    return _record_rest(scene, card, left)


def _confirm_late(scene: Scene, group: Group, drawn: Mapping[ItemId, ItemRecord]) -> Move | None:
    """Colleagues changed the group since: what they left alone is recorded, what they answered otherwise is asked."""
    card, now = Place(PlaceKind.GROUP, group.id), {item_id: scene.assessment.item(item_id) for item_id in drawn}
    full = {item_id: answer for item_id in drawn if (answer := _full(scene.rubric.items[item_id])) is not None}
    asked = [item_id for item_id in full if drawn[item_id].answer is None]
    left = tuple(item_id for item_id in asked if now[item_id] == drawn[item_id])
    asides = tuple(
        AnswerSetAside(item_id, now[item_id].answer, full[item_id])
        for item_id in asked
        if contests.is_contested(scene, item_id, full[item_id], drawn[item_id].revision)
    )
    if asides:
        items = tuple(each.item for each in asides)
        notice = say("notice.group_two_answers", item=items, count=len(left)) if left else _two_answers(items)
        return contests.contest(scene, card, asides, *_checked(scene, left), notice=Notice(notice))
    by_others = any(now[each].by != scene.world.person for each in drawn if now[each] != drawn[each])
    return _record_rest(scene, card, left) if left and by_others else None


def _as_drawn(scene: Scene, group: Group, revision: int) -> Mapping[ItemId, ItemRecord]:
    """The group's items when their revisions came to that sum; empty where the history does not reach back so far."""
    known = {item_id: _changes(scene, item_id) for item_id in group.items}
    newest_first = sorted(chain.from_iterable(known.values()), key=lambda each: (each.at, each.action), reverse=True)
    since = newest_first[: max(group_revision(scene.assessment, group) - revision, 0)]
    records = {item_id: scene.assessment.item(item_id) for item_id in group.items}
    for entry in since:
        if isinstance(entry.event, ItemAnswered):
            records[entry.event.item] = ItemRecord(entry.event.before, entry.revision - 1)
    is_known = all(changes[-1].revision == 1 or changes[-1] not in since for changes in known.values() if changes)
    return records if is_known and sum(each.revision for each in records.values()) == revision else {}


def _changes(scene: Scene, item_id: ItemId) -> tuple[HistoryEntry, ...]:
    return tuple(each for each in scene.world.archive.history(item_id) if isinstance(each.event, ItemAnswered))


def _checked(scene: Scene, left: tuple[ItemId, ...]) -> tuple[ItemAnswered, ...]:
    """What it comes to that these items were checked and nothing was found."""
    full = ((item_id, _full(scene.rubric.items[item_id])) for item_id in left)
    return tuple(ItemAnswered(item_id, None, answer, grouped=True) for item_id, answer in full if answer is not None)


def _record_rest(scene: Scene, card: Place, left: tuple[ItemId, ...]) -> Move:
    after, events = scene.assessment, _checked(scene, left)
    for event in events:
        after = apply(after, event, by=scene.world.person, at=scene.world.now)
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


def _mark_stale(scene: Scene, item: Item, revision: int) -> Move:
    """A second copy of a tap finds its own work done; one that says otherwise than a colleague is asked about."""
    stands, problem = scene.assessment.item(item.id).answer, _problem(item)
    takes_back = contests.value_at(scene.world, item.id, revision) == problem
    if stands == problem and not takes_back:
        return stay(scene.position, "notice.already_recorded", item=item.id, answer=answer_words(item, problem))
    if not takes_back and contests.is_contested(scene, item.id, problem, revision):
        return contest(scene, item, problem, _card(scene, item))
    if stands is None:
        return stay(scene.position, "notice.unmarked", item=item.id)
    return stale(scene, item)


def _two_answers(items: tuple[ItemId, ...]) -> Say:
    return say("notice.two_answers", item=items)


def _card(scene: Scene, item: Item) -> Place:
    return Place(PlaceKind.GROUP, scene.rubric.group_of[item.id].id)


def _problem(item: Item) -> Chosen:
    """What an item's number says of it, where there is one way to fail."""
    return Chosen(item.zero_levels[0].id)


def _full(item: Item) -> Chosen | None:
    return None if item.full_level is None else Chosen(item.full_level.id)
