"""The watch itself: everything that the rules find, what has just arisen, and whether nothing stands in the way."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from bot.forms.subjects import CellRef, parse
from bot.watch.case import Case
from bot.watch.comparisons import COMPARISONS
from bot.watch.model import Severity, SpotKind
from bot.watch.rules import rules_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from bot.assessments.model import Assessment, EntryRecord, Subject
    from bot.forms.model import Form
    from bot.rubric.model import Rubric
    from bot.watch.model import Finding, Spot
    from bot.watch.rules import Rule


def watch(assessment: Assessment, rubric: Rubric, form: Form | None, today: date) -> tuple[Finding, ...]:
    """Everything that the rules find, what must be put right first, in the order of the rules."""
    found = _run(rules_of(rubric.id), Case(assessment, rubric, form, today))
    order = list(Severity)
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def is_ready(findings: Iterable[Finding]) -> bool:
    """Whether nothing has to be put right before the assessment can be made final."""
    return all(finding.severity is not Severity.MUST for finding in findings)


def arisen(before: Case, after: Assessment, touched: Iterable[Subject]) -> tuple[Finding, ...]:
    """The contradictions that were not there before what was written under the `touched` subjects."""
    by_subject = _checks(before.rubric.id)
    names = dict.fromkeys(name for subject in touched for name in _names(subject))
    rules = {rule.id: rule for name in names for rule in by_subject.get(name, ())}.values()
    found = _run(rules, Case(after, before.rubric, before.form, before.today)) if rules else ()
    if not found:
        return ()
    stood = {finding.code for finding in _run(rules, before)}
    return tuple(finding for finding in found if finding.code not in stood and not finding.is_explained)


def _run(rules: Iterable[Rule], case: Case) -> tuple[Finding, ...]:
    found = (finding for rule in rules for finding in COMPARISONS[rule.compares](rule, case))
    return tuple(_explained(finding, case.assessment) for finding in found)


def _explained(finding: Finding, assessment: Assessment) -> Finding:
    """With its explanation, if that is no older than the facts it was given for."""
    if finding.severity is not Severity.CHECK:
        return finding
    said = assessment.entry(finding.subject)
    times = (each for fact in finding.facts for each in _times(fact.spot, assessment))
    holds = said.value and all(said.at is not None and at <= said.at for at in times)
    return replace(finding, explanation=said.value) if holds else finding


def _times(spot: Spot, assessment: Assessment) -> Iterator[datetime]:
    match spot.kind:
        case SpotKind.ITEM:
            at = assessment.item(spot.subject).at
        case SpotKind.VETO:
            at = assessment.veto(spot.subject).at
        case SpotKind.FIELD:
            at = assessment.entry(spot.subject).at
        case SpotKind.ROW:
            at = _last_written(spot.subject, assessment.entries)
        case _:
            at = None
    if at is not None:
        yield at


def _last_written(row: str, entries: Mapping[Subject, EntryRecord]) -> datetime | None:
    prefix = f"{row}/"
    times = (each.at for subject, each in entries.items() if subject.startswith(prefix))
    return max((at for at in times if at is not None), default=None)


@cache
def _checks(rubric_id: str) -> dict[str, tuple[Rule, ...]]:
    """The rules that may find a contradiction, by what they look at."""
    rules = [rule for rule in rules_of(rubric_id) if rule.severity is Severity.CHECK]
    return {name: tuple(rule for rule in rules if name in rule.heeded) for rule in rules for name in rule.heeded}


def _names(subject: Subject) -> tuple[str, ...]:
    """What rules may call a subject: itself, or the table that it is a cell of."""
    cell = parse(subject)
    return (cell.table_path,) if isinstance(cell, CellRef) else (subject,)
