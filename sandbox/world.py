"""All that the sandbox remembers: people, chats, taps, commands and the bot's own account."""

from __future__ import annotations

import copy
import time
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from sandbox.files import FileStore
from sandbox.people import DEFAULT_PEOPLE, Chat, InlineQuery, Person, Query
from sandbox.signals import Hub, Signal
from sandbox.updates import UpdateQueue
from sandbox.webhook import Webhook

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.wire import Json

ANSWER_WITHIN = 15.0
FIRST_UPDATE = 700_000_001
FIRST_QUERY = 4_294_967_296_000_001


class World:
    """The whole state, and the few ways it changes that everything else is made of."""

    def __init__(
        self, bot_id: int, answer_within: float = ANSWER_WITHIN, *, local: bool = False, folder: Path | None = None
    ) -> None:
        self.shift = 0.0
        self.answer_within = answer_within
        self.bot: Json = {"id": bot_id, "is_bot": True, "first_name": "自查", "username": "zicha_sandbox_bot"}
        self.hub = Hub()
        self.queue = UpdateQueue(self.now, FIRST_UPDATE)
        self.webhook = Webhook()
        self.answered = Signal()
        self.local = local
        self.files = FileStore(folder)
        self.empty()

    def empty(self) -> None:
        """Begin anew with the usual people and no messages."""
        self.people: dict[int, Person] = {one.id: copy.copy(one) for one in DEFAULT_PEOPLE}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.commands: dict[str, list[Json]] = {}
        self.descriptions: dict[str, str] = {}
        self.menu_buttons: dict[str, Json] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.inline_messages: dict[str, tuple[int, int]] = {}
        self.next_message = 1
        self.next_query = FIRST_QUERY
        self.albums = 0
        self.webhook.take(Webhook())
        self.queue.clear()

    def now(self) -> float:
        """Return the sandbox's time, in seconds since 1970."""
        return time.time() + self.shift

    def chat_of(self, person: Person) -> Chat:
        """Return a person's private chat, opened when it is not there yet."""
        chat = self.chats.get(person.id)
        if chat is None:
            chat = self.chats[person.id] = Chat(person.id, person.as_chat(), [person.id])
        return chat

    def post(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Add a message to a chat and return it."""
        message = {
            "message_id": self.next_message,
            "from": sender,
            "chat": chat.shape,
            "date": int(self.now()),
            **content,
        }
        self.next_message += 1
        self._put(chat, message)
        return message

    def amend(self, chat: Chat, message: Json) -> Json:
        """Put a changed message in the place of the one with its id."""
        self._put(chat, message)
        return message

    def _put(self, chat: Chat, message: Json) -> None:
        chat.messages[message["message_id"]] = message
        chat.touch()
        self.hub.publish("message", chat=chat.id, message=message)

    def remove(self, chat: Chat, message_id: int) -> None:
        """Take a message out of a chat."""
        del chat.messages[message_id]
        chat.touch()
        self.hub.publish("deleted", chat=chat.id, message_id=message_id)

    def ask(self, person: Person, chat: Chat) -> Query:
        """Open a query for a tap."""
        query = Query(str(self.next_query), person.id, chat.id, self.now())
        self.next_query += 1
        self.queries[query.id] = query
        return query

    def ask_inline(self, person: Person, text: str, offset: str) -> InlineQuery:
        """Open a query for what a person types after the bot's name."""
        query = InlineQuery(str(self.next_query), person.id, text, offset, self.now())
        self.next_query += 1
        self.inline_queries[query.id] = query
        return query

    def new_album(self) -> str:
        """Return the number that holds the next album together."""
        self.albums += 1
        return str(13_000_000_000_000_000 + self.albums)

    def show_answer(self, query: Query, answer: Json) -> None:
        """Keep the bot's answer to a tap and show it to whoever tapped."""
        query.answer = answer
        chat = self.chats[query.chat]
        chat.toasts.append(answer)
        chat.touch()
        self.hub.publish("toast", chat=chat.id, toast=answer)

    def snapshot(self) -> Json:
        """Return all that a restart must keep."""
        return {
            "people": [asdict(one) for one in self.people.values()],
            "chats": [_chat_record(one) for one in self.chats.values()],
            "queries": [asdict(one) for one in self.queries.values()],
            "commands": self.commands,
            "descriptions": self.descriptions,
            "menu_buttons": self.menu_buttons,
            "inline_queries": [asdict(one) for one in self.inline_queries.values()],
            "inline_messages": self.inline_messages,
            "files": self.files.snapshot(),
            "albums": self.albums,
            "next_message": self.next_message,
            "next_query": self.next_query,
            "updates": self.queue.snapshot(),
            "webhook": self.webhook.record(),
        }

    def restore(self, kept: Json) -> None:
        """Take up what `snapshot` returned."""
        self.people = {one["id"]: Person(**one) for one in kept["people"]}
        self.chats = {one["id"]: _chat_from(one) for one in kept["chats"]}
        self.queries = {one["id"]: Query(**one) for one in kept["queries"]}
        self.commands = kept["commands"]
        self.descriptions = kept["descriptions"]
        self.menu_buttons = kept.get("menu_buttons", {})
        self.inline_queries = {one["id"]: InlineQuery(**one) for one in kept.get("inline_queries", [])}
        self.inline_messages = {name: (one[0], one[1]) for name, one in kept.get("inline_messages", {}).items()}
        self.files.restore(kept.get("files", []))
        self.albums = kept.get("albums", 0)
        self.next_message, self.next_query = kept["next_message"], kept["next_query"]
        self.queue.restore(kept["updates"])
        self.webhook.take(Webhook(**kept.get("webhook", {})))


def _chat_record(chat: Chat) -> Json:
    record = {one.name: getattr(chat, one.name) for one in fields(chat) if one.name != "changed"}
    return {**record, "messages": list(chat.messages.values())}


def _chat_from(record: Json) -> Chat:
    return Chat(**{**record, "messages": {one["message_id"]: one for one in record["messages"]}})
