"""Taking back the last answer, the last group of answers, or what was last written beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.assessments.events import EntryWritten, ItemAnswered, revision_after
from bot.dialogue import walk
from bot.dialogue.flows import imports
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.scene import stay, warn
from bot.dialogue.screen import Notice, say

if TYPE_CHECKING:
    from bot.assessments.history import HistoryEntry
    from bot.dialogue.scene import Scene
    from bot.dialogue.turn import Move


def undo(scene: Scene, action: int) -> Move:
    """Everything that one action answered or wrote goes back to what it was; nothing, if somebody changed it since."""
    recorded = scene.world.archive.action(action)
    entries = [entry for entry in recorded if isinstance(entry.event, ItemAnswered | EntryWritten)]
    if action == 0 or action != scene.position.last_action or not entries:
        return stay(scene.position, "notice.nothing_to_undo")
    if imports.is_import(recorded):
        return imports.untake(scene, recorded)
    if any(entry.by != scene.world.person or not _stands(scene, entry) for entry in entries):
        return warn(scene.position, "notice.undo_too_late")
    answered = tuple(_back(scene, entry, entry.event) for entry in entries if isinstance(entry.event, ItemAnswered))
    written = tuple(_unwritten(entry.event) for entry in entries if isinstance(entry.event, EntryWritten))
    if answered:
        notice = say("notice.undone", count=len(answered), items=tuple(event.item for event in answered))
    else:
        notice = say("notice.entries_undone", count=len(written))
    place = _card(scene, answered) if answered else scene.position.place
    moved = scene.go(place, *answered, *written, notice=Notice(notice))
    return replace(moved, position=replace(moved.position, last_action=0))


def _card(scene: Scene, events: tuple[ItemAnswered, ...]) -> Place:
    first = events[0].item
    card = walk.card_of(scene.rubric, first, scene.position.walk)
    if len(events) == 1 and scene.card.kind is not PlaceKind.GROUP:
        return replace(card, kind=PlaceKind.ITEM, subject=first)
    return card


def _stands(scene: Scene, entry: HistoryEntry) -> bool:
    return revision_after(scene.assessment, entry.event) == entry.revision


def _back(scene: Scene, entry: HistoryEntry, event: ItemAnswered) -> ItemAnswered:
    earlier = (each for each in scene.world.archive.history(event.item) if each.revision == entry.revision - 1)
    grouped = any(isinstance(each.event, ItemAnswered) and each.event.grouped for each in earlier)
    return ItemAnswered(event.item, event.after, event.before, grouped)


def _unwritten(event: EntryWritten) -> EntryWritten:
    return EntryWritten(event.subject, event.after, event.before)
