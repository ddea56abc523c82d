"""The map of the table: nine chapters with what is done, and each chapter's items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.phrases import answer_words
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import BLANK, Block, Line, Screen, bold, line, say
from bot.dialogue.screens.view import View, back_to_card, in_rows, opening, progress
from bot.rubric.scoring import score_answer

if TYPE_CHECKING:
    from bot.dialogue.screen import Argument, Button
    from bot.rubric.model import Item, Score

_ITEMS_IN_A_ROW = 4


def table(view: View) -> Screen:
    """Every chapter with its items done and its points, and the six conditions."""
    blocks: list[Block] = [line(bold(say("map.title"))), BLANK]
    rows = []
    for chapter, figures in zip(view.rubric.chapters, view.summary.chapters, strict=True):
        done, total = figures.answered, figures.answered + figures.blank
        words: dict[str, Argument] = {"chapter": chapter.id, "title": chapter.title, "done": done, "total": total}
        blocks.append(line(say("map.chapter", **words, reported=figures.score.reported, points=chapter.points)))
        rows.append((opening(say("button.chapter", **words), Place(PlaceKind.CHAPTER, chapter.id)),))
    asked, total = sum(view.assessment.veto(each.id).is_settled for each in view.rubric.vetoes), len(view.rubric.vetoes)
    blocks += [line(say("map.vetoes", done=asked, total=total)), BLANK, progress(view)]
    rows.append((opening(say("button.vetoes", done=asked, total=total), Place(PlaceKind.VETOES)),))
    rows.append((opening(say("button.score"), Place(PlaceKind.SCORE)),))
    return view.screen(blocks, [*rows, back_to_card(view)])


def chapter(view: View) -> Screen:
    """The items of one chapter with what is answered, each to be opened."""
    found = next(chapter for chapter in view.rubric.chapters if chapter.id == view.subject)
    blocks: list[Block] = [line(bold(f"{found.id} {found.title}"))]
    for section in found.sections:
        blocks += [BLANK, line(f"{section.id}{section.title}")]
        blocks += [_entry(view, item) for item in section.items]
    blocks += [BLANK, line(say("map.marks"))]
    buttons = [_button(view, item) for item in found.items]
    up = (opening(say("button.map"), Place(PlaceKind.MAP)),)
    return view.screen(blocks, [*in_rows(buttons, _ITEMS_IN_A_ROW), up, back_to_card(view)])


def _entry(view: View, item: Item) -> Line:
    answer = view.assessment.item(item.id).answer
    status = say("map.blank") if answer is None else answer_words(item, answer)
    return line(bold(item.id), " ", item.text, "　", status)


def _button(view: View, item: Item) -> Button:
    answer = view.assessment.item(item.id).answer
    key = "button.item_open" if answer is None else _mark(item, score_answer(item, answer))
    return opening(say(key, item=item.id), Place(PlaceKind.ITEM, item.id))


def _mark(item: Item, figures: Score) -> str:
    if figures.low == item.points:
        return "button.item_full"
    return "button.item_lost" if figures.high < item.points else "button.item_pending"
