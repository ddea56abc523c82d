"""The history of one item or condition: who, when, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.assessments.events import ItemAnswered, NoteWritten, RemedyWritten, VetoAnswered, VetoStatement
from bot.dialogue.phrases import SHORTER, answer_words, author, shorten
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import BLANK, Block, Screen, bold, line, say
from bot.dialogue.screens.view import View, back_to_card, opening

if TYPE_CHECKING:
    from bot.assessments.history import HistoryEntry
    from bot.dialogue.screen import Say, Text
    from bot.rubric.answers import Answer


def history(view: View) -> Screen:
    """The newest entries about the subject, newest first."""
    veto = view.rubric.vetoes_by_id.get(view.subject)
    title = view.subject if veto is None else veto.mark
    blocks: list[Block] = [line(bold(say("history.title", subject=title))), BLANK]
    entries = view.world.archive.history(view.subject)
    for entry in entries:
        blocks.append(line(bold(say("history.who", at=entry.at, author=author(entry.by, view.world.person)))))
        blocks.append(line(_what(view, entry)))
    if not entries:
        blocks.append(line(say("history.empty")))
    card = Place(PlaceKind.ITEM if veto is None else PlaceKind.VETO, view.subject)
    return view.screen(blocks, [(opening(say("button.to_subject", subject=title), card),), back_to_card(view)])


def _what(view: View, entry: HistoryEntry) -> Say:
    match entry.event:
        case ItemAnswered(before=before, after=after, grouped=grouped):
            key = "history.answered_grouped" if grouped else "history.answered"
            return say(key, before=_answer(view, before), after=_answer(view, after))
        case NoteWritten(after=words):
            return say("history.note", words=shorten(words, SHORTER))
        case RemedyWritten(after=words):
            return say("history.remedy", words=shorten(words, SHORTER))
        case VetoAnswered(before=was, after=now, reason=reason):
            key = "history.veto_reason" if reason else "history.veto"
            return say(key, before=_statement(view, was), after=_statement(view, now), reason=shorten(reason, SHORTER))


def _answer(view: View, answer: Answer | None) -> Text:
    return say("history.blank") if answer is None else answer_words(view.rubric.items[view.subject], answer)


def _statement(view: View, statement: VetoStatement) -> Text:
    choice, note = view.rubric.vetoes_by_id[view.subject].choice(statement.choice), shorten(statement.note, SHORTER)
    if choice is not None:
        return choice.label if not note else say("veto.with_note", label=choice.label, note=note)
    return say("veto.special", note=note) if note else say("history.blank")
