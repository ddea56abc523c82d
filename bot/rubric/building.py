"""Makes the frozen rubric from a source that no rule objects to."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.rubric import model
from bot.rubric.checks.facts import LIMIT
from bot.rubric.checks.walk import items, levels_of, range_of

if TYPE_CHECKING:
    from bot.rubric import source as shapes
    from bot.rubric.model import Facts, ItemId


def build(source: shapes.RubricSource) -> model.Rubric:
    """The rubric of a checked source."""
    return model.Rubric(
        id=source.id,
        version=source.version,
        title=source.title,
        document_number=source.document_number,
        document_date=source.document_date,
        issuer=source.issuer,
        total=source.total,
        pass_mark=source.pass_mark,
        chapters=tuple(_chapter(source, chapter) for chapter in source.chapters),
        groups=tuple(model.Group(group.id, _wording(group.title), tuple(group.items)) for group in source.groups),
        vetoes=tuple(_veto(veto) for veto in source.vetoes),
        veto_consequences=tuple(model.Quotation(words.clause, words.text) for words in source.veto_consequences),
        sheets=_sheets(source),
        section_labels={section.id: section.label for chapter in source.chapters for section in chapter.sections},
    )


def _wording(words: dict[str, str]) -> model.Wording:
    return model.Wording(dict(words))


def _optional(words: dict[str, str] | None) -> model.Wording | None:
    return None if words is None else _wording(words)


def _chapter(source: shapes.RubricSource, chapter: shapes.ChapterSource) -> model.Chapter:
    sections = tuple(_section(source, section) for section in chapter.sections)
    return model.Chapter(chapter.id, chapter.title, chapter.points, sections)


def _section(source: shapes.RubricSource, section: shapes.SectionSource) -> model.Section:
    cells = {item.id: item.guidance for item in section.items}
    title = section.label.removeprefix(section.id).strip()
    made = tuple(_item(source, item, cells.get(item.guidance_of or item.id) or "") for item in section.items)
    return model.Section(section.id, title, made)


def _item(source: shapes.RubricSource, item: shapes.ItemSource, guidance: str) -> model.Item:
    return model.Item(
        id=item.id,
        text=item.text,
        points=item.points,
        guidance=guidance,
        guidance_rows=0 if item.guidance_of else item.guidance_rows,
        gloss=_wording(item.gloss),
        levels=tuple(_level(level, item.points) for level in levels_of(source, item)),
        facts=_facts(item.facts),
        not_applicable=_not_applicable(item.not_applicable),
    )


def _level(level: shapes.LevelSource, full: Decimal) -> model.Level:
    low, high = range_of(level, full) or (Decimal(0), Decimal(0))
    reported = low if level.reported is None else level.reported
    return model.Level(level.id, _wording(level.when), low, high, reported, level.open_words)


def _facts(facts: shapes.FactsSource | None) -> Facts | None:
    if facts is None:
        return None
    if facts.rate is not None:
        return _rate(facts.rate)
    bands = tuple(model.CountBand(band.at_most, band.level) for band in facts.problems or ())
    return model.CountFacts(bands, facts.serious)


def _rate(rate: shapes.RateSource) -> model.RateFacts | None:
    match = LIMIT.fullmatch(rate.limit)
    if match is None:
        return None
    return model.RateFacts(int(match[1]), int(match[2]), rate.below, rate.exactly, rate.above, _wording(rate.unit))


def _not_applicable(offer: shapes.NotApplicableSource | None) -> model.NotApplicable | None:
    if offer is None:
        return None
    return model.NotApplicable(model.NotApplicableReport(offer.reported), _wording(offer.when))


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
