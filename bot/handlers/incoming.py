"""What an update means: a person's request, words in a group, an inline query, a change of reach, or nothing for us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from telegram import InaccessibleMessage, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.dialogue.given import Commanded, Given, Odd, Oddity, Tapped
from bot.dialogue.intents import decode
from bot.errors import UnreadableButtonError
from bot.handlers.texts import worded
from bot.handlers.wire import Json, loads
from bot.services.failures import Caller
from bot.services.inline import Asked
from bot.services.requests import Request

if TYPE_CHECKING:
    from telegram import CallbackQuery, ChatMemberUpdated, Message

    from bot.services.ports import InboxRow

_GONE: Final = frozenset({ChatMemberStatus.BANNED, ChatMemberStatus.LEFT})
_DATE_OF_INACCESSIBLE: Final = 0
_LARGEST_NUMBER: Final = 2**63


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
    """What the update means; raises whatever a broken one makes python-telegram-bot raise."""
    raw = loads(row.update.payload)
    card = _take_card(raw)
    update = Update.de_json(raw)
    if update.callback_query is not None:
        return _tap(row.id, update.callback_query, card)
    if update.message is not None:
        return _message(row.id, update.message)
    if update.edited_message is not None:
        return _edit(row.id, update.edited_message)
    if update.inline_query is not None:
        query = update.inline_query
        return Asked(row.id, query.from_user.id, query.id, query.query)
    if update.my_chat_member is not None:
        return _reach(update.my_chat_member)
    return IGNORED


def sender_of(raw: Json) -> int:
    """The Telegram id of who caused an update, 0 when it does not say: the lane that it goes to."""
    for body in raw.values():
        if isinstance(body, dict) and isinstance(sender := body.get("from"), dict):
            number = sender.get("id")
            return number if isinstance(number, int) and abs(number) < _LARGEST_NUMBER else 0
    return 0


def caller_of(row: InboxRow) -> Caller | None:
    """Who waits in private for the answer to an update, read without python-telegram-bot, which may have refused it."""
    raw = loads(row.update.payload)
    query = raw.get("callback_query") or {}
    chat = (query.get("message") or raw.get("message") or raw.get("edited_message") or {}).get("chat") or {}
    if not row.update.sender or chat.get("type") != ChatType.PRIVATE or not isinstance(chat.get("id"), int):
        return None
    return Caller(row.update.sender, chat["id"], query.get("id"))


def _take_card(raw: Json) -> InaccessibleMessage | None:
    """Take the card under a tapped button out of the update, as the outline that is all we read of it.

    Its text and keyboard are a whole screen of our own: parsing them would cost more than the rest of the tap.
    """
    query = raw.get("callback_query")
    card = query.pop("message", None) if query else None
    if card is None:
        return None
    outline = {"message_id": card["message_id"], "chat": card["chat"], "date": _DATE_OF_INACCESSIBLE}
    return InaccessibleMessage.de_json(outline)


def _tap(inbox_id: int, query: CallbackQuery, card: InaccessibleMessage | None) -> Incoming:
    chat = card.chat if card is not None else None
    request = Request(
        inbox_id=inbox_id,
        telegram_id=query.from_user.id,
        chat_id=chat.id if chat is not None else query.from_user.id,
        given=_pressed(query.data),
        callback_id=query.id,
        message_id=card.message_id if card is not None else None,
    )
    return Private(request) if chat is None or chat.type == ChatType.PRIVATE else InGroup(request)


def _pressed(data: str | None) -> Given:
    try:
        return Tapped(*decode(data or ""))
    except UnreadableButtonError:
        return Odd(Oddity.UNREADABLE_BUTTON)


def _message(inbox_id: int, message: Message) -> Incoming:
    sender, given = message.from_user, _said(message)
    if sender is None or given is None:
        return IGNORED
    request = Request(inbox_id=inbox_id, telegram_id=sender.id, chat_id=message.chat.id, given=given)
    if message.chat.type == ChatType.PRIVATE:
        return Private(request)
    return InGroup(request) if isinstance(given, Commanded) and not sender.is_bot else IGNORED


def _said(message: Message) -> Given | None:
    if message.text is not None:
        return worded(message.text)
    return Odd(Oddity.NOT_TEXT) if message.effective_attachment is not None else None


def _edit(inbox_id: int, message: Message) -> Incoming:
    """An edited text or caption; a live location, which edits itself without end, is ignored."""
    has_words = message.text is not None or message.caption is not None
    if message.from_user is None or message.chat.type != ChatType.PRIVATE or not has_words:
        return IGNORED
    given = Odd(Oddity.EDITED)
    return Private(Request(inbox_id=inbox_id, telegram_id=message.from_user.id, chat_id=message.chat.id, given=given))


def _reach(change: ChatMemberUpdated) -> Incoming:
    if change.chat.type != ChatType.PRIVATE:
        return IGNORED
    return ReachChanged(change.from_user.id, change.new_chat_member.status not in _GONE)
