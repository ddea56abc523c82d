"""The six conditions: the list, the card of one, and the second look before a declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue import walk
from bot.dialogue.intents import AnswerVeto, DeclareVeto
from bot.dialogue.phrases import shorten
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import BLANK, Block, Button, Emphasis, Quote, Screen, bold, line, say
from bot.dialogue.screens.measures import to_measure
from bot.dialogue.screens.view import Row, View, back_to_card, in_rows, opening
from bot.dialogue.worth import points

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.dialogue.screen import Say, Text
    from bot.rubric.model import Veto, VetoChoice

_IN_A_ROW = 3


def vetoes(view: View) -> Screen:
    """All conditions with what was said of them."""
    blocks: list[Block] = [
        line(bold(say("vetoes.title"))),
        line(view.say("vetoes.what") if view.rubric.vetoes else say("vetoes.none")),
    ]
    for each in view.rubric.vetoes:
        blocks += [BLANK, line(each.text), line(bold(standing(view, each)))]
    buttons = [opening(each.mark, Place(PlaceKind.VETO, each.id)) for each in view.rubric.vetoes]
    return view.screen(blocks, [*in_rows(buttons, _IN_A_ROW), *_ways_back(view)])


def standing(view: View, veto_: Veto) -> Text:
    """What was said of a condition."""
    record = view.assessment.veto(veto_.id)
    choice = veto_.choice(record.choice)
    if choice is None:
        return say("veto.special", note=shorten(record.note)) if record.note else say("veto.unasked")
    label = choice_words(choice)
    return say("veto.with_note", label=label, note=shorten(record.note)) if record.note else label


def choice_words(choice: VetoChoice) -> Say:
    """A choice with what it means."""
    return say("veto.declares" if choice.declares else "veto.denies", label=choice.label)


def veto(view: View) -> Screen:
    """The card of one condition: the official words, the question as a fact, and the choices."""
    asked = view.rubric.vetoes_by_id[view.subject]
    blocks = [*_heading(view, asked), *_choices(asked), *_standing(view, asked)]
    return view.screen(blocks, [*_answers(view, asked), *_navigation(view, asked)])


def _heading(view: View, asked: Veto) -> Iterable[Block]:
    number = list(view.rubric.vetoes_by_id).index(asked.id) + 1
    place = say("veto.number", number=number, total=len(view.rubric.vetoes))
    yield line(bold(say("vetoes.title")), "　", place)
    yield Quote(asked.text)
    yield line(asked.question)
    yield BLANK


def _choices(asked: Veto) -> Iterable[Block]:
    for number, choice in enumerate(asked.choices, start=1):
        yield line(f"{number} ", choice_words(choice))
    yield BLANK


def _standing(view: View, asked: Veto) -> Iterable[Block]:
    record = view.assessment.veto(asked.id)
    if not record.is_settled:
        return
    yield line(bold(say("veto.stands", answer=standing(view, asked))))
    if record.declared:
        yield line(say("veto.may_withdraw"))


def _answers(view: View, asked: Veto) -> list[Row]:
    record = view.assessment.veto(asked.id)
    rows: list[Row] = []
    for choice in asked.choices:
        emphasis = Emphasis.DANGER if choice.declares else Emphasis.SUCCESS
        label = say("button.veto_declares" if choice.declares else "button.veto_denies", label=choice.label)
        rows.append((Button(label, AnswerVeto(asked.id, choice.id, record.revision), emphasis),))
    if record.declared and asked.details is not None:
        rows.append((opening(say("button.veto_details"), Place(PlaceKind.WRITE_VETO_DETAILS, asked.id)),))
    if asked.special is not None:
        rows.append((opening(asked.special, Place(PlaceKind.WRITE_VETO_SPECIAL, asked.id)),))
    return rows


def _navigation(view: View, asked: Veto) -> list[Row]:
    record = view.assessment.veto(asked.id)
    onward = walk.next_veto(view.rubric, view.assessment, asked.id)
    key = "button.onward" if record.is_settled else "button.skip"
    rows: list[Row] = [
        (
            opening(say("button.veto_list"), Place(PlaceKind.VETOES)),
            opening(say(key), onward),
            opening(say("button.map"), Place(PlaceKind.MAP)),
        )
    ]
    if record.declared:
        rows.append(to_measure(view, asked.id))
    if record.revision:
        rows.append((opening(say("button.history"), Place(PlaceKind.HISTORY, asked.id)),))
    return rows


def confirm(view: View) -> Screen:
    """The second look: what the choice means, in the notice's words, before it is declared."""
    veto_id, _, choice_id = view.subject.partition("/")
    asked = view.rubric.vetoes_by_id[veto_id]
    blocks: list[Block] = [line(bold(say("confirm.title"))), Quote(asked.text)]
    choice = asked.choice(choice_id)
    if choice is not None:
        blocks.append(line(say("confirm.chosen", label=choice.label)))
    for quotation in view.rubric.veto_consequences:
        blocks += [BLANK, line(say("confirm.clause", clause=quotation.clause)), Quote(quotation.text)]
    blocks += [BLANK, line(view.say("confirm.meaning", points=points(view.summary.final.reported)))]
    blocks.append(line(view.say("confirm.withdrawal")))
    revision = view.assessment.veto(veto_id).revision
    declare = Button(say("button.declare", mark=asked.mark), DeclareVeto(veto_id, choice_id, revision), Emphasis.DANGER)
    back = opening(say("button.chose_wrongly"), Place(PlaceKind.VETO, veto_id))
    rows: list[Row] = [(declare,), (back,)]
    if asked.special is not None:
        rows.append((opening(asked.special, Place(PlaceKind.WRITE_VETO_SPECIAL, veto_id)),))
    return view.screen(blocks, rows)


def _ways_back(view: View) -> list[Row]:
    return [(opening(view.say("button.score"), Place(PlaceKind.SCORE)),), back_to_card(view)]
