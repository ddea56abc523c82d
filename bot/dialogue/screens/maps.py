"""The map of the table: chapters with what is done, and each chapter's items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.phrases import answer_words
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import BLANK, Block, Line, Screen, bold, line, say
from bot.dialogue.screens import company
from bot.dialogue.screens.imports import workbook_row
from bot.dialogue.screens.view import Row, View, back_to_card, in_rows, opening, progress, to_form
from bot.rubric.yields import is_left_out, score_answer
from bot.workbooks.layout import WHOLE

if TYPE_CHECKING:
    from bot.dialogue.screen import Argument, Button
    from bot.rubric.answers import Answer
    from bot.rubric.model import Item
    from bot.rubric.scoring import ChapterScore

_ITEMS_IN_A_ROW = 4


def table(view: View) -> Screen:
    """Every chapter with its items done and its points, and the conditions."""
    blocks: list[Block] = [line(bold(say("map.title"))), BLANK]
    rows: list[Row] = []
    for chapter, figures in zip(view.rubric.chapters, view.summary.chapters, strict=True):
        done, total = figures.answered, figures.answered + figures.blank
        words: dict[str, Argument] = {"chapter": chapter.id, "title": chapter.title, "done": done, "total": total}
        blocks += [_line(figures, words), *company.keeper(view, chapter.id)]
        rows.append((opening(say("button.chapter", **words), Place(PlaceKind.CHAPTER, chapter.id)),))
    if view.rubric.vetoes:
        asked = sum(view.assessment.veto(each.id).is_settled for each in view.rubric.vetoes)
        words = {"done": asked, "total": len(view.rubric.vetoes)}
        blocks.append(line(say("map.vetoes", **words)))
        rows.append((opening(say("button.vetoes", **words), Place(PlaceKind.VETOES)),))
    rows.append((opening(view.say("button.score"), Place(PlaceKind.SCORE)), *to_form(view)))
    rows.append(workbook_row(WHOLE))
    return view.screen([*blocks, *company.everybody(view), BLANK, progress(view)], [*rows, back_to_card(view)])


def _line(figures: ChapterScore, words: dict[str, Argument]) -> Line:
    if figures.points:
        return line(say("map.chapter", **words, reported=figures.score.reported, points=figures.points))
    met = figures.unscored
    return line(say("map.chapter_met", **words, met=met.score.reported, of=met.out_of))


def chapter(view: View) -> Screen:
    """The items of one chapter with what is answered, each to be opened."""
    found = next(chapter for chapter in view.rubric.chapters if chapter.id == view.subject)
    blocks: list[Block] = [line(bold(f"{found.id} {found.title}")), *company.keeper(view, found.id)]
    for section in found.sections:
        blocks += [BLANK, line(f"{section.id}{section.title}")]
        blocks += [_entry(view, item) for item in section.items]
    blocks += [BLANK, line(view.say("map.marks"))]
    buttons = [_button(view, item) for item in found.items]
    up = (opening(say("button.map"), Place(PlaceKind.MAP)),)
    give = company.giving(view, found.id)
    return view.screen(blocks, [*in_rows(buttons, _ITEMS_IN_A_ROW), give, up, back_to_card(view)])


def _entry(view: View, item: Item) -> Line:
    answer = view.assessment.item(item.id).answer
    status = say("map.blank") if answer is None else answer_words(item, answer)
    return line(bold(item.id), " ", item.text, "　", status)


def _button(view: View, item: Item) -> Button:
    answer = view.assessment.item(item.id).answer
    key = "button.item_open" if answer is None else _mark(item, answer)
    return opening(say(key, item=item.id), Place(PlaceKind.ITEM, item.id))


def _mark(item: Item, answer: Answer) -> str:
    figures = score_answer(item, answer)
    if figures.low == item.points or is_left_out(item, answer):
        return "button.item_full"
    return "button.item_lost" if figures.high < item.points else "button.item_pending"
