"""What can be looked at from outside."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sandbox.control_base import LONGEST_WAIT, ControlBase
from sandbox.methods.account import commands_for, menu_button_for, name_for, worded_for

if TYPE_CHECKING:
    from sandbox.wire import Json


class Looks(ControlBase):
    """The part of the control surface that changes nothing."""

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
            "reactions": place.reactions,
            "pinned": place.pinned,
            "menu_button": menu_button_for(self._world, person),
            "name": name_for(self._world, who.language_code),
            "short_description": worded_for(self._world, "short_description", who.language_code),
            "commands": commands_for(self._world, person, place.id, who.language_code),
            "description": worded_for(self._world, "description", who.language_code),
        }

    async def calls(
        self, after: int = 0, method: str = "", limit: int = 1000, wait: float = 0, *, flawed: bool = False
    ) -> Json:
        """Return the calls numbered above `after`, or only the `flawed`; with `wait`, as soon as one more is done."""
        journal = self._sandbox.journal

        def listed() -> list[Json]:
            chosen = (one for one in journal.after(after) if not method or one.method.lower() == method.lower())
            chosen = (one for one in chosen if one.flawed or not flawed)
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

    async def deliveries(self, after: int = 0, wait: float = 0) -> Json:
        """Return the tries to post updates numbered above `after`; with `wait`, as soon as one more has ended."""
        delivery = self._sandbox.delivery

        def ended() -> bool:
            return any(one.finished is not None and one.n > after for one in reversed(delivery.attempts))

        if wait:
            await delivery.changed.until(ended, min(wait, LONGEST_WAIT))
        return {"deliveries": delivery.log(after), "held": delivery.held}

    def list_faults(self) -> Json:
        """Return the script with how often each fault struck."""
        return {"faults": [one.record() for one in self._sandbox.faults.armed]}
