"""Two people on one value: nothing is overwritten unseen, what the second meant is kept, and they choose."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from bot.assessments.events import (
    EntryWritten,
    ItemAnswered,
    SetAside,
    revision_after,
    subject_of,
)
from bot.assessments.model import Kind
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.scene import go
from bot.rubric.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.assessments.history import HistoryEntry
    from bot.assessments.model import Assessment, EntryRecord, ItemRecord, Subject
    from bot.dialogue.scene import Scene
    from bot.dialogue.screen import Notice
    from bot.dialogue.turn import Event, Move
    from bot.dialogue.world import World

Value: TypeAlias = Answer | str | None
"""What stands, or is meant to: an item's answer, or an entry's text; nothing is None or ""."""


def is_real(world: World, subject: Subject) -> bool:
    """Whether there is a choice to be made: the assessment is a station's, and the person's value was set aside."""
    assessment = world.assessment
    if assessment is None or assessment.kind is not Kind.SELF_ASSESSMENT or assessment.station is None:
        return False
    is_known = subject in world.rubric.items or (world.form is not None and world.form.field(subject) is not None)
    return is_known and _aside(world, subject) is not None


def is_contested(scene: Scene, subject: Subject, value: Value, seen: int) -> bool:
    """Whether a colleague changed it to something else since the person saw it in that revision.

    A second copy of a tap that did its work before the colleague came is no contest.
    """
    record = _record(scene.assessment, subject, scene.world)
    if scene.assessment.kind is not Kind.SELF_ASSESSMENT or record.revision == seen:
        return False
    if record.by in (0, scene.world.person) or standing(scene.assessment, subject, scene.world) == value:
        return False
    return not any(
        entry.by == scene.world.person and entry.revision == seen + 1 and _wrote(entry) == value
        for entry in scene.world.archive.history(subject)
    )


def contest(scene: Scene, card: Place, asides: Sequence[SetAside], *events: Event, notice: Notice) -> Move:
    """What the person meant is kept beside what stands, and they choose, one value after the other, from `card`."""
    fresh = tuple(each for each in asides if not _is_kept(scene, each))
    there = replace(scene, position=go(scene.position, card))
    return there.go(Place(PlaceKind.CONFLICT, subject_of(asides[0])), *events, *fresh, notice=notice)


def standing(assessment: Assessment, subject: Subject, world: World) -> Value:
    """What stands under a subject."""
    return assessment.item(subject).answer if subject in world.rubric.items else assessment.entry(subject).value


def value_at(world: World, subject: Subject, revision: int) -> Value:
    """What stood in that revision, as far as the history tells."""
    found = (_wrote(each) for each in world.archive.history(subject) if each.revision == revision and _is_change(each))
    return next(found, None)


def offered(world: World, subject: Subject) -> Value:
    """The person's own value that last met a colleague's under that subject."""
    entry = _aside(world, subject)
    return entry.event.offered if entry is not None and isinstance(entry.event, SetAside) else None


def onward(scene: Scene, subject: Subject) -> Place | None:
    """The next choice that the same action led to; None behind the last."""
    entry = _aside(scene.world, subject)
    recorded = () if entry is None else scene.world.archive.action(entry.action)
    mine = (each.event for each in recorded if each.by == scene.world.person)
    subjects = [subject_of(event) for event in mine if isinstance(event, SetAside)]
    behind = subjects[subjects.index(subject) + 1 :] if subject in subjects else []
    still = (each for each in behind if offered(scene.world, each) != standing(scene.assessment, each, scene.world))
    found = next(still, None)
    return None if found is None else Place(PlaceKind.CONFLICT, found)


def _aside(world: World, subject: Subject) -> HistoryEntry | None:
    mine = (entry for entry in world.archive.history(subject) if entry.by == world.person)
    return next((entry for entry in mine if isinstance(entry.event, SetAside)), None)


def _is_kept(scene: Scene, aside: SetAside) -> bool:
    """Whether a first copy of the same tap has kept it."""
    entry = _aside(scene.world, subject_of(aside))
    stands = revision_after(scene.assessment, aside)
    return entry is not None and (entry.event, entry.revision) == (aside, stands)


def _record(assessment: Assessment, subject: Subject, world: World) -> ItemRecord | EntryRecord:
    return assessment.item(subject) if subject in world.rubric.items else assessment.entry(subject)


def _wrote(entry: HistoryEntry) -> Value:
    return entry.event.after if isinstance(entry.event, ItemAnswered | EntryWritten) else None


def _is_change(entry: HistoryEntry) -> bool:
    return isinstance(entry.event, ItemAnswered | EntryWritten)
