"""The history of one item or condition: who, when, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.assessments.events import (
    AnswerSetAside,
    EntrySetAside,
    EntryWritten,
    ItemAnswered,
    NoteWritten,
    RemedyWritten,
    VetoAnswered,
    VetoStatement,
)
from bot.dialogue.phrases import SHORTER, answer_words, author_of, shorten
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import BLANK, Block, Screen, bold, line, say
from bot.dialogue.screens.view import View, back_to_card, opening
from bot.forms.showing import masked

if TYPE_CHECKING:
    from bot.assessments.history import HistoryEntry
    from bot.dialogue.screen import Say, Text
    from bot.forms.model import Field
    from bot.rubric.answers import Answer

_MOST: Final = 12
"""Entries that fit a message, however long their words."""


def history(view: View) -> Screen:
    """The newest entries about the subject, newest first."""
    title, card = _about(view)
    blocks: list[Block] = [line(bold(say("history.title", subject=title))), BLANK]
    entries = view.world.archive.history(view.subject)[:_MOST]
    for entry in entries:
        blocks.append(line(bold(say("history.who", at=entry.at, author=author_of(entry.by, view.world)))))
        blocks.append(line(_what(view, entry)))
    if not entries:
        blocks.append(line(say("history.empty")))
    return view.screen(blocks, [(opening(say("button.to_subject", subject=title), card),), back_to_card(view)])


def _about(view: View) -> tuple[str, Place]:
    """What the subject is called, and its card."""
    veto, field = view.rubric.vetoes_by_id.get(view.subject), _field(view)
    if field is not None:
        return field.label, Place(PlaceKind.FIELD, view.subject)
    if veto is not None:
        return veto.mark, Place(PlaceKind.VETO, view.subject)
    return view.subject, Place(PlaceKind.ITEM, view.subject)


def _field(view: View) -> Field | None:
    return None if view.world.form is None else view.world.form.field(view.subject)


def _what(view: View, entry: HistoryEntry) -> Say:  # noqa: PLR0911 - one for each kind
    match entry.event:
        case ItemAnswered(before=before, after=after, grouped=grouped):
            key = "history.answered_grouped" if grouped else "history.answered"
            return say(key, before=_answer(view, before), after=_answer(view, after))
        case AnswerSetAside(stands=stands, offered=offered):
            return say("history.set_aside", before=_answer(view, stands), after=_answer(view, offered))
        case NoteWritten(after=words):
            return say("history.note", words=shorten(words, SHORTER))
        case RemedyWritten(after=words):
            return say("history.remedy", words=shorten(words, SHORTER))
        case EntryWritten(before=was_written, after=is_written):
            return say("history.entry", before=_words(view, was_written), after=_words(view, is_written))
        case EntrySetAside(stands=written, offered=instead):
            return say("history.set_aside", before=_words(view, written), after=_words(view, instead))
        case VetoAnswered(before=was, after=now, reason=reason):
            key = "history.veto_reason" if reason else "history.veto"
            return say(key, before=_statement(view, was), after=_statement(view, now), reason=shorten(reason, SHORTER))


def _words(view: View, words: str) -> Text:
    """An entry as cards show it: of what is about a person, no more than there."""
    field = _field(view)
    shown = words if field is None else masked(field, words)
    return shorten(shown, SHORTER) if words else say("history.blank")


def _answer(view: View, answer: Answer | None) -> Text:
    return say("history.blank") if answer is None else answer_words(view.rubric.items[view.subject], answer)


def _statement(view: View, statement: VetoStatement) -> Text:
    choice, note = view.rubric.vetoes_by_id[view.subject].choice(statement.choice), shorten(statement.note, SHORTER)
    if choice is not None:
        return choice.label if not note else say("veto.with_note", label=choice.label, note=note)
    return say("veto.special", note=note) if note else say("history.blank")
