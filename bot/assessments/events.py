"""What can happen to an assessment, in the past tense, and what each event makes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime

    from bot.assessments.model import Assessment, PersonId
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


AssessmentEvent: TypeAlias = ItemAnswered | NoteWritten | RemedyWritten | VetoAnswered


def apply(assessment: Assessment, event: AssessmentEvent, *, by: PersonId, at: datetime) -> Assessment:
    """The assessment after the event; the revision grows only where an answer changed, not for a note."""
    if isinstance(event, VetoAnswered):
        return _apply_to_veto(assessment, event, by, at)
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
