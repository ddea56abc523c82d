"""What can happen to an assessment, in the past tense, and what each event makes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from bot.assessments.model import EntryRecord
from bot.assessments.sealing import seal_in

if TYPE_CHECKING:
    from datetime import datetime

    from bot.assessments.model import Assessment, PersonId, Subject
    from bot.rubric.answers import Answer
    from bot.rubric.model import ItemId, VetoId


@dataclass(frozen=True, slots=True)
class ItemAnswered:
    """An item's answer was set, changed, or taken back (`after` None); `grouped` when checked on a group card."""

    item: ItemId
    before: Answer | None
    after: Answer | None
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class AnswerSetAside:
    """Somebody answered an item that a colleague had answered otherwise meanwhile; nothing is changed by it yet."""

    item: ItemId
    stands: Answer | None
    offered: Answer


@dataclass(frozen=True, slots=True)
class NoteWritten:
    """The note of an item was set or changed."""

    item: ItemId
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RemedyWritten:
    """The sentence on the problem and its measure was set or changed, after points were lost."""

    item: ItemId
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VetoStatement:
    """What is said of a condition: the choice made, what it means, and any words with it."""

    choice: str = ""
    declared: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class VetoAnswered:
    """A condition was declared, denied, explained, or withdrawn with a `reason`."""

    veto: VetoId
    before: VetoStatement
    after: VetoStatement
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EntryWritten:
    """Something beside the answers was written, changed, or taken back (`after` "")."""

    subject: Subject
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EntrySetAside:
    """Somebody wrote what a colleague had written otherwise meanwhile; nothing is changed by it yet."""

    subject: Subject
    stands: str
    offered: str


SetAside: TypeAlias = AnswerSetAside | EntrySetAside

AssessmentEvent: TypeAlias = ItemAnswered | NoteWritten | RemedyWritten | VetoAnswered | EntryWritten | SetAside


def subject_of(event: AssessmentEvent) -> Subject:
    """What the event is about: an item's id, a condition's, or the subject of an entry."""
    match event:
        case VetoAnswered():
            return event.veto
        case EntryWritten() | EntrySetAside():
            return event.subject
        case ItemAnswered() | AnswerSetAside() | NoteWritten() | RemedyWritten():
            return event.item


def revision_after(assessment: Assessment, event: AssessmentEvent) -> int:
    """The revision of the event's subject in the assessment that it led to."""
    match event:
        case VetoAnswered():
            return assessment.veto(event.veto).revision
        case EntryWritten() | EntrySetAside():
            return assessment.entry(event.subject).revision
        case ItemAnswered() | AnswerSetAside() | NoteWritten() | RemedyWritten():
            return assessment.item(event.item).revision


def apply(assessment: Assessment, event: AssessmentEvent, *, by: PersonId, at: datetime) -> Assessment:
    """The assessment after the event; the revision grows only where an answer changed, not for a note."""
    if isinstance(event, VetoAnswered):
        return _apply_to_veto(assessment, event, by, at)
    if isinstance(event, SetAside):
        return assessment
    if isinstance(event, EntryWritten):
        entry = EntryRecord(event.after, assessment.entry(event.subject).revision + 1, by, at)
        seal = seal_in(event.subject, event.after, assessment.seal)
        return replace(assessment, entries={**assessment.entries, event.subject: entry}, seal=seal)
    record = assessment.item(event.item)
    match event:
        case ItemAnswered():
            record = replace(
                record,
                answer=event.after,
                grouped=event.grouped,
                revision=record.revision + 1,
                by=by,
                at=at,
            )
        case NoteWritten():
            record = replace(record, note=event.after)
        case RemedyWritten():
            record = replace(record, remedy=event.after)
    return replace(assessment, items={**assessment.items, event.item: record})


def _apply_to_veto(assessment: Assessment, event: VetoAnswered, by: PersonId, at: datetime) -> Assessment:
    record = replace(
        assessment.veto(event.veto),
        choice=event.after.choice,
        declared=event.after.declared,
        note=event.after.note,
        revision=assessment.veto(event.veto).revision + 1,
        by=by,
        at=at,
    )
    return replace(assessment, vetoes={**assessment.vetoes, event.veto: record})
