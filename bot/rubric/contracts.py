"""A rubric and a summary as plain data for machines: the keys and their order are a promise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from bot.rubric.model import Chapter, Item, Level, NotApplicable, Points, Rubric, Score, Section, Wording
    from bot.rubric.scoring import Summary

Data: TypeAlias = "dict[str, Data] | list[Data] | str | int | float | None"

OFFICIAL_LOCALE: Final = "zh_CN"
"""The language of wordings in data for machines, whatever language the person reads."""


def figure(points: Points) -> int | float:
    """Points as a JSON number: an int where they are whole."""
    return int(points) if points == points.to_integral_value() else float(points)


def rubric_to_data(rubric: Rubric) -> Data:
    """What `zicha rubric show --json` prints; titles come without their numbers."""
    return {
        "id": rubric.id,
        "version": rubric.version,
        "total": figure(rubric.total),
        "pass_mark": figure(rubric.pass_mark),
        "chapters": [_chapter(chapter) for chapter in rubric.chapters],
        "vetoes": [{"id": veto.id, "text": veto.text} for veto in rubric.vetoes],
    }


def summary_to_data(rubric: Rubric, summary: Summary) -> Data:
    """What `zicha score --json` prints; `items` holds the answered ones, `chapters` all of them."""
    return {
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
    return {
        "id": item.id,
        "text": item.text,
        "points": figure(item.points),
        "guidance": item.guidance,
        "facts": None if item.facts is None else list(item.facts.names),
        "levels": [_level(level) for level in item.levels],
        "not_applicable": _not_applicable(item.not_applicable),
    }


def _level(level: Level) -> Data:
    return {"id": level.id, "when": _words(level.when), "low": figure(level.low), "high": figure(level.high)}


def _not_applicable(offer: NotApplicable | None) -> Data:
    return None if offer is None else {"reported": offer.reported.value, "when": _words(offer.when)}


def _words(wording: Wording) -> str:
    return wording.by_locale[OFFICIAL_LOCALE]
