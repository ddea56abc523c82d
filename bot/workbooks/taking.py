"""Taking a returned workbook over: the events that its changes come to, and decisions where both sides changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.assessments.events import (
    EntryWritten,
    ItemAnswered,
    NoteWritten,
    RemedyWritten,
    VetoAnswered,
    VetoStatement,
)
from bot.forms.subjects import cell_subject
from bot.workbooks.draft import Decision
from bot.workbooks.targets import TargetKind, answer_of, statement_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.assessments.events import AssessmentEvent
    from bot.assessments.model import Assessment
    from bot.rubric.model import Rubric
    from bot.workbooks.comparing import Change, Conflict, Diff, NewRow
    from bot.workbooks.draft import Draft, Side


def events(diff: Diff, assessment: Assessment, rubric: Rubric) -> Iterator[AssessmentEvent]:
    """What happens when everything that is proposed and not in conflict is taken over."""
    for change in diff.changes:
        yield _event(change, assessment, rubric)
    for row in diff.rows:
        yield from _cells(row)


def decide(draft: Draft, conflicts: Iterable[Conflict], side: Side) -> Draft:
    """The draft with these conflicts decided, as long as nothing else comes to stand here."""
    decided = {conflict.target: Decision(side, conflict.here) for conflict in conflicts}
    return replace(draft, decisions={**draft.decisions, **decided})


def _event(change: Change, assessment: Assessment, rubric: Rubric) -> AssessmentEvent:
    subject = change.target.subject
    match change.target.kind:
        case TargetKind.ANSWER:
            return ItemAnswered(subject, answer_of(change.before), answer_of(change.after))
        case TargetKind.NOTE:
            return NoteWritten(subject, change.before, change.after)
        case TargetKind.REMEDY:
            return RemedyWritten(subject, change.before, change.after)
        case TargetKind.ENTRY:
            return EntryWritten(subject, change.before, change.after)
        case TargetKind.VETO:
            return _veto(change, assessment, rubric)


def _veto(change: Change, assessment: Assessment, rubric: Rubric) -> VetoAnswered:
    record = assessment.veto(change.target.subject)
    choice_id, words = statement_of(change.after)
    choice = rubric.vetoes_by_id[change.target.subject].choice(choice_id)
    declares = None if choice is None else choice.declares
    before = VetoStatement(record.choice, record.declared, record.note)
    reason = words if record.declared and not declares else ""
    return VetoAnswered(change.target.subject, before, VetoStatement(choice_id, declares, words), reason)


def _cells(new: NewRow) -> Iterator[EntryWritten]:
    section, _, table = new.row.table.partition(".")
    for column, value in new.row.cells.items():
        yield EntryWritten(cell_subject(section, table, new.number, column), "", value)
