"""What differs from the licence and so must be registered anew (通知三（一）), as the watch compares it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from bot.forms.subjects import field_subject
from bot.reports.content.said import said
from bot.watch.case import Case
from bot.watch.comparisons import COMPARISONS
from bot.watch.rules import Comparison, rules_of

if TYPE_CHECKING:
    from bot.forms.model import Form
    from bot.reports.content.brief import Brief

_COMPARED: Final = ("registration", "licence")
"""The sections that are compared: as it is, as it was."""
_TOLD: Final = ("reason", "date")
"""What is told of each change."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: what it is called, as it was and as it is, why and since when."""

    label: str
    before: str
    after: str
    reason: str
    since: str


def changes(brief: Brief) -> tuple[Change, ...]:
    """Everything that changed, told or not, in the order of the rules; nothing where the form asks nothing of it."""
    case = brief.case
    if case.form is None:
        return ()
    rules = [rule for rule in rules_of(case.rubric.id) if rule.compares is Comparison.CHANGED]
    watched = Case(case.assessment, case.rubric, case.form, case.day or date.min)
    found = {finding.about for rule in rules for finding in COMPARISONS[rule.compares](rule, watched)}
    names = dict.fromkeys(name for rule in rules for name in rule.fields)
    return tuple(_change(brief, name) for name in names if name in found and _is_asked(case.form, name))


def _is_asked(form: Form, name: str) -> bool:
    compared = [field_subject(section, name) for section in _COMPARED]
    told = [field_subject("changes", f"{name}_{each}") for each in _TOLD]
    return all(form.field(subject) is not None for subject in (*compared, *told))


def _change(brief: Brief, name: str) -> Change:
    now, before = (said(brief, field_subject(section, name)) for section in _COMPARED)
    reason, since = (said(brief, field_subject("changes", f"{name}_{each}")) for each in _TOLD)
    return Change(now.label, before.text, now.text, reason.text, since.text)
