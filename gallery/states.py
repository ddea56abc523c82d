"""Assessments in the states that a score can have, made from any rubric."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from bot.assessments.model import Assessment, ItemRecord, Kind, VetoRecord
from bot.dialogue.rehearsal import ME
from bot.rubric.answers import Chosen, Counted, Excused, Sampled
from bot.rubric.scoring import summarize

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.rubric.model import Item, Rubric

NOW: Final = datetime(2017, 4, 21, 2, 42, tzinfo=UTC)
WORDS: Final = "缺一台触摸屏电脑，已列入采购，月底前配齐"
_NUMBER: Final = 2017


def empty(rubric: Rubric) -> Assessment:
    """Just begun."""
    return Assessment(_NUMBER, rubric.id, rubric.version, Kind.PRACTICE, ME, NOW)


def partial(rubric: Rubric) -> Assessment:
    """The first third is answered, one item of it lost; a condition is denied."""
    items = list(rubric.items.values())
    kept = {item.id: _record(item, 0) for item in items[: len(items) // 3]}
    kept[items[3].id] = _record(items[3], -1)
    return replace(empty(rubric), items=kept, vetoes=_denied(rubric, 1))


def passed(rubric: Rubric) -> Assessment:
    """Everything answered best, every condition denied."""
    return replace(empty(rubric), items=_all(rubric, 0), vetoes=_denied(rubric))


def pending(rubric: Rubric) -> Assessment:
    """Everything that the authority can be left to settle is left to it."""
    items = {item.id: _pending(item) for item in rubric.items.values()}
    return replace(empty(rubric), items=items, vetoes=_denied(rubric))


def almost(rubric: Rubric) -> Assessment:
    """Everything answered best but the last three items."""
    items = dict(list(_all(rubric, 0).items())[:-3])
    return replace(empty(rubric), items=items, vetoes=_denied(rubric))


def on_the_edge(rubric: Rubric) -> Assessment:
    """What is left to the authority decides whether it passes."""
    made = pending(rubric)
    for item in rubric.items.values():
        worse = replace(made, items={**made.items, item.id: _record(item, -1)})
        high = summarize(rubric, worse.answers, worse.declarations).total.high
        if made.items[item.id] == _record(item, 0) and rubric.pass_mark is not None and high >= rubric.pass_mark:
            made = worse
    return made


def counted(rubric: Rubric) -> Assessment:
    """Every item that takes figures has some."""
    items = dict(_all(rubric, 0))
    for item in rubric.items.values():
        names = () if item.facts is None else item.facts.names
        if "problems" in names:
            items[item.id] = ItemRecord(Counted(1), 1, by=ME, at=NOW)
        elif "sampled" in names:
            items[item.id] = ItemRecord(Sampled(300, 7), 1, by=ME, at=NOW)
    return replace(empty(rubric), items=items, vetoes=_denied(rubric))


def failed(rubric: Rubric) -> Assessment:
    """Every item at its worst."""
    return replace(empty(rubric), items=_all(rubric, -1), vetoes=_denied(rubric))


def half_lost(rubric: Rubric) -> Assessment:
    """Every fourth item at its worst, some with a sentence on the problem: a list that names its items."""
    items = {
        item.id: replace(_record(item, 0 if number % 6 else -1), remedy="" if number % 12 else WORDS)
        for number, item in enumerate(rubric.items.values(), start=1)
    }
    return replace(empty(rubric), items=items, vetoes=_denied(rubric))


def declared(rubric: Rubric) -> Assessment:
    """Everything answered best, but one condition declared with words."""
    veto = rubric.vetoes[-2]
    choice = next(each for each in veto.choices if each.declares)
    record = VetoRecord(choice.id, declared=True, note="2016年11月，一份试卷外泄", revision=1, by=ME, at=NOW)
    return replace(passed(rubric), vetoes={**_denied(rubric), veto.id: record})


def special(rubric: Rubric) -> Assessment:
    """Everything answered best, but one condition explained instead of answered."""
    veto = next((each for each in rubric.vetoes if each.special), rubric.vetoes[-1])
    record = VetoRecord(note="2015年12月批准设立，首次鉴定安排在今年6月", revision=1, by=ME, at=NOW)
    return replace(passed(rubric), vetoes={**_denied(rubric), veto.id: record})


def unasked(rubric: Rubric) -> Assessment:
    """Everything answered best, no condition answered."""
    return replace(passed(rubric), vetoes={})


STATES: Final[Mapping[str, Callable[[Rubric], Assessment]]] = {
    "empty": empty,
    "partial": partial,
    "passed": passed,
    "almost": almost,
    "pending": pending,
    "pending decides": on_the_edge,
    "some lost": half_lost,
    "failed by points": failed,
    "conditions not asked": unasked,
    "failed by a condition": declared,
    "special case": special,
}
"""Every state by its name on the page; a rubric without conditions has those without them."""


def possible(rubric: Rubric) -> dict[str, Assessment]:
    """The states that this rubric can have."""
    needs_conditions = {declared, special, unasked}
    return {name: make(rubric) for name, make in STATES.items() if rubric.vetoes or make not in needs_conditions}


def _all(rubric: Rubric, level: int) -> dict[str, ItemRecord]:
    return {item.id: _record(item, level) for item in rubric.items.values()}


def _record(item: Item, level: int) -> ItemRecord:
    return ItemRecord(Chosen(item.levels[level].id), 1, by=ME, at=NOW)


def _pending(item: Item) -> ItemRecord:
    level = next((level for level in item.levels if level.low != level.high), None)
    if level is not None:
        return ItemRecord(Chosen(level.id), 1, by=ME, at=NOW)
    if item.not_applicable is not None:
        return ItemRecord(Excused("上年没有开展这项工作"), 1, by=ME, at=NOW)
    return _record(item, 0)


def _denied(rubric: Rubric, most: int | None = None) -> dict[str, VetoRecord]:
    return {
        veto.id: VetoRecord(next(each.id for each in veto.choices if not each.declares), False, "", 1, ME, NOW)  # noqa: FBT003 - a frozen record
        for veto in rubric.vetoes[:most]
    }
