"""What an update is due, told from its raw JSON by a rule of the tests' own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from bot.dialogue.evidence_intents import PlaceEvidence, RemoveEvidence
from bot.dialogue.given import Command
from bot.dialogue.intents import Undo, decode
from bot.dialogue.station_intents import Forget, Remove, Withdraw
from bot.errors import UnreadableButtonError
from tests.handlers.contents import SENT_BY_PEOPLE
from tests.handlers.harness import LOCALIZERS

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMAND = re.compile(rf"/({'|'.join(each.value for each in Command)})(@\w+)?(\s.*)?", re.DOTALL | re.IGNORECASE)


_PROMISES = frozenset(
    LOCALIZERS.of(locale).say(key)
    for locale in LOCALIZERS.locales
    for key in ("evidence.coming", "workbook.coming", "data.coming", "notice.invited", "report.coming")
)
_TAKES_BACK = (PlaceEvidence, RemoveEvidence, Undo, Forget, Remove, Withdraw)


class Answer(Enum):
    """How the bot can answer."""

    TAP = "tap"
    QUERY = "query"
    MESSAGE = "message"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Due:
    """An answer that must be given: to the tap or inline query of that id, or as a message or document in that chat."""

    answer: Answer
    to: str | int


def due(update: dict[str, Any]) -> Due | None:
    """The answer that a well-formed update must have; None when there must be none.

    A tap and an inline query always. In a private chat: text, whatever else people send, and an edit of words. In a
    group: a command of ours that a person typed.
    """
    if (query := update.get("callback_query")) is not None:
        return Due(Answer.TAP, query["id"])
    if (query := update.get("inline_query")) is not None:
        return Due(Answer.QUERY, query["id"])
    if (message := update.get("message")) is not None and "from" in message:
        return Due(Answer.MESSAGE, message["chat"]["id"]) if _is_for_us(message) else None
    if (message := update.get("edited_message")) is not None and message["chat"]["type"] == "private":
        return Due(Answer.MESSAGE, message["chat"]["id"]) if {"text", "caption"} & message.keys() else None
    return None


def promises_document(toast: str) -> bool:
    """Whether the answer to a tap says that a document is coming."""
    return toast in _PROMISES


def may_take_back(update: dict[str, Any]) -> bool:
    """Whether the update may undo what a promised document is made of before it is made."""
    if update.get("message", {}).get("text", "").casefold().startswith("/undo"):
        return True
    try:
        intent, _ = decode(update.get("callback_query", {}).get("data", ""))
    except UnreadableButtonError:
        return False
    return isinstance(intent, _TAKES_BACK)


def _is_for_us(message: dict[str, Any]) -> bool:
    if message["chat"]["type"] == "private":
        return bool({"text", *SENT_BY_PEOPLE} & message.keys())
    return not message["from"]["is_bot"] and _COMMAND.fullmatch(message.get("text", "")) is not None


def _bodies(update: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (each for each in update.values() if isinstance(each, dict))


def chats_of(update: dict[str, Any]) -> Iterator[int]:
    """Every chat that an update speaks of, and the chat of whoever sent it."""
    for body in _bodies(update):
        for place in (body, body.get("message")):
            for name in ("chat", "from"):
                inner = place.get(name) if isinstance(place, dict) else None
                if isinstance(inner, dict) and isinstance(inner.get("id"), int):
                    yield inner["id"]


def askers_of(update: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Who tapped or asked, by the id of the query."""
    for body in _bodies(update):
        sender, number = body.get("from"), body.get("id")
        if isinstance(number, str) and isinstance(sender, dict) and isinstance(sender.get("id"), int):
            yield number, sender["id"]
