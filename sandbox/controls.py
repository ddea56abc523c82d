"""The control surface: what a test, a load generator or the chat page may make happen, and look at.

Every public method of `Controls` is also `POST /sandbox/<name>` with its arguments as a JSON object.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sandbox import acts
from sandbox.acts import ActError
from sandbox.faults import Fault
from sandbox.methods.account import commands_for, description_for
from sandbox.people import Chat, Person

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox
    from sandbox.wire import Json

LONGEST_WAIT = 60.0


class Controls:
    """All that can be done to a sandbox from outside, as plain JSON values."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._world = sandbox.world

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

    def say(self, person: int, text: str, chat: int | None = None, reply_to: int | None = None) -> Json:
        """Say something to the bot in private, or in a group; a long text becomes several messages."""
        messages = acts.say(self._world, self._who(person), self._where(person, chat), text, reply_to=reply_to)
        return {"message": messages[0], "messages": messages}

    def send(self, person: int, content: Json, chat: int | None = None) -> Json:
        """Send a message of other content, such as {"contact": {...}}."""
        return {"message": acts.send(self._world, self._who(person), self._where(person, chat), content)}

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

    def resend(self, update_id: int, *, new_id: bool = False, new_query: bool = False) -> Json:
        """Repeat an earlier update, with its own or a new update_id, and for a tap with the same or a new query."""
        update = self._world.queue.find(update_id)
        if update is None:
            raise ActError(f"update {update_id} is not among those kept")
        body = {name: value for name, value in update.items() if name != "update_id" or not new_id}
        if new_query and "callback_query" in body:
            old = body["callback_query"]
            query = self._world.ask(self._who(old["from"]["id"]), self._world.chats[old["message"]["chat"]["id"]])
            body["callback_query"] = {**old, "id": query.id}
        return {"update_id": self._world.queue.forge(body)}

    def update(self, update: Json) -> Json:
        """Queue a raw update; `update_id` may be any number, also a lower one, and is the next when absent."""
        return {"update_id": self._world.queue.forge(update)}

    def renumber(self, next_id: int) -> Json:
        """Let the next update ids run from here, as they do at random after a week of silence."""
        self._world.queue.next_id = next_id
        return {}

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

    def faults(self, faults: list[Json]) -> Json:
        """Add faults to the script; see `sandbox.faults.Fault` for the fields."""
        try:
            wanted = [Fault(**one) for one in faults]
        except TypeError as error:
            raise ActError(str(error)) from None
        return {"faults": [self._sandbox.faults.add(one).record() for one in wanted]}

    def advance(self, seconds: float) -> Json:
        """Move the sandbox's clock."""
        self._world.shift += seconds
        return {"now": self._world.now()}

    def reset(self) -> Json:
        """Forget everything."""
        self._sandbox.reset()
        return {}

    def list_people(self) -> Json:
        """Return everyone, and the groups."""
        groups = [one.shape for one in self._world.chats.values() if not one.private]
        return {
            "people": [asdict(one) for one in self._world.people.values()],
            "groups": groups,
            "bot": self._world.bot,
        }

    async def chat(self, person: int, chat: int | None = None, since: int = -1, wait: float = 0, last: int = 0) -> Json:
        """Return a chat as it looks now, or its `last` messages; with `wait`, once its version is above `since`."""
        place = self._where(person, chat)
        if wait:
            await place.changed.until(lambda: place.version > since, min(wait, LONGEST_WAIT))
        who = self._who(person)
        messages = sorted(place.messages.values(), key=lambda one: int(one["message_id"]))
        return {
            "chat": place.shape,
            "version": place.version,
            "messages": messages[-last:],
            "toasts": place.toasts,
            "commands": commands_for(self._world, person, place.id, who.language_code),
            "description": description_for(self._world, who.language_code),
        }

    async def calls(self, after: int = 0, method: str = "", limit: int = 1000, wait: float = 0) -> Json:
        """Return the calls numbered above `after`; with `wait`, as soon as one more is finished."""
        journal = self._sandbox.journal

        def listed() -> list[Json]:
            chosen = (one for one in journal.after(after) if not method or one.method.lower() == method.lower())
            return [one.record() for one, _ in zip(chosen, range(limit), strict=False)]

        if wait:
            await journal.changed.until(lambda: any(not one["in_flight"] for one in listed()), min(wait, LONGEST_WAIT))
        return {"calls": listed(), "last": journal.last}

    def stats(self) -> Json:
        """Return the counts of updates and calls, and the sandbox's time."""
        unanswered = sum(1 for one in self._world.queries.values() if one.answer is None)
        return {
            "pending": len(self._world.queue),
            **self._world.queue.counts,
            "calls": self._sandbox.journal.last,
            "unanswered_taps": unanswered,
            "next_update_id": self._world.queue.next_id,
            "now": self._world.now(),
        }

    def list_faults(self) -> Json:
        """Return the script with how often each fault struck."""
        return {"faults": [one.record() for one in self._sandbox.faults.armed]}

    def clear_faults(self) -> Json:
        """Take all faults off the script."""
        self._sandbox.faults.clear()
        return {}

    def _who(self, person: int) -> Person:
        if person not in self._world.people:
            raise ActError(f"there is no person {person}")
        return self._world.people[person]

    def _where(self, person: int, chat: int | None) -> Chat:
        if chat is None or chat == person:
            return self._world.chat_of(self._who(person))
        return self._group(chat)

    def _group(self, chat: int) -> Chat:
        if chat not in self._world.chats:
            raise ActError(f"there is no chat {chat}")
        return self._world.chats[chat]
