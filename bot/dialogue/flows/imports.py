"""Workbooks in the conversation: fetching one, what a returned one proposes, deciding, taking it over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.assessments.events import EntryWritten, ItemAnswered, NoteWritten, RemedyWritten, VetoAnswered
from bot.dialogue.intents import checksum
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.scene import go, stay, warn
from bot.dialogue.screen import Notice, say
from bot.dialogue.turn import Move
from bot.problems import Problem
from bot.workbooks import codec, layout
from bot.workbooks.comparing import compare
from bot.workbooks.draft import Side
from bot.workbooks.taking import decide, events
from bot.workbooks.targets import Target, TargetKind, answer_text, current, statement_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.assessments.events import AssessmentEvent
    from bot.assessments.history import HistoryEntry
    from bot.assessments.model import Assessment, EntryRecord, PersonId, Subject
    from bot.dialogue.given import Returned
    from bot.dialogue.scene import Scene
    from bot.dialogue.workbook_intents import DropImport, FetchWorkbook, SettleImport, TakeOver
    from bot.dialogue.world import World
    from bot.workbooks.comparing import Diff
    from bot.workbooks.draft import Draft

PLACE: Final = Place(PlaceKind.IMPORT)
DOCUMENT: Final = "workbook"
_ROOT: Final = "import/"
_SIDES: Final = {"h": Side.HERE, "f": Side.FILE}


def subject_for(person: PersonId) -> Subject:
    """Where the proposal of a person's returned workbook is kept; each has one at most."""
    return f"{_ROOT}{person}"


def proposal(assessment: Assessment | None, person: PersonId) -> EntryRecord | None:
    """The proposal that waits for the person; None when none does."""
    record = None if assessment is None else assessment.entry(subject_for(person))
    return record if record is not None and record.value else None


def is_real(place: Place, world: World) -> bool:
    """Whether a proposal waits for the person, and the place is it or a page of it."""
    page = place.subject
    is_page = not page or (page.isascii() and page.isdigit() and page == str(int(page)) and int(page) > 0)
    return is_page and proposal(world.assessment, world.person) is not None


def diff_of(world: World, draft: Draft) -> Diff:
    """What a draft comes to as things stand."""
    assert world.assessment is not None  # noqa: S101 - a proposal is kept with its assessment
    return compare(draft, world.assessment, world.rubric, world.form)


def fetch(scene: Scene, intent: FetchWorkbook) -> Move:
    """A workbook is to be sent."""
    parts = {layout.WHOLE} if scene.world.form is None else {layout.WHOLE, *layout.scopes(scene.world.form)}
    if intent.scope not in parts:
        return stay(scene.position, "notice.unreadable_button")
    document = f"{DOCUMENT}:{scene.assessment.id}:{intent.scope}"
    return Move(scene.position, notice=Notice(say("workbook.coming")), document=document)


def returned(scene: Scene, given: Returned) -> Move:
    """A workbook came back: what it proposes is kept and shown; nothing of it is written yet."""
    draft = given.draft
    if isinstance(draft, Problem):
        return warn(scene.position, f"problem.{draft.code}", place=draft.place, **draft.details)
    if draft.assessment != scene.assessment.id:
        return warn(scene.position, "workbook.other_assessment")
    diff = diff_of(scene.world, draft)
    if diff.is_empty and not diff.rejected:
        return stay(scene.position, "workbook.nothing_new")
    return _keep(scene, codec.to_text(draft), Notice(say("workbook.read")))


def settle(scene: Scene, intent: SettleImport) -> Move:
    """One value, or every one, that changed on both sides: whose is kept is decided, and may be decided anew."""
    record = proposal(scene.assessment, scene.world.person)
    side = _SIDES.get(intent.side)
    if record is None or side is None or record.revision != intent.revision:
        return _stale(scene)
    draft = codec.from_text(record.value)
    conflicts = diff_of(scene.world, draft).conflicts
    meant = [each for each in conflicts if intent.conflict in (0, checksum(each.target.code))]
    if not meant:
        return _stale(scene)
    decided = codec.to_text(decide(draft, meant, side))
    return _keep(scene, decided, Notice(say("workbook.settled", count=len(meant))))


def take_over(scene: Scene, intent: TakeOver) -> Move:
    """Everything that is proposed is written in one action; what changed on both sides has to be decided before."""
    record = proposal(scene.assessment, scene.world.person)
    if record is None or record.revision != intent.revision:
        return _stale(scene)
    diff = diff_of(scene.world, codec.from_text(record.value))
    if diff.conflicts:
        return warn(go(scene.position, PLACE), "workbook.decide_first", count=len(diff.conflicts))
    happened = tuple(events(diff, scene.assessment, scene.rubric))
    if not happened:
        return _drop(scene, record, Notice(say("workbook.nothing_new")))
    closing = EntryWritten(subject_for(scene.world.person), record.value, "")
    moved = scene.go(scene.card, *happened, closing, notice=Notice(say("workbook.taken", count=len(happened))))
    return replace(moved, position=replace(moved.position, last_action=scene.world.action))


def drop(scene: Scene, intent: DropImport) -> Move:
    """The proposal is forgotten; nothing else changes."""
    record = proposal(scene.assessment, scene.world.person)
    if record is None or record.revision != intent.revision:
        return _stale(scene)
    return _drop(scene, record, Notice(say("workbook.dropped")))


def is_import(recorded: Iterable[HistoryEntry]) -> bool:
    """Whether an action took a workbook over."""
    written = (entry.event for entry in recorded if isinstance(entry.event, EntryWritten))
    return any(event.subject.startswith(_ROOT) and not event.after for event in written)


def untake(scene: Scene, recorded: Iterable[HistoryEntry]) -> Move:
    """A workbook that was taken over is taken back, proposal and all; a declared condition stays declared."""
    happened = [(entry.by, entry.event) for entry in recorded]
    if any(by != scene.world.person or not _stands(scene.assessment, event) for by, event in happened):
        return warn(scene.position, "notice.undo_too_late")
    back = tuple(each for _, event in reversed(happened) for each in _back(event))
    moved = scene.go(PLACE, *back, notice=Notice(say("workbook.untaken", count=len(back) - 1)))
    return replace(moved, position=replace(moved.position, last_action=0))


def _back(event: AssessmentEvent) -> Iterator[AssessmentEvent]:
    match event:
        case ItemAnswered():
            yield ItemAnswered(event.item, event.after, event.before)
        case NoteWritten():
            yield NoteWritten(event.item, event.after, event.before)
        case RemedyWritten():
            yield RemedyWritten(event.item, event.after, event.before)
        case EntryWritten():
            yield EntryWritten(event.subject, event.after, event.before)
        case VetoAnswered() if not event.after.declared:
            yield VetoAnswered(event.veto, event.after, event.before)


def _stands(assessment: Assessment, event: AssessmentEvent) -> bool:
    """Whether nobody changed since what the event wrote."""
    match event:
        case ItemAnswered():
            return current(assessment, Target(TargetKind.ANSWER, event.item)) == answer_text(event.after)
        case NoteWritten():
            return assessment.item(event.item).note == event.after
        case RemedyWritten():
            return assessment.item(event.item).remedy == event.after
        case EntryWritten():
            return assessment.entry(event.subject).value == event.after
        case VetoAnswered():
            after = statement_text(event.after.choice, event.after.note)
            return current(assessment, Target(TargetKind.VETO, event.veto)) == after
        case _:
            return True


def _keep(scene: Scene, text: str, notice: Notice) -> Move:
    subject = subject_for(scene.world.person)
    event = EntryWritten(subject, scene.assessment.entry(subject).value, text)
    return Move(go(scene.position, PLACE), (event,), notice)


def _drop(scene: Scene, record: EntryRecord, notice: Notice) -> Move:
    event = EntryWritten(subject_for(scene.world.person), record.value, "")
    return Move(go(scene.position, scene.card), (event,), notice)


def _stale(scene: Scene) -> Move:
    """The proposal is gone or another one by now."""
    waits = proposal(scene.assessment, scene.world.person) is not None
    return warn(go(scene.position, PLACE if waits else scene.card), "workbook.gone")
