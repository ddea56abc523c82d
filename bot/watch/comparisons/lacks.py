"""What lost points and declared conditions still lack: problem, measure, owner, date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.watch.case import item_fact, veto_fact
from bot.watch.measures import Demand, measures
from bot.watch.model import Fact, Finding, Spot, SpotKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.watch.case import Case
    from bot.watch.rules import Rule


def loss_unmeasured(rule: Rule, case: Case) -> Iterator[Finding]:
    """A lost point without a whole measure."""
    for about in _incomplete(case, Demand.LOSS):
        yield Finding(rule.id, rule.severity, about, (item_fact(about), _measure(about)), {"item": about})


def veto_unmeasured(rule: Rule, case: Case) -> Iterator[Finding]:
    """A declared condition without a whole measure."""
    for about in _incomplete(case, Demand.CONDITION):
        sign = case.rubric.vetoes_by_id[about].mark
        yield Finding(rule.id, rule.severity, about, (veto_fact(about), _measure(about)), {"sign": sign})


def _incomplete(case: Case, demand: Demand) -> Iterator[str]:
    for each in measures(case.assessment, case.rubric, case.form):
        if each.demand is demand and not each.is_complete:
            yield each.about


def _measure(about: str) -> Fact:
    return Fact(Spot(SpotKind.MEASURE, about))
