"""A change in the history, and whether what its author did can have brought it about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from bot.dialogue import intents
from bot.dialogue.check_intents import StartMeasure
from bot.dialogue.form_intents import ClearEntry, CopyRow, DeleteRow, FillChoice, ReplaceEntry
from bot.errors import UnreadableButtonError
from bot.forms.subjects import cell_in
from bot.handlers.texts import clean
from bot.watch.measures import TABLE


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the history, with the Telegram id of its author and of the assessment's owner."""

    assessment: int
    action: int
    kind: str
    subject: str
    before: str | None
    after: str | None
    reason: str
    revision: int
    by: int
    owner: int


def explains(update: dict[str, Any], entry: Entry) -> bool:
    """Whether the act can have brought the entry about, by what it says itself."""
    if "message" in update:
        words = clean(update["message"].get("text", ""))[0]
        picks_an_option = entry.kind == "veto" and len(words) <= len("第1项")
        return entry.kind in {"item", "entry"} or picks_an_option or words in f"{entry.after}\n{entry.reason}"
    try:
        intent, assessment = intents.decode(update["callback_query"]["data"])
    except UnreadableButtonError:
        return False
    if assessment != entry.assessment:
        return False
    return _writes(intent, entry) if entry.kind == "entry" else _answers(intent, entry)


def _answers(intent: intents.Intent, entry: Entry) -> bool:
    says = orjson.loads(entry.after or "{}") if entry.kind in {"item", "veto"} else {}
    what = (entry.kind, entry.subject)
    match intent:
        case intents.Choose(item, level, _):
            meant = what == ("item", item) and says == {"level": level}
        case intents.Mark(item, _):
            meant = what == ("item", item)
        case intents.Rate(item, sampled, errors, _):
            meant = what == ("item", item) and (says.get("sampled"), says.get("errors")) == (sampled, errors)
        case intents.ConfirmRest() | intents.Undo():
            meant = entry.kind == "item"
        case intents.AnswerVeto(veto, choice, _) | intents.DeclareVeto(veto, choice, _):
            meant = what == ("veto", veto) and says.get("choice") == choice
        case intents.KeepAsNote(item):
            meant = what == ("note", item)
        case _:
            meant = False
    return meant


def _writes(intent: intents.Intent, entry: Entry) -> bool:
    match intent:
        case FillChoice(subject, _, _) | ReplaceEntry(subject, _):
            meant = entry.subject == subject
        case ClearEntry(subject, _):
            meant = (entry.subject, entry.after) == (subject, "")
        case CopyRow(row, into):
            meant = entry.subject.startswith(cell_in(row.rpartition("/")[0], into, ""))
        case DeleteRow(row, _):
            meant = entry.subject.startswith(f"{row}/") and entry.after == ""
        case StartMeasure():
            meant = entry.subject.startswith(f"{TABLE}/")
        case intents.Undo():
            meant = True
        case _:
            meant = False
    return meant
