"""Makes the frozen rubric from a source that no rule objects to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rubric import model
from bot.rubric.basics import NOTHING
from bot.rubric.building_facts import build_facts
from bot.rubric.checks.results import percentage
from bot.rubric.checks.walk import items, levels_of, range_of, worth
from bot.rubric.outcomes import (
    ChapterGate,
    Gate,
    MetGate,
    Outcome,
    Rescaling,
    Rounding,
    StarsGate,
    TotalGate,
    pass_or_fail,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from bot.rubric import source as shapes
    from bot.rubric.levels_source import LevelSource, NotApplicableSource
    from bot.rubric.model import ItemId


def build(source: shapes.RubricSource) -> model.Rubric:
    """The rubric of a checked source."""
    return model.Rubric(
        id=source.id,
        version=source.version,
        title=source.title,
        document_number=source.document_number,
        document_date=source.document_date,
        issuer=source.issuer,
        total=source.total or NOTHING,
        pass_mark=source.pass_mark,
        chapters=tuple(_chapter(source, chapter) for chapter in source.chapters),
        groups=tuple(model.Group(group.id, _wording(group.title), tuple(group.items)) for group in source.groups),
        vetoes=tuple(_veto(veto) for veto in source.vetoes),
        veto_consequences=tuple(model.Quotation(words.clause, words.text) for words in source.veto_consequences),
        sheets=_sheets(source),
        section_labels={section.id: section.label for chapter in source.chapters for section in chapter.sections},
        outcomes=_outcomes(source),
        rescaling=_rescaling(source.rescaling),
        heading=_optional(source.heading),
        closing=_optional(source.closing),
    )


def _outcomes(source: shapes.RubricSource) -> tuple[Outcome, ...]:
    if source.pass_mark is not None:
        return pass_or_fail(source.pass_mark)
    return tuple(_outcome(outcome) for outcome in source.outcomes or ())


def _wording(words: dict[str, str]) -> model.Wording:
    return model.Wording(dict(words))


def _optional(words: dict[str, str] | None) -> model.Wording | None:
    return None if words is None else _wording(words)


def _chapter(source: shapes.RubricSource, chapter: shapes.ChapterSource) -> model.Chapter:
    sections = tuple(_section(source, section) for section in chapter.sections)
    return model.Chapter(chapter.id, chapter.title, chapter.points or NOTHING, sections)


def _section(source: shapes.RubricSource, section: shapes.SectionSource) -> model.Section:
    cells = {item.id: item.guidance for item in section.items}
    title = section.label.removeprefix(section.id).strip()
    made = tuple(_item(source, item, cells.get(item.guidance_of or item.id) or "") for item in section.items)
    return model.Section(section.id, title, made)


def _item(source: shapes.RubricSource, item: shapes.ItemSource, guidance: str) -> model.Item:
    return model.Item(
        id=item.id,
        text=item.text,
        points=worth(item),
        guidance=guidance,
        guidance_rows=0 if item.guidance_of else item.guidance_rows,
        gloss=_wording(item.gloss),
        levels=tuple(_level(level, worth(item)) for level in levels_of(source, item)),
        facts=None if item.facts is None else build_facts(item.facts),
        not_applicable=_not_applicable(item.not_applicable),
        has_points=item.points is not None,
        star=item.star,
    )


def _level(level: LevelSource, full: Decimal) -> model.Level:
    low, high = range_of(level, full) or (NOTHING, NOTHING)
    reported = low if level.reported is None else level.reported
    return model.Level(
        level.id,
        _wording(level.when),
        low,
        high,
        reported,
        open_words=level.open_words,
        grade=level.grade or "",
        fails=level.fails,
    )


def _not_applicable(offer: NotApplicableSource | None) -> model.NotApplicable | None:
    if offer is None:
        return None
    return model.NotApplicable(model.NotApplicableReport(offer.reported), _wording(offer.when), offer.needs_ruling)


def _outcome(outcome: shapes.OutcomeSource) -> Outcome:
    gates = () if outcome.needs is None else tuple(_gates(outcome.needs))
    return Outcome(outcome.id, _wording(outcome.label), outcome.passes, gates)


def _gates(needs: shapes.GatesSource) -> Iterator[Gate]:
    if needs.total is not None:
        yield TotalGate(needs.total)
    for chapter, percent in needs.chapters.items():
        yield ChapterGate(chapter, percentage(percent))
    if needs.met is not None:
        yield MetGate(percentage(needs.met))
    if needs.stars_lost is not None:
        yield StarsGate(needs.stars_lost)


def _rescaling(rescaling: shapes.RescalingSource | None) -> Rescaling | None:
    if rescaling is None:
        return None
    return Rescaling(rescaling.to, rescaling.places, Rounding(rescaling.rounding))


def _veto(veto: shapes.VetoSource) -> model.Veto:
    choices = tuple(model.VetoChoice(choice.id, choice.declares, _wording(choice.label)) for choice in veto.choices)
    question = _wording(veto.question)
    return model.Veto(veto.id, veto.text, question, choices, _optional(veto.details), _optional(veto.special))


def _sheets(source: shapes.RubricSource) -> tuple[model.Sheet, ...]:
    order = [place.item.id for place in items(source)]
    return tuple(
        model.Sheet(
            id=sheet.id,
            caption=sheet.caption,
            head=sheet.head,
            columns=tuple(sheet.columns),
            chapters=tuple(_run(run, order) for run in sheet.chapters),
        )
        for sheet in source.sheets
    )


def _run(run: shapes.SheetChapterSource, order: list[ItemId]) -> model.SheetChapter:
    held = tuple(order[order.index(run.first) : order.index(run.last) + 1])
    return model.SheetChapter(run.chapter, run.label, held)
