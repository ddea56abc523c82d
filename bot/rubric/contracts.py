"""A rubric and a summary as plain data for machines: the keys and their order are a promise."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from bot.rubric.facts import ProofFacts
from bot.rubric.figures import figure_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.rubric.model import Chapter, Item, Level, NotApplicable, Points, Rubric, Score, Section, Wording
    from bot.rubric.scoring import Summary

Data: TypeAlias = "dict[str, Data] | list[Data] | str | int | Decimal | None"

OFFICIAL_LOCALE: Final = "zh_CN"
"""The language of wordings in data for machines, whatever language the person reads."""


def to_json(data: Data) -> str:
    """The JSON of plain data; decimals are written digit by digit and never pass through a float."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {to_json(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(to_json(value) for value in data) + "]"
    if isinstance(data, Decimal):
        return figure_text(data)
    return json.dumps(data, ensure_ascii=False)


def figure(points: Points) -> int | Decimal:
    """Points as a JSON number: an int where they are whole."""
    return int(points) if points == points.to_integral_value() else points


def rubric_to_data(rubric: Rubric) -> Data:
    """What `zicha rubric show --json` prints; titles come without their numbers."""
    data: dict[str, Data] = {
        "id": rubric.id,
        "version": rubric.version,
        "total": figure(rubric.total),
        "pass_mark": None if rubric.pass_mark is None else figure(rubric.pass_mark),
        "chapters": [_chapter(chapter) for chapter in rubric.chapters],
        "vetoes": [{"id": veto.id, "text": veto.text} for veto in rubric.vetoes],
    }
    if rubric.pass_mark is None:
        data["outcomes"] = [
            {"id": each.id, "label": _words(each.label), "passes": each.passes} for each in rubric.outcomes
        ]
    return data


def summary_to_data(rubric: Rubric, summary: Summary) -> Data:
    """What `zicha score --json` prints; `items` holds the answered ones, `chapters` all of them."""
    data: dict[str, Data] = {
        "rubric": rubric.id,
        "version": rubric.version,
        "points": figure(summary.points),
        **_score(summary.total),
        "answered": summary.answered,
        "blank": summary.blank,
        "result": summary.result.value,
        "vetoes": list(summary.declared),
        "vetoes_unasked": list(summary.unasked),
        "chapters": [
            {"id": chapter.chapter_id, "points": figure(chapter.points), **_score(chapter.score)}
            for chapter in summary.chapters
        ],
        "items": {item_id: dict(_score(score)) for item_id, score in summary.items.items()},
    }
    return data | dict(_beyond_a_pass_mark(rubric, summary))


def _beyond_a_pass_mark(rubric: Rubric, summary: Summary) -> Iterator[tuple[str, Data]]:
    """What only some rubrics have: outcomes, a rescaled total, items without points, 一票否决 and ★ items."""
    if rubric.pass_mark is None:
        yield "outcome", None if summary.outcome is None else summary.outcome.id
        yield "possible", [outcome.id for outcome in summary.possible]
    if rubric.rescaling is not None:
        yield "final", {"points": figure(rubric.final_points), **_score(summary.final)}
    if rubric.unscored:
        yield "met", {"of": figure(summary.met.out_of), **_score(summary.met.score)}
    if rubric.failing:
        yield "failed", list(summary.failed)
    if rubric.stars:
        yield "stars_lost", list(summary.stars_lost)


def _score(score: Score) -> dict[str, Data]:
    return {"low": figure(score.low), "high": figure(score.high), "reported": figure(score.reported)}


def _chapter(chapter: Chapter) -> Data:
    return {
        "id": chapter.id,
        "title": chapter.title,
        "points": figure(chapter.points),
        "sections": [_section(section) for section in chapter.sections],
    }


def _section(section: Section) -> Data:
    return {"id": section.id, "title": section.title, "items": [_item(item) for item in section.items]}


def _item(item: Item) -> Data:
    data: dict[str, Data] = {
        "id": item.id,
        "text": item.text,
        "points": figure(item.points) if item.has_points else None,
        "guidance": item.guidance,
        "facts": None if item.facts is None else list(item.facts.names),
        "levels": [_level(level) for level in item.levels],
        "not_applicable": _not_applicable(item.not_applicable),
    }
    if isinstance(item.facts, ProofFacts):
        data["proofs"] = [{"id": each.id, "label": _words(each.label)} for each in item.facts.proofs]
    if item.star:
        data["star"] = True
    return data


def _level(level: Level) -> Data:
    data: dict[str, Data] = {"id": level.id, "when": _words(level.when)}
    data |= {"low": figure(level.low), "high": figure(level.high)}
    if level.grade:
        data["grade"] = level.grade
    return data | ({"fails": True} if level.fails else {})


def _not_applicable(offer: NotApplicable | None) -> Data:
    return None if offer is None else {"reported": offer.reported.value, "when": _words(offer.when)}


def _words(wording: Wording) -> str:
    return wording.by_locale[OFFICIAL_LOCALE]
