"""What an update means: a person's request, words in a group, an inline query, a change of reach, or nothing for us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias, TypeGuard

from telegram.constants import ChatMemberStatus, ChatType, MessageAttachmentType

from bot.dialogue.given import Commanded, Given, Odd, Oddity, Offered, Recaptioned, Tapped
from bot.dialogue.intents import decode
from bot.errors import UnreadableButtonError
from bot.evidence.limits import LONGEST_NAME
from bot.handlers.texts import clean, worded
from bot.handlers.wire import Json, loads
from bot.services.failures import Caller
from bot.services.inline import Asked
from bot.services.requests import Request

if TYPE_CHECKING:
    from bot.services.ports import InboxRow

_GONE: Final = frozenset({ChatMemberStatus.BANNED.value, ChatMemberStatus.LEFT.value})
_SENT_BY_PEOPLE: Final = frozenset({*(each.value for each in MessageAttachmentType), "checklist"})
"""What a message may hold in place of text."""

_LARGEST_NUMBER: Final = 2**63
_ENDING: Final = 20
"""How much of the end of a long name is kept."""


@dataclass(frozen=True, slots=True)
class Private:
    """A request in a person's own chat with the bot."""

    request: Request


@dataclass(frozen=True, slots=True)
class InGroup:
    """A command or tap in a group, which is politely refused."""

    request: Request


@dataclass(frozen=True, slots=True)
class ReachChanged:
    """A person blocked the bot, or let it write again."""

    telegram_id: int
    is_reachable: bool


@dataclass(frozen=True, slots=True)
class Ignorable:
    """Nothing that we answer."""


Incoming: TypeAlias = Private | InGroup | Asked | ReachChanged | Ignorable
IGNORED: Final = Ignorable()


def read(row: InboxRow) -> Incoming:
    """What the update means, read from its JSON: a tap brings its whole card along, which nobody needs as objects.

    Raises KeyError, TypeError, ValueError or AttributeError where something that we need is missing or wrong.
    """
    raw = loads(row.update.payload)
    if (query := raw.get("callback_query")) is not None:
        return _tap(row.id, query)
    if (message := raw.get("message")) is not None:
        return _message(row.id, message)
    if (message := raw.get("edited_message")) is not None:
        return _edit(row.id, message)
    if (query := raw.get("inline_query")) is not None:
        return Asked(row.id, _number(query["from"], "id"), _words(query, "id"), _words(query, "query"))
    if (change := raw.get("my_chat_member")) is not None:
        return _reach(change)
    return IGNORED


def sender_of(raw: Json) -> int:
    """The Telegram id of who caused an update, 0 when it does not say: the lane that it goes to."""
    for body in raw.values():
        if isinstance(body, dict) and isinstance(sender := body.get("from"), dict):
            number = sender.get("id")
            return number if _can_be_kept(number) else 0
    return 0


def number_of(raw: Json) -> int | None:
    """The number of an update; None when it has none that can be kept."""
    number = raw.get("update_id")
    return number if _can_be_kept(number) and number >= 0 else None


def caller_of(row: InboxRow) -> Caller | None:
    """Who waits in private for the answer to an update, even where `read` refused it; never raises."""
    raw = loads(row.update.payload)
    query = _inside(raw, "callback_query")
    chat = _inside(_inside(query, "message") or _inside(raw, "message") or _inside(raw, "edited_message"), "chat")
    sender, callback_id = row.update.sender, query.get("id")
    if not sender or chat.get("id") != sender or chat.get("type") != ChatType.PRIVATE:
        return None
    return Caller(sender, sender, callback_id if isinstance(callback_id, str) else None)


def _tap(inbox_id: int, query: Json) -> Incoming:
    sender, card = _number(query["from"], "id"), query.get("message")
    request = Request(
        inbox_id=inbox_id,
        telegram_id=sender,
        chat_id=sender if card is None else _number(card["chat"], "id"),
        given=_pressed(query.get("data")),
        callback_id=_words(query, "id"),
        message_id=None if card is None else _number(card, "message_id"),
    )
    return _private(request) if card is None or _is_private(card) else InGroup(request)


def _pressed(data: str | None) -> Given:
    try:
        return Tapped(*decode(data or ""))
    except UnreadableButtonError:
        return Odd(Oddity.UNREADABLE_BUTTON)


def _message(inbox_id: int, message: Json) -> Incoming:
    sender, given = message.get("from"), _said(message)
    if sender is None or given is None:
        return IGNORED
    request = _request(inbox_id, message, given)
    if _is_private(message):
        return _private(request)
    return InGroup(request) if isinstance(given, Commanded) and not sender["is_bot"] else IGNORED


def _said(message: Json) -> Given | None:
    text = message.get("text")
    if text is not None:
        return worded(text)
    document, photo = message.get("document"), message.get("photo")
    if document is not None:
        return _offered(message, document, clean(document.get("file_name") or "")[0])
    if photo:
        return _offered(message, photo[-1], "")
    return None if _SENT_BY_PEOPLE.isdisjoint(message) else Odd(Oddity.NOT_TEXT)


def _offered(message: Json, file: Json, name: str) -> Offered:
    """A file that can be fetched; of a photo Telegram's largest size, which comes without the camera's data."""
    caption, _ = clean(message.get("caption") or "")
    short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - _ENDING]}…{name[-_ENDING + 1 :]}"
    size, album = file.get("file_size") or 0, message.get("media_group_id") or ""
    return Offered(_words(file, "file_id"), short, size, caption, _number(message, "message_id"), album)


def _edit(inbox_id: int, message: Json) -> Incoming:
    """An edited text or caption; a live location, which edits itself without end, is ignored."""
    has_words = "text" in message or "caption" in message
    if "from" not in message or not _is_private(message) or not has_words:
        return IGNORED
    given: Given = Odd(Oddity.EDITED)
    if "text" not in message and ("document" in message or message.get("photo")):
        given = Recaptioned(_number(message, "message_id"), clean(message.get("caption") or "")[0])
    return _private(_request(inbox_id, message, given))


def _reach(change: Json) -> Incoming:
    if not _is_private(change):
        return IGNORED
    return ReachChanged(_number(change["from"], "id"), change["new_chat_member"]["status"] not in _GONE)


def _request(inbox_id: int, message: Json, given: Given) -> Request:
    sender, chat = _number(message["from"], "id"), _number(message["chat"], "id")
    return Request(inbox_id=inbox_id, telegram_id=sender, chat_id=chat, given=given)


def _private(request: Request) -> Private:
    """The request, if the chat is the sender's own: nobody is ever shown in their chat what belongs to another."""
    if request.chat_id != request.telegram_id:
        raise ValueError("a private chat with somebody else")
    return Private(request)


def _is_private(body: Json) -> bool:
    return bool(body["chat"]["type"] == ChatType.PRIVATE)


def _number(body: Json, name: str) -> int:
    value = body[name]
    if not _can_be_kept(value):
        raise TypeError(f"{name} is no number")
    return value


def _can_be_kept(value: object) -> TypeGuard[int]:
    """Whether it is a whole number that a database can hold; JSON's true and false are none."""
    return type(value) is int and abs(value) < _LARGEST_NUMBER


def _inside(body: Json, name: str) -> Json:
    """The object of that name; an empty one where there is something else, or nothing."""
    value = body.get(name)
    return value if isinstance(value, dict) else {}


def _words(body: Json, name: str) -> str:
    value = body[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} is no text")
    return value
