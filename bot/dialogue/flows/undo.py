"""Taking back the last answer, or the last group of answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.assessments.events import ItemAnswered
from bot.dialogue import walk
from bot.dialogue.position import PlaceKind
from bot.dialogue.scene import stay, warn
from bot.dialogue.screen import Notice, say

if TYPE_CHECKING:
    from bot.assessments.history import HistoryEntry
    from bot.dialogue.scene import Scene
    from bot.dialogue.turn import Move


def undo(scene: Scene, action: int) -> Move:
    """Everything that one action answered goes back to what it was; nothing, if somebody changed it since."""
    entries = [entry for entry in scene.world.archive.action(action) if isinstance(entry.event, ItemAnswered)]
    if action == 0 or action != scene.position.last_action or not entries:
        return stay(scene.position, "notice.nothing_to_undo")
    if any(entry.by != scene.world.person or not _stands(scene, entry) for entry in entries):
        return warn(scene.position, "notice.undo_too_late")
    events = tuple(_back(scene, entry) for entry in entries)
    first = events[0].item
    card = walk.card_of(scene.rubric, first, scene.position.walk)
    if len(events) == 1 and scene.card.kind is not PlaceKind.GROUP:
        card = replace(card, kind=PlaceKind.ITEM, subject=first)
    notice = Notice(say("notice.undone", count=len(events), items=tuple(event.item for event in events)))
    moved = scene.go(card, *events, notice=notice)
    return replace(moved, position=replace(moved.position, last_action=0))


def _stands(scene: Scene, entry: HistoryEntry) -> bool:
    event = entry.event
    return isinstance(event, ItemAnswered) and scene.assessment.item(event.item).revision == entry.revision


def _back(scene: Scene, entry: HistoryEntry) -> ItemAnswered:
    event = entry.event
    assert isinstance(event, ItemAnswered)  # noqa: S101 - only those are collected above
    earlier = (each for each in scene.world.archive.history(event.item) if each.revision == entry.revision - 1)
    grouped = any(isinstance(each.event, ItemAnswered) and each.event.grouped for each in earlier)
    return ItemAnswered(event.item, event.after, event.before, grouped)
