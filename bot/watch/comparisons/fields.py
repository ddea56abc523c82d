"""What single fields say: missing, at odds with an item, changed since the licence, run out, unusual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.forms.cleaning import clean
from bot.forms.filling import needed
from bot.forms.outcomes import Cleaned
from bot.forms.subjects import field_subject
from bot.forms.words import folded
from bot.watch.case import TODAY, field_fact, period_in, table_fact
from bot.watch.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.watch.case import Case
    from bot.watch.rules import Rule


def missing(rule: Rule, case: Case) -> Iterator[Finding]:
    """What a section needs and has not got, all in one finding that leads to the first."""
    section = None if case.form is None else case.form.section(rule.section)
    if section is None:
        return
    lacking = [each.subject for each in needed(section, case.assessment.entries) if not each.is_there]
    if lacking:
        first = field_fact(lacking[0]) if case.table(lacking[0]) is None else table_fact(lacking[0])
        yield Finding(rule.id, rule.severity, "", (first,), {"number": len(lacking)})


def field_is(rule: Rule, case: Case) -> Iterator[Finding]:
    """A field holds one of the values, beside what it contradicts where the rule names that; "" only once begun."""
    if case.form is None or case.form.field(rule.field) is None:
        return
    against = case.against(rule)
    if (rule.items or rule.vetoes) and not against:
        return
    if case.value(rule.field) in rule.values and case.is_begun(rule.field):
        for fact in against or (None,):
            facts = (field_fact(rule.field),) if fact is None else (field_fact(rule.field), fact)
            yield Finding(rule.id, rule.severity, "" if fact is None else fact.spot.subject, facts)


def changed(rule: Rule, case: Case) -> Iterator[Finding]:
    """What stands now differs from the licence: `values` (1) with reason and date told, or (0) without."""
    for pair in rule.fields:
        now, licensed = (field_subject(section, pair) for section in ("registration", "licence"))
        stands, stood = case.value(now), case.value(licensed)
        if stands and stood and folded(stands) != folded(stood):
            told = [field_subject("changes", f"{pair}_{each}") for each in ("reason", "date")]
            lacking = [subject for subject in told if not case.value(subject)]
            if bool(lacking) is not ("told" in rule.values):
                facts = (field_fact(licensed), field_fact(now), *map(field_fact, lacking[:1]))
                yield Finding(rule.id, rule.severity, pair, facts, {"label": case.label(now)})


def period_over(rule: Rule, case: Case) -> Iterator[Finding]:
    """A period has ended."""
    period = period_in(case.value(rule.field))
    if period is not None and period[1] < case.today:
        yield Finding(rule.id, rule.severity, "", (field_fact(rule.field), TODAY))


def remarked(rule: Rule, case: Case) -> Iterator[Finding]:
    """A value was kept although something about it is unusual."""
    for subject in rule.fields:
        field, value = None if case.form is None else case.form.field(subject), case.value(subject)
        cleaned = clean(field, value) if field is not None and value else None
        if isinstance(cleaned, Cleaned) and cleaned.remark is not None:
            args = {"label": case.label(subject)}
            yield Finding(rule.id, rule.severity, subject.partition(".")[2], (field_fact(subject),), args)
