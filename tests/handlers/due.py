"""What an update is due, told from its raw JSON by a rule of the tests' own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.dialogue.given import Command
from tests.handlers.contents import SENT_BY_PEOPLE

_COMMAND = re.compile(rf"/({'|'.join(each.value for each in Command)})(@\w+)?(\s.*)?", re.DOTALL | re.IGNORECASE)


class Answer(Enum):
    """How the bot can answer."""

    TAP = "tap"
    QUERY = "query"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Due:
    """An answer that must be given: to the tap or inline query of that id, or as a message in that chat."""

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


def _is_for_us(message: dict[str, Any]) -> bool:
    if message["chat"]["type"] == "private":
        return bool({"text", *SENT_BY_PEOPLE} & message.keys())
    return not message["from"]["is_bot"] and _COMMAND.fullmatch(message.get("text", "")) is not None
