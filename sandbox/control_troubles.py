"""What can be made to go wrong: faults, floods, repeated and mixed-up updates, a clock that jumps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.acts import ActError
from sandbox.control_base import ControlBase
from sandbox.faults import Fault

if TYPE_CHECKING:
    from sandbox.wire import Json


class Troubles(ControlBase):
    """The part of the control surface that tries a bot's patience."""

    def resend(self, update_id: int, *, new_id: bool = False, new_query: bool = False) -> Json:
        """Repeat an earlier update, with its own or a new update_id, and for a tap with the same or a new query."""
        update = self._world.queue.find(update_id)
        if update is None:
            raise ActError(f"update {update_id} is not among those kept")
        body = {name: value for name, value in update.items() if name != "update_id" or not new_id}
        if new_query and "callback_query" in body:
            old = body["callback_query"]
            inline_place = self._world.inline_messages.get(old.get("inline_message_id", ""))
            chat = inline_place[0] if inline_place else old["message"]["chat"]["id"]
            query = self._world.ask(self._who(old["from"]["id"]), self._world.chats[chat])
            body["callback_query"] = {**old, "id": query.id}
        return {"update_id": self._world.queue.forge(body)}

    def update(self, update: Json) -> Json:
        """Queue a raw update; `update_id` may be any number, also a lower one, and is the next when absent."""
        return {"update_id": self._world.queue.forge(update)}

    def renumber(self, next_id: int) -> Json:
        """Let the next update ids run from here, as they do at random after a week of silence."""
        self._world.queue.next_id = next_id
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
        self._world.queue.arrived.fire()
        return {"now": self._world.now()}

    def clear_faults(self) -> Json:
        """Take all faults off the script."""
        self._sandbox.faults.clear()
        return {}

    def hold(self) -> Json:
        """Post nothing to the webhook until released; the updates wait."""
        self._sandbox.delivery.hold()
        return {}

    def release(self, order: str | list[int] = "arrival", seed: int = 1) -> Json:
        """Post what waits one by one: in order of arrival, reversed, shuffled, or as the listed update ids say."""
        return {"order": self._sandbox.delivery.release(order, seed)}

    def disorder(self, window: int = 8, seed: int = 1) -> Json:
        """Post from now on by chance one of the `window` oldest updates, side by side; 1 restores the order."""
        if window < 1:
            raise ActError("the window must hold at least one update")
        self._sandbox.delivery.mix(window, seed)
        return {}

    def flood(self, seconds: float, chat: int = 0) -> Json:
        """Answer 429 for so many seconds to whatever is sent to a chat, or to any."""
        self._sandbox.pace.flood(chat, seconds)
        return {}

    def pace(self, *, on: bool) -> Json:
        """Begin or cease to hold the bot to Telegram's pace for sending."""
        self._sandbox.pace.forget()
        self._sandbox.pace.on = on
        return {}
