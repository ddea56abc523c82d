"""Compares what a returned workbook proposes with what stands today: what it would change, and where both changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from bot.forms.rows import next_number, rows
from bot.workbooks.draft import Rejected, Side
from bot.workbooks.targets import TargetKind, current, statement_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.assessments.model import Assessment
    from bot.forms.model import Form
    from bot.rubric.model import Rubric
    from bot.workbooks.draft import Added, Draft, Entered, Spot
    from bot.workbooks.targets import Target


class ChangeKind(Enum):
    """What taking a value over would be."""

    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """A value that would be written in place of what stands today."""

    target: Target
    before: str
    after: str
    spot: Spot

    @property
    def kind(self) -> ChangeKind:
        """New, changed, or removed."""
        if not self.before:
            return ChangeKind.NEW
        return ChangeKind.CHANGED if self.after else ChangeKind.REMOVED


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that would be added under a number of its own."""

    number: int
    row: Added


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value that was changed in the file and here as well since the file was written."""

    target: Target
    base: str
    here: str
    file: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Diff:
    """What a workbook comes to today; conflicts that were decided for the file stand among the changes."""

    changes: tuple[Change, ...]
    rows: tuple[NewRow, ...]
    conflicts: tuple[Conflict, ...]
    rejected: tuple[Rejected, ...]
    unchanged: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to take over or to decide."""
        return not (self.changes or self.rows or self.conflicts)

    def of(self, kind: ChangeKind) -> tuple[Change, ...]:
        """The changes of that kind."""
        return tuple(change for change in self.changes if change.kind is kind)


def compare(draft: Draft, assessment: Assessment, rubric: Rubric, form: Form | None) -> Diff:
    """What the draft comes to, given the assessment as it is now."""
    changes: list[Change] = []
    conflicts: list[Conflict] = []
    rejected = list(draft.rejected)
    same = draft.same
    for entered in draft.entered:
        here = current(assessment, entered.target)
        if here == entered.value or _is_kept(draft, entered, here):
            same += 1
        elif here != entered.base and not _is_taken(draft, entered, here):
            conflicts.append(Conflict(entered.target, entered.base, here, entered.value, entered.spot))
        elif _lacks_a_reason(rubric, assessment, entered):
            rejected.append(Rejected(entered.spot, "", "workbook.why.withdrawal"))
        else:
            changes.append(Change(entered.target, here, entered.value, entered.spot))
    added, known = _new_rows(draft, assessment)
    fitting = tuple(_fitting(added, assessment, form, rejected))
    return Diff(tuple(changes), fitting, tuple(conflicts), tuple(rejected), same + known)


def _is_kept(draft: Draft, entered: Entered, here: str) -> bool:
    decision = draft.decisions.get(entered.target)
    return decision is not None and decision.here == here and decision.side is Side.HERE


def _is_taken(draft: Draft, entered: Entered, here: str) -> bool:
    decision = draft.decisions.get(entered.target)
    return decision is not None and decision.here == here and decision.side is Side.FILE


def _lacks_a_reason(rubric: Rubric, assessment: Assessment, entered: Entered) -> bool:
    """A declared condition is withdrawn only in words."""
    if entered.target.kind is not TargetKind.VETO or not assessment.veto(entered.target.subject).declared:
        return False
    choice_id, words = statement_of(entered.value)
    veto = rubric.vetoes_by_id.get(entered.target.subject)
    choice = None if veto is None else veto.choice(choice_id)
    return not words and (choice is None or not choice.declares)


def _new_rows(draft: Draft, assessment: Assessment) -> tuple[list[Added], int]:
    """The rows that are not here yet, and how many are: a workbook that is sent twice adds nothing twice."""
    here: dict[str, list[dict[str, str]]] = {}
    added: list[Added] = []
    for row in draft.added:
        standing = here.setdefault(row.table, [dict(each.cells) for each in rows(assessment.entries, row.table)])
        if dict(row.cells) in standing:
            standing.remove(dict(row.cells))
        else:
            added.append(row)
    return added, len(draft.added) - len(added)


def _fitting(
    added: list[Added], assessment: Assessment, form: Form | None, rejected: list[Rejected]
) -> Iterator[NewRow]:
    numbers: dict[str, int] = {}
    counts: dict[str, int] = {}
    for row in added:
        table = None if form is None else form.table(row.table)
        count = counts.setdefault(row.table, len(rows(assessment.entries, row.table)))
        if table is None or count >= table.most:
            most = 0 if table is None else table.most
            rejected.append(Rejected(row.spot, "", "workbook.why.too_many_rows", {"most": most}))
            continue
        number = numbers.setdefault(row.table, next_number(assessment.entries, row.table))
        numbers[row.table] += 1
        counts[row.table] += 1
        yield NewRow(number, row)
