"""Telegram's side in the same process, at python-telegram-bot's own seam: strict about what it is sent, and quick."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from telegram.request import BaseRequest

from bot.handlers.request import AiohttpRequest
from bot.handlers.wire import dumps, loads
from sandbox.markup import parse_html, utf16_length
from sandbox.wire import ApiError, refused
from tests.handlers.any_file import FILLED, content, filled, words_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from telegram.request import RequestData

    from bot.handlers.wire import Json

REMEMBERED = 12
"""So many cards of a chat can still be edited."""

_MOST_UNITS, _MOST_TOAST, _MOST_DATA, _MOST_CAPTION = 4096, 200, 64, 1024
_EVERYDAY: Final = ("message is not modified", "message to edit not found", "the file is temporarily unavailable")
_UPLOADS: Final = {"sendDocument": "document", "sendPhoto": "photo"}


@dataclass(frozen=True, slots=True)
class Card:
    """A message of the bot: its words as they are read, and the data of its buttons."""

    message_id: int
    text: str
    buttons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What was shown somewhere: in a chat, in the toast of a tap, or in the answer to an inline query."""

    where: int | str
    text: str
    buttons: tuple[str, ...] = ()


@dataclass(slots=True)
class Heard:
    """What the bot did since somebody looked."""

    taps: list[Shown] = field(default_factory=list)
    queries: list[Shown] = field(default_factory=list)
    messages: list[Shown] = field(default_factory=list)
    documents: list[Shown] = field(default_factory=list)


class PretendedTelegram(BaseRequest):
    """Hands out one batch of updates after another, and keeps what stands in each chat.

    `complaints` are calls that the real Bot API would refuse for good.
    """

    parse_json_payload = staticmethod(AiohttpRequest.parse_json_payload)

    def __init__(self) -> None:
        self.heard = Heard()
        self.complaints: list[str] = []
        self.is_asked = asyncio.Event()
        self._batches: asyncio.Queue[bytes] = asyncio.Queue()
        self._cards: dict[int, deque[Card]] = {}
        self._last_message = 100
        self._uploads: dict[int, bytes] = {}
        self._methods: dict[str, Callable[[dict[str, Any]], object]] = {
            "sendMessage": self._send,
            "editMessageText": self._edit,
            "answerCallbackQuery": self._answer_tap,
            "answerInlineQuery": self._answer_query,
            "getFile": self._find_file,
            "sendChatAction": lambda _: True,
        }

    @property
    def read_timeout(self) -> float | None:
        """None: nothing here takes long."""
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    def hand_out(self, updates: Sequence[bytes]) -> None:
        """Give these to the next poll."""
        self.is_asked.clear()
        self._batches.put_nowait(b'{"ok":true,"result":[' + b",".join(updates) + b"]}")

    def listen(self) -> Heard:
        """What the bot did since the last look."""
        heard, self.heard = self.heard, Heard()
        return heard

    def latest(self, chat: int) -> Card | None:
        """The card that stands lowest in a chat."""
        return self._cards[chat][-1] if chat in self._cards else None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: object, **__: object
    ) -> tuple[int, bytes]:
        """One call."""
        del method
        name = url.rpartition("/")[2].partition("?")[0]
        if name == "getUpdates":
            if self._batches.empty():
                self.is_asked.set()
            return 200, await self._batches.get()
        said = loads(dumps(request_data.parameters if request_data else {}))
        try:
            if name in _UPLOADS and request_data is not None:
                result = self._upload(said, (request_data.multipart_data or {})[_UPLOADS[name]])
            else:
                result = self._methods[name](said)
        except ApiError as error:
            if not _is_everyday(error):
                self.complaints.append(f"{name}: {error.description}")
            return error.code, dumps(error.body())
        return 200, dumps({"ok": True, "result": result})

    async def download(self, url: str, most: int) -> bytes | None:
        """The bytes of a file of which somebody was told where it is; None when there are more than `most`."""
        data = self._content(url.rpartition("/files/")[2])
        return None if data is None or len(data) > most else data

    def uploaded(self, chat: int) -> str | None:
        """The id of the last document that the bot sent there."""
        return str(chat) if chat in self._uploads else None

    def _content(self, file_id: str) -> bytes | None:
        number = file_id.removeprefix(FILLED)
        sent = self._uploads.get(int(number)) if number.isdecimal() else content(file_id)
        return filled(sent) if sent is not None and file_id.startswith(FILLED) else sent

    def _find_file(self, said: Json) -> object:
        if self._content(said["file_id"]) is None:
            raise refused("wrong file_id or the file is temporarily unavailable")
        return {"file_id": said["file_id"], "file_unique_id": "x", "file_path": f"files/{said['file_id']}"}

    def _upload(self, said: Json, file: tuple[str, Any, str]) -> object:
        name, data, _ = file
        caption = said.get("caption") or ""
        if not data:
            raise refused("file must be non-empty")
        if not name.strip():
            raise refused("file must have a name")
        if utf16_length(caption) > _MOST_CAPTION:
            raise refused("message caption is too long")
        self._last_message += 1
        self._uploads[said["chat_id"]] = data
        self.heard.documents.append(Shown(said["chat_id"], f"{name} {caption} {words_in(data)}"))
        return {"message_id": self._last_message, "date": 1, "chat": {"id": said["chat_id"], "type": "private"}}

    def _send(self, said: dict[str, Any]) -> object:
        self._last_message += 1
        card = _card(self._last_message, said)
        self._cards.setdefault(said["chat_id"], deque(maxlen=REMEMBERED)).append(card)
        return self._show(said["chat_id"], card)

    def _edit(self, said: dict[str, Any]) -> object:
        chat, card = said["chat_id"], _card(said["message_id"], said)
        cards = self._cards.get(chat, deque())
        place = next((number for number, each in enumerate(cards) if each.message_id == card.message_id), None)
        if place is None:
            raise refused("message to edit not found")
        if cards[place] == card:
            raise refused("message is not modified")
        cards[place] = card
        return self._show(chat, card)

    def _show(self, chat: int, card: Card) -> object:
        self.heard.messages.append(Shown(chat, card.text, card.buttons))
        return {"message_id": card.message_id, "date": 1, "chat": {"id": chat, "type": "private"}, "text": card.text}

    def _answer_tap(self, said: dict[str, Any]) -> object:
        text = said.get("text") or ""
        if len(text) > _MOST_TOAST:
            raise refused("MESSAGE_TOO_LONG")
        self.heard.taps.append(Shown(said["callback_query_id"], text))
        return True

    def _answer_query(self, said: dict[str, Any]) -> object:
        results = loads(said["results"].encode()) if isinstance(said["results"], str) else said["results"]
        if not said.get("is_personal") or said.get("cache_time") != 0:
            raise refused("anybody would be shown this answer")
        words = [f"{each['title']} {each.get('description', '')} {each['input_message_content']}" for each in results]
        self.heard.queries.append(Shown(said["inline_query_id"], " ".join(words)))
        return True


def _is_everyday(error: ApiError) -> bool:
    return error.description.endswith(_EVERYDAY)


def _card(message_id: int, said: dict[str, Any]) -> Card:
    """The message as it stands once sent; raises ApiError for one that Telegram does not take."""
    text, _ = parse_html(said["text"])
    if not text.strip() or utf16_length(text) > _MOST_UNITS:
        raise refused("message text is empty or too long")
    markup = said.get("reply_markup") or {"inline_keyboard": []}
    rows = (loads(markup.encode()) if isinstance(markup, str) else markup)["inline_keyboard"]
    buttons = [each for row in rows for each in row]
    if not all(each["text"].strip() and 0 < len(each["callback_data"].encode()) <= _MOST_DATA for each in buttons):
        raise refused("BUTTON_DATA_INVALID")
    return Card(message_id, text, tuple(each["callback_data"] for each in buttons))
