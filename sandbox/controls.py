"""The control surface: what a test, a load generator or the chat page may make happen, and look at.

Every public method of `Controls` is also `POST /sandbox/<name>` with its arguments as a JSON object.
"""

from __future__ import annotations

import base64
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sandbox import acts, files, inline
from sandbox.acts import ActError
from sandbox.control_base import LONGEST_WAIT
from sandbox.control_looks import Looks
from sandbox.control_troubles import Troubles
from sandbox.methods.composing import replying
from sandbox.people import Person
from sandbox.wording import captioned

if TYPE_CHECKING:
    from sandbox.wire import Json

MOST_AT_ONCE = 10
KEEPERS = {"document": files.document, "photo": files.photo}


class Controls(Looks, Troubles):
    """All that can be done to a sandbox from outside, as plain JSON values."""

    def person(self, id: int, first_name: str = "", language_code: str = "", **more: Any) -> Json:  # noqa: A002, ANN401
        """Create a person or change one; `more` may hold last_name, username, started, standing."""
        wanted = {"first_name": first_name, "language_code": language_code, **more}
        unknown = more.keys() - {"last_name", "username", "started", "standing"}
        if unknown:
            raise ActError(f"a person has no {', '.join(sorted(unknown))}")
        known = self._world.people.get(id)
        base = asdict(known) if known else {"id": id, "first_name": f"用户{id}"}
        person = Person(**{**base, **{name: value for name, value in wanted.items() if value != ""}})
        self._world.people[id] = person
        self._world.hub.publish("people")
        return asdict(person)

    def say(
        self, person: int, text: str, chat: int | None = None, reply_to: int | None = None, quote: str = ""
    ) -> Json:
        """Say something to the bot in private, or in a group; a long text becomes several messages."""
        place = self._where(person, chat)
        messages = acts.say(self._world, self._who(person), place, text, reply_to=reply_to, quote=quote)
        return {"message": messages[0], "messages": messages}

    def send(self, person: int, content: Json, chat: int | None = None) -> Json:
        """Send a message of other content, such as {"contact": {...}}."""
        return {"message": acts.send(self._world, self._who(person), self._where(person, chat), content)}

    def attach(
        self,
        person: int,
        files: list[Json],
        kind: str = "document",
        *,
        caption: str = "",
        chat: int | None = None,
        reply_to: int | None = None,
    ) -> Json:
        """Send files {"name", "content"} as documents or photos, several as an album; content is bytes or base64."""
        if not 1 <= len(files) <= MOST_AT_ONCE or kind not in KEEPERS:
            raise ActError(f"an app sends 1 to {MOST_AT_ONCE} files at once, as {' or '.join(KEEPERS)}")
        place, who = self._where(person, chat), self._who(person)
        frame = {} if reply_to is None else replying(acts.message_of(place, reply_to))
        frame |= captioned(caption, "", None)
        contents = [KEEPERS[kind](self._world.files, str(one["name"]), _bytes(one["content"])) for one in files]
        messages = acts.attach(self._world, who, place, contents, frame)
        return {"message": messages[0], "messages": messages}

    async def inline_query(
        self, person: int, query: str, offset: str = "", chat: int | None = None, wait: float = 0
    ) -> Json:
        """Type a query after the bot's name; `wait` seconds for the results. Cached results ask the bot nothing."""
        who, place = self._who(person), self._where(person, chat)
        asked, update_id = inline.ask(self._world, who, place, query, offset)
        if wait:
            await self._world.answered.until(lambda: asked.answer is not None, min(wait, LONGEST_WAIT))
        return {"inline_query_id": asked.id, "update_id": update_id, "answer": asked.answer}

    def choose(self, person: int, inline_query_id: str, result_id: str, chat: int | None = None) -> Json:
        """Send one of the results of an inline query to a chat."""
        query = self._world.inline_queries.get(inline_query_id)
        if query is None or query.person != person:
            raise ActError(f"person {person} has made no inline query {inline_query_id}")
        place = self._where(person, chat)
        return {"message": inline.choose(self._world, self._who(person), place, query, result_id)}

    def react(self, person: int, message_id: int, emoji: str = "", chat: int | None = None) -> Json:
        """Put a reaction on a message, or take it away."""
        acts.react(self._world, self._who(person), self._where(person, chat), message_id, emoji)
        return {}

    def edit(self, person: int, message_id: int, text: str, chat: int | None = None) -> Json:
        """Change one of a person's own messages."""
        return {"message": acts.edit(self._world, self._who(person), self._where(person, chat), message_id, text)}

    def erase(self, person: int, message_id: int, chat: int | None = None) -> Json:
        """Delete a message from a chat; the bot is not told."""
        place = self._where(person, chat)
        acts.message_of(place, message_id)
        self._world.remove(place, message_id)
        return {}

    async def tap(
        self,
        person: int,
        message_id: int,
        *,
        wait: float = 0,
        chat: int | None = None,
        **button: Any,  # noqa: ANN401
    ) -> Json:
        """Tap a button by row and column (from 0), by text, or with raw data; `wait` seconds for the answer."""
        place = self._where(person, chat)
        if unknown := button.keys() - {"row", "column", "text", "data"}:
            raise ActError(f"a tap has no {', '.join(sorted(unknown))}")
        data = button.get("data")
        if data is None:
            data = acts.button_data(
                place, message_id, row=button.get("row"), column=button.get("column"), text=button.get("text")
            )
        tapped = acts.tap(self._world, self._who(person), place, message_id, data)
        query = self._world.queries[tapped["callback_query_id"]]
        if wait:
            await place.changed.until(lambda: query.answer is not None, min(wait, LONGEST_WAIT))
        return {**tapped, "answer": query.answer}

    def group(self, title: str, members: list[int], id: int | None = None) -> Json:  # noqa: A002
        """Open a group with the bot in it."""
        chat_id = id if id is not None else -4_000_000 - len(self._world.chats)
        chat = acts.found_group(self._world, title, [self._who(one) for one in members], chat_id)
        return chat.shape

    def kick(self, chat: int) -> Json:
        """Throw the bot out of a group."""
        place = self._group(chat)
        acts.kick(self._world, self._who(place.members[0]), place)
        return {}

    def upgrade(self, chat: int) -> Json:
        """Turn a group into a supergroup."""
        place = self._group(chat)
        return acts.upgrade(self._world, self._who(place.members[0]), place).shape

    def block(self, person: int) -> Json:
        """Let a person block the bot."""
        acts.block(self._world, self._who(person))
        return {}

    def unblock(self, person: int) -> Json:
        """Let a person unblock the bot."""
        acts.unblock(self._world, self._who(person))
        return {}

    def deactivate(self, person: int) -> Json:
        """Let a person delete the account."""
        acts.deactivate(self._world, self._who(person))
        return {}

    def reset(self) -> Json:
        """Forget everything."""
        self._sandbox.reset()
        return {}


def _bytes(content: bytes | str) -> bytes:
    return content if isinstance(content, bytes) else base64.b64decode(content, validate=True)
