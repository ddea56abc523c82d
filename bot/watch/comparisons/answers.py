"""What the answers and the conditions say by themselves: blank, pending, excused, at odds with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rubric.answers import Excused
from bot.rubric.yields import score_answer
from bot.watch.case import item_fact, veto_fact
from bot.watch.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.watch.case import Case
    from bot.watch.rules import Rule


def blank_items(rule: Rule, case: Case) -> Iterator[Finding]:
    """Items without an answer, all in one finding that leads to the first."""
    yield from _first_of(rule, [each for each in case.rubric.items if case.assessment.item(each).answer is None])


def pending(rule: Rule, case: Case) -> Iterator[Finding]:
    """Items that the authority has to settle."""
    answers, items = case.assessment.answers, case.rubric.items
    scores = ((each, score_answer(items[each], answers[each])) for each in items if each in answers)
    yield from _first_of(rule, [each for each, score in scores if score.low < score.high])


def blank_vetoes(rule: Rule, case: Case) -> Iterator[Finding]:
    """Conditions of which nothing was said."""
    blank = [veto for veto in case.rubric.vetoes if not case.assessment.veto(veto.id).is_settled]
    if blank:
        args: dict[str, str | int] = {"number": len(blank), "signs": "".join(veto.mark for veto in blank)}
        yield Finding(rule.id, rule.severity, "", (veto_fact(blank[0].id),), args)


def excused_without_reason(rule: Rule, case: Case) -> Iterator[Finding]:
    """不涉及 needs its reason."""
    for item_id, answer in case.assessment.answers.items():
        if item_id in case.rubric.items and isinstance(answer, Excused) and not answer.reason.strip():
            yield Finding(rule.id, rule.severity, item_id, (item_fact(item_id),), {"item": item_id})


def veto_against_items(rule: Rule, case: Case) -> Iterator[Finding]:
    """A condition is declared, and yet an item that it touches has full marks."""
    for veto_id in rule.vetoes:
        if case.assessment.veto(veto_id).declared:
            for item_id in filter(case.is_full, rule.items):
                yield Finding(rule.id, rule.severity, item_id, (veto_fact(veto_id), item_fact(item_id)))


def _first_of(rule: Rule, ids: list[str]) -> Iterator[Finding]:
    if ids:
        yield Finding(rule.id, rule.severity, "", (item_fact(ids[0]),), {"number": len(ids), "item": ids[0]})
