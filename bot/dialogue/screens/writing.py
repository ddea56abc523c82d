"""The screens that wait for words: a note, a sentence on a lost point, a reason, two numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.dialogue.flows.words import after_remedy
from bot.dialogue.intents import KeepAsNote, Rate, checksum
from bot.dialogue.phrases import LONG, answer_words, shorten
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.scene import Scene
from bot.dialogue.screen import BLANK, Block, Button, Emphasis, Quote, Screen, bold, line, say
from bot.dialogue.screens.item import place_in_table
from bot.dialogue.screens.view import View, opening
from bot.dialogue.worth import fitting
from bot.rubric.items import NotApplicableReport

if TYPE_CHECKING:
    from bot.dialogue.screen import Say
    from bot.dialogue.screens.view import Row
    from bot.rubric.model import Item, NotApplicable

_SWAPPED = re.compile(r"([0-9]{1,7}) ([0-9]{1,7})")
"""The draft that `flows.items` leaves when more errors than papers were typed."""


def note(view: View) -> Screen:
    """A note on an item is asked for."""
    asked = _item(view)
    return _prompt(view, asked, say("write.note"), view.assessment.item(asked.id).note, _back_to_item(asked))


def remedy(view: View) -> Screen:
    """After a lost point: one sentence on the problem and its measure, now or later."""
    asked = _item(view)
    record = view.assessment.item(asked.id)
    scene = Scene(view.position, view.world, view.assessment)
    later = opening(say("button.later"), after_remedy(scene, asked.id), Emphasis.PRIMARY)
    change = opening(say("button.change_answer"), Place(PlaceKind.ITEM, asked.id))
    blocks: list[Block] = [place_in_table(view.rubric, asked), line(bold(asked.text))]
    if record.answer is not None:
        blocks.append(line(bold(say("item.stands", answer=answer_words(asked, record.answer)))))
    blocks += [BLANK, line(say("write.remedy"))]
    if record.remedy:
        blocks.append(_present(record.remedy))
    return view.screen(blocks, [(later,), (change,)])


def excuse(view: View) -> Screen:
    """The reason for 不涉及 is asked for; what it yields until a reviewer rules is said first."""
    asked = _item(view)
    offered = asked.not_applicable
    blocks: list[Block] = [place_in_table(view.rubric, asked), line(bold(asked.text)), Quote(asked.guidance), BLANK]
    if offered is not None:
        blocks += [
            line(say("write.excuse_when", when=offered.when)),
            line(say(_excuse_key(asked, offered))),
        ]
    return view.screen([*blocks, line(say("write.excuse"))], [_back_to_item(asked)])


def _excuse_key(asked: Item, offered: NotApplicable) -> str:
    key = f"write.excuse_{offered.reported.value}" if offered.needs_ruling else _SETTLED[offered.reported]
    return fitting(key, points=asked.has_points)


_SETTLED = {
    NotApplicableReport.FULL: "write.settled_full",
    NotApplicableReport.ZERO: "write.settled_zero",
    NotApplicableReport.LEFT_OUT: "write.settled_left_out",
}


def rate(view: View) -> Screen:
    """Two numbers are asked for; when they came the wrong way round, the right way is offered."""
    asked = _item(view)
    figures = _SWAPPED.fullmatch(view.position.draft)
    if figures is None:
        return _prompt(view, asked, say("write.rate"), "", _back_to_item(asked))
    sampled, errors = int(figures[1]), int(figures[2])
    revision = view.assessment.item(asked.id).revision
    label = say("button.swap", sampled=errors, errors=sampled)
    swap = Button(label, Rate(asked.id, errors, sampled, revision), Emphasis.PRIMARY)
    again = opening(say("button.write_again"), Place(PlaceKind.WRITE_RATE, asked.id))
    blocks = [place_in_table(view.rubric, asked), line(say("write.swapped", sampled=sampled, errors=errors))]
    return view.screen([*blocks, line(say("write.rate"))], [(swap,), (again,), _back_to_item(asked)])


def veto_details(view: View) -> Screen:
    """What happened and when is asked for, after a declaration."""
    asked = view.rubric.vetoes_by_id[view.subject]
    blocks: list[Block] = [Quote(asked.text), line(asked.details or say("write.note"))]
    if view.assessment.veto(asked.id).note:
        blocks.append(_present(view.assessment.veto(asked.id).note))
    onward = opening(say("button.later"), Place(PlaceKind.VETOES))
    return view.screen([*blocks, line(say("write.send"))], [(onward,)])


def veto_special(view: View) -> Screen:
    """A special case is to be explained."""
    asked = view.rubric.vetoes_by_id[view.subject]
    blocks: list[Block] = [Quote(asked.text), line(say("write.special")), line(say("write.send"))]
    return view.screen(blocks, [(_back_to_veto(asked.id),)])


def veto_reason(view: View) -> Screen:
    """The reason for withdrawing a declaration is asked for."""
    veto_id = view.subject.partition("/")[0]
    asked = view.rubric.vetoes_by_id[veto_id]
    blocks: list[Block] = [Quote(asked.text), line(say("write.withdraw")), line(say("write.send"))]
    return view.screen(blocks, [(_back_to_veto(veto_id),)])


def unplaced_text(view: View) -> Screen:
    """Words came that are no option: they are kept, and can become a note."""
    asked = _item(view)
    draft = view.position.draft
    keep_it = KeepAsNote(asked.id, checksum(draft))
    keep = Button(say("button.keep_as_note", item=asked.id), keep_it, Emphasis.PRIMARY)
    blocks = [place_in_table(view.rubric, asked), line(say("write.unplaced", words=shorten(draft)))]
    return view.screen(blocks, [(keep,), _back_to_item(asked)])


def _present(words: str) -> Block:
    return line(say("write.present", words=shorten(words, LONG)))


def _prompt(view: View, asked: Item, request: Say, present: str, back: Row) -> Screen:
    blocks: list[Block] = [place_in_table(view.rubric, asked), line(bold(asked.text)), BLANK, line(request)]
    if present:
        blocks.append(_present(present))
    return view.screen([*blocks, line(say("write.send"))], [back])


def _item(view: View) -> Item:
    return view.rubric.items[view.subject]


def _back_to_item(asked: Item) -> Row:
    return (opening(say("button.back"), Place(PlaceKind.ITEM, asked.id)),)


def _back_to_veto(veto_id: str) -> Button:
    return opening(say("button.back"), Place(PlaceKind.VETO, veto_id))
