"""A Bot API server with a queue of updates and nothing behind it but a crowd that reads what the bot sends."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

import orjson

from benchmarks.http import Connection

if TYPE_CHECKING:
    from collections.abc import Mapping

Update = dict[str, Any]

_BOT: Final = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
_MYSELF: Final = _BOT | {"can_join_groups": True, "can_read_all_group_messages": False}
_LONGEST_POLL: Final = 10.0


@dataclass(frozen=True, slots=True)
class Card:
    """A message of the bot as it stands in a person's chat."""

    chat: int
    message_id: int
    text: str
    keyboard: Mapping[str, Any] | None


class Audience(Protocol):
    """Who reads what the bot does."""

    def taken(self, update: Update, moment: float) -> None:
        """The update left for the bot at that moment."""

    def shown(self, card: Card, moment: float) -> None:
        """The bot sent or edited a message, which arrived at that moment."""


class Api:
    """The server's side of the Bot API; moments are those of `time.perf_counter`."""

    def __init__(self) -> None:
        self.audience: Audience | None = None
        self.asked = asyncio.Event()
        """Set when the bot first asks for updates."""
        self.calls = 0
        self._queue: deque[Update] = deque()
        self._came = asyncio.Event()
        self._last_update = 0
        self._last_message = 0
        self._handed_over = 0

    async def listen(self) -> tuple[asyncio.Server, str]:
        """Listen on a free port of this machine; the server, and the root of its addresses."""
        server = await asyncio.get_running_loop().create_server(lambda: Connection(self.answer), "127.0.0.1", 0)
        return server, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    @property
    def left(self) -> int:
        """How many updates the bot has not confirmed."""
        return len(self._queue)

    def push(self, update: Update) -> None:
        """Put an update in the queue, under the next number."""
        self._last_update += 1
        self._queue.append({"update_id": self._last_update, **update})
        self._came.set()

    def next_message(self) -> int:
        """A fresh message number."""
        self._last_message += 1
        return self._last_message

    async def answer(self, method: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever the method gives
        """The result of a call."""
        self.calls += 1
        match method:
            case "getUpdates":
                return await self._updates(parameters)
            case "sendMessage":
                return self._show(parameters, self.next_message())
            case "editMessageText":
                return self._show(parameters, int(parameters["message_id"]))
            case "getMe":
                return _MYSELF
            case "getWebhookInfo":
                return {"url": "", "has_custom_certificate": False, "pending_update_count": self.left}
        return True

    async def _updates(self, parameters: dict[str, Any]) -> list[Update]:
        self.asked.set()
        self._confirm(int(parameters.get("offset") or 0))
        if not self._queue:
            self._came.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(float(parameters.get("timeout") or 0), _LONGEST_POLL)):
                    await self._came.wait()
        batch = [update for _, update in zip(range(int(parameters.get("limit") or 100)), self._queue, strict=False)]
        if self.audience is not None:
            moment = time.perf_counter()
            for update in batch:
                if update["update_id"] > self._handed_over:
                    self.audience.taken(update, moment)
        self._handed_over = max(self._handed_over, batch[-1]["update_id"]) if batch else self._handed_over
        return batch

    def _confirm(self, offset: int) -> None:
        while self._queue and self._queue[0]["update_id"] < offset:
            self._queue.popleft()

    def _show(self, parameters: dict[str, Any], message_id: int) -> Update:
        chat = int(parameters["chat_id"])
        keyboard = parameters.get("reply_markup")
        if isinstance(keyboard, str):
            keyboard = orjson.loads(keyboard)
        card = Card(chat, message_id, str(parameters.get("text", "")), keyboard)
        if self.audience is not None:
            self.audience.shown(card, time.perf_counter())
        return message_of(card)


def message_of(card: Card) -> Update:
    """A bot message as the Bot API writes it."""
    message = {
        "message_id": card.message_id,
        "date": int(time.time()),
        "chat": {"id": card.chat, "type": "private", "first_name": "P"},
        "from": _BOT,
        "text": card.text or "-",
    }
    return message if card.keyboard is None else message | {"reply_markup": card.keyboard}


def person(number: int) -> Update:
    """A person as the Bot API writes them."""
    return {"id": number, "is_bot": False, "first_name": "P", "language_code": "zh-hans"}


def said(number: int, text: str, message_id: int) -> Update:
    """The update of a person's typed words."""
    message = {
        "message_id": message_id,
        "date": int(time.time()),
        "chat": {"id": number, "type": "private", "first_name": "P"},
        "from": person(number),
        "text": text,
    }
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return {"message": message}


def tapped(number: int, data: str, card: Card, query: int) -> Update:
    """The update of a tap on a button of that card."""
    return {
        "callback_query": {
            "id": str(query),
            "from": person(number),
            "chat_instance": str(number),
            "message": message_of(card),
            "data": data,
        }
    }
