"""The card of a group: every item's official words in full, its number to tap, and one button for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue import walk
from bot.dialogue.flows.groups import group_revision
from bot.dialogue.intents import ConfirmRest, Mark
from bot.dialogue.phrases import answer_words
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import BLANK, Block, Button, Emphasis, Quote, Screen, bold, line, say
from bot.dialogue.screens.view import Row, View, in_rows, opening, progress, walk_row
from bot.dialogue.worth import amount, fitting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.rubric.model import Group, Item

_NUMBERS_IN_A_ROW = 5


def group(view: View) -> Screen:
    """The card of the group that the place is about."""
    asked = view.rubric.groups_by_id[view.subject]
    items = [view.rubric.items[item_id] for item_id in asked.items]
    left = walk.open_items(view.rubric, view.assessment, view.position.place)
    blocks = [*_heading(asked, items), *_table(view, items), BLANK, progress(view)]
    return view.screen(blocks, [*_numbers(view, items), *_rest(view, asked, left), *_navigation(view, left)])


def _heading(asked: Group, items: Sequence[Item]) -> Iterable[Block]:
    key = fitting("group.size", points=any(item.has_points for item in items))
    total = amount((item, item.points) for item in items)
    yield line(bold(asked.title), "　", say(key, count=len(items), points=total))
    yield line(say("group.how"))
    yield BLANK


def _table(view: View, items: Sequence[Item]) -> Iterable[Block]:
    for number, item in enumerate(items, start=1):
        answer = view.assessment.item(item.id).answer
        yield line(bold(str(number)), f"　{item.id} ", item.text)
        if answer is not None:
            yield line(bold(say("group.stands", answer=answer_words(item, answer))))
        following = items[number].guidance if number < len(items) else ""
        if item.guidance != following:
            yield Quote(item.guidance)


def _numbers(view: View, items: Sequence[Item]) -> list[Row]:
    buttons = []
    for number, item in enumerate(items, start=1):
        stands = view.assessment.item(item.id)
        full = item.full_level
        lost = stands.answer is not None and getattr(stands.answer, "level", None) != (full.id if full else None)
        key = "button.group_lost" if lost else "button.group_met" if stands.answer else "button.group_open"
        emphasis = Emphasis.DANGER if lost else Emphasis.PLAIN
        buttons.append(Button(say(key, number=number), Mark(item.id, stands.revision), emphasis))
    return in_rows(buttons, _NUMBERS_IN_A_ROW)


def _rest(view: View, asked: Group, left: Sequence[str]) -> list[Row]:
    if not left:
        return []
    items = [view.rubric.items[item_id] for item_id in left]
    key = "button.group_all" if len(left) == len(asked.items) else "button.group_rest"
    total = amount((item, item.points) for item in items)
    label = say(fitting(key, points=any(item.has_points for item in items)), count=len(left), yields=total)
    return [(Button(label, ConfirmRest(asked.id, group_revision(view.assessment, asked)), Emphasis.SUCCESS),)]


def _navigation(view: View, left: Sequence[str]) -> list[Row]:
    here, way = view.position.place, view.position.walk
    onward = walk.next_other(view.rubric, view.assessment, way, here)
    return [
        (
            opening(say("button.previous"), walk.previous_card(view.rubric, way, here)),
            opening(say("button.leave_open" if left else "button.onward"), onward),
            opening(say("button.map"), Place(PlaceKind.MAP)),
        ),
        walk_row(view),
    ]
