"""The card of one item: the official words, what each answer yields, and where one is in the table."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bot.assessments.model import NO_ITEM
from bot.dialogue import walk
from bot.dialogue.intents import Choose
from bot.dialogue.phrases import answer_words, shorten
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import BLANK, Block, Button, Emphasis, Line, Passage, Quote, Screen, bold, line, say
from bot.dialogue.screens import company, figures
from bot.dialogue.screens.measures import to_measure
from bot.dialogue.screens.view import Row, View, opening, progress, to_evidence, walk_row
from bot.dialogue.worth import fitting, level_words, option_words, points
from bot.rubric.facts import MeasureFacts, RateFacts
from bot.rubric.yields import lost

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.assessments.model import ItemRecord
    from bot.rubric.model import Item, ItemId, Level, Rubric

_SHORT = 7
"""The most characters that an option may have to share its row on a phone."""


def item(view: View) -> Screen:
    """The card of the item that the place is about."""
    asked = view.rubric.items[view.subject]
    options = figures.table(view, asked) or [_options(view.rubric, asked.id)]
    blocks = [_question(view.rubric, asked.id), *options, *_standing(view, asked), progress(view)]
    return view.screen(blocks, [*_answers(view, asked), *_navigation(view, asked)])


@lru_cache(maxsize=1024)
def _question(rubric: Rubric, item_id: ItemId) -> Passage:
    """What stands on the card whatever was answered."""
    asked = rubric.items[item_id]
    return Passage((*_heading(rubric, asked), *_explanations(asked)))


def place_in_table(rubric: Rubric, asked: Item) -> Line:
    """The item's id and its number in the table."""
    number, total = rubric.order[asked.id], len(rubric.items)
    return line(bold(asked.id), "　", say("item.number", number=number, total=total))


def _heading(rubric: Rubric, asked: Item) -> Iterable[Line | Quote]:
    chapter, section = rubric.chapter_of[asked.id], rubric.section_of[asked.id]
    yield place_in_table(rubric, asked)
    yield line(f"{chapter.title} › {section.id}{section.title}")
    yield BLANK
    yield line(bold(asked.text))
    yield BLANK
    marks = [say("item.star")] if asked.star else []
    marks += [say("item.may_fail")] if asked.may_fail else []
    worth = say("item.points", points=points(asked.points)) if asked.has_points else say("item.without_points")
    yield line(worth, *(part for mark in marks for part in ("　", bold(mark))))
    yield Quote(asked.guidance)


def _explanations(asked: Item) -> Iterable[Line | Quote]:
    yield line(say("item.gloss", gloss=asked.gloss))
    if isinstance(asked.facts, RateFacts):
        yield line(say(fitting("item.rate_hint", points=asked.has_points), unit=asked.facts.unit))
    yield from figures.hints(asked)
    for level in asked.levels:
        if level.low != level.high:
            key, when = fitting("item.open_case", points=asked.has_points), level_words(level)
            yield line(say(key, when=when, reported=points(level.reported), yields=_range(level)))
    yield BLANK


def _range(level: Level) -> str:
    return f"{level.low.normalize():f}–{level.high.normalize():f}"


@lru_cache(maxsize=1024)
def _options(rubric: Rubric, item_id: ItemId) -> Passage:
    asked = rubric.items[item_id]
    counts = not isinstance(asked.facts, MeasureFacts)
    lines = tuple(
        line(f"{number} " if counts else "· ", option_words(asked, level))
        for number, level in enumerate(asked.levels, start=1)
    )
    return Passage((*lines, BLANK) if lines else ())


def _standing(view: View, asked: Item) -> list[Block]:
    """What is written about the item, a line apart from what follows."""
    written = list(_written(view, asked))
    return [*written, BLANK] if written else []


def _written(view: View, asked: Item) -> Iterable[Block]:
    stands = view.assessment.item(asked.id)
    if stands.answer is not None:
        key = "item.stands_grouped" if stands.grouped else "item.stands"
        yield line(bold(say(key, answer=answer_words(asked, stands.answer))))
    yield from company.who(view, stands.by if stands.answer is not None else 0, stands.at)
    if stands.note:
        yield line(say("item.note", note=shorten(stands.note)))
    if stands.remedy:
        yield line(say("item.remedy", remedy=shorten(stands.remedy)))
    yield from company.beside(view, asked.id)


def _answers(view: View, asked: Item) -> list[Row]:
    stands = view.assessment.item(asked.id)
    rows = _side_by_side(view, [(level, _option(asked, level, stands)) for level in asked.levels])
    rows += figures.buttons(view, asked)
    if isinstance(asked.facts, RateFacts):
        rows.append((opening(say("button.write_rate"), Place(PlaceKind.WRITE_RATE, asked.id)),))
    if asked.not_applicable is not None:
        rows.append((opening(say("button.excuse"), Place(PlaceKind.WRITE_EXCUSE, asked.id)),))
    if stands.answer is not None and lost(asked, stands.answer):
        rows.append(
            (opening(say("button.remedy"), Place(PlaceKind.WRITE_REMEDY, asked.id)), *to_measure(view, asked.id))
        )
    return rows


def _option(asked: Item, level: Level, stands: ItemRecord) -> Button:
    key = "button.chosen" if getattr(stands.answer, "level", None) == level.id else "button.option"
    label = option_words(asked, level, key)
    return Button(label, Choose(asked.id, level.id, stands.revision), _emphasis(asked, level))


def _side_by_side(view: View, options: list[tuple[Level, Button]]) -> list[Row]:
    """Every option on a row of its own, but two short ones that yield nothing share one."""
    rows: list[Row] = []
    was_short = False
    for level, button in options:
        is_short = level.high == 0 and not level.fails and len(level.when.by_locale[view.world.locale]) <= _SHORT
        if is_short and was_short and len(rows[-1]) == 1:
            rows[-1] = (*rows[-1], button)
        else:
            rows.append((button,))
        was_short = is_short
    return rows


def _emphasis(asked: Item, level: Level) -> Emphasis:
    if level.low == asked.points:
        return Emphasis.SUCCESS
    return Emphasis.DANGER if level.high == 0 else Emphasis.PLAIN


def _navigation(view: View, asked: Item) -> list[Row]:
    here, way = view.position.place, view.position.walk
    stands = view.assessment.item(asked.id)
    onward = walk.next_other(view.rubric, view.assessment, way, here)
    key = "button.skip" if stands.answer is None else "button.onward"
    rows = [
        (
            opening(say("button.previous"), walk.previous_card(view.rubric, way, here)),
            opening(say(key), onward),
            opening(say("button.map"), Place(PlaceKind.MAP)),
            opening(say("button.note"), Place(PlaceKind.WRITE_NOTE, asked.id)),
        ),
        to_evidence(view, asked.id),
        walk_row(view),
    ]
    if stands != NO_ITEM:
        rows.append((opening(say("button.history"), Place(PlaceKind.HISTORY, asked.id)),))
    return rows
