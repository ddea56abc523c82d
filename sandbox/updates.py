"""The queue of updates a bot has not confirmed yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.signals import Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sandbox.wire import Json

DAY = 86_400.0
LIFETIMES = {"callback_query": 150.0, "inline_query": 30.0}
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
KINDS = NOT_BY_DEFAULT | {
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "purchased_paid_media",
}
FUTURE_SLACK = 10
REMEMBERED = 20_000


@dataclass(slots=True)
class Pending:
    """An update that waits; a forged one is kept until it was delivered once, whatever its number."""

    update: Json
    expires: float
    forged: bool = False
    delivered: bool = False
    failures: int = 0
    delay: float = 1.0

    def confirmed_by(self, offset: int) -> bool:
        """Tell whether a poll with this offset says that the update is done with."""
        return bool(self.update["update_id"] < offset) and (self.delivered or not self.forged)


class UpdateQueue:
    """Updates in order of arrival, with Telegram's rules of confirming, forgetting and expiring."""

    def __init__(self, now: Callable[[], float], first_id: int) -> None:
        self._now = now
        self._pending: dict[int, Pending] = {}
        self._arrivals = 0
        self._history: dict[int, Json] = {}
        self.next_id = first_id
        self.allowed = KINDS - NOT_BY_DEFAULT
        self.arrived = Signal()
        self.counts = {"created": 0, "delivered": 0, "redelivered": 0, "confirmed": 0, "expired": 0}

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def narrowed(self) -> list[str] | None:
        """The kinds the bot asked for, None when they are the usual ones."""
        return None if self.allowed == KINDS - NOT_BY_DEFAULT else sorted(self.allowed)

    def allow(self, kinds: Iterable[object]) -> None:
        """Keep updates of these kinds only from now on; no known kind means all that are usual."""
        self.allowed = KINDS.intersection(map(str, kinds)) or KINDS - NOT_BY_DEFAULT

    def add(self, kind: str, content: Json) -> int | None:
        """Queue an update and return its id, or None when the bot did not ask for this kind."""
        if kind not in self.allowed:
            return None
        update_id = self.next_id
        self._append({"update_id": update_id, kind: content}, LIFETIMES.get(kind, DAY), forged=False)
        return update_id

    def forge(self, update: Json) -> int:
        """Queue a raw update as it is; without an `update_id` it takes the next."""
        update = {"update_id": self.next_id, **update}
        kind = next((name for name in update if name != "update_id"), "")
        self._append(update, LIFETIMES.get(kind, DAY), forged=True)
        return int(update["update_id"])

    def _append(self, update: Json, lifetime: float, *, forged: bool) -> None:
        self._arrivals += 1
        self._pending[self._arrivals] = Pending(update, self._now() + lifetime, forged)
        self.next_id = max(self.next_id, update["update_id"] + 1)
        self._history[update["update_id"]] = update
        if len(self._history) > REMEMBERED:
            del self._history[next(iter(self._history))]
        self.counts["created"] += 1
        self.arrived.fire()

    def confirm(self, offset: int) -> None:
        """Drop every update below `offset`; a negative one keeps only that many of the newest."""
        if offset < 0:
            doomed = list(self._pending)[:offset]
        elif offset > self.next_id + FUTURE_SLACK:
            doomed = []
        else:
            doomed = []
            for arrival, pending in self._pending.items():
                if pending.confirmed_by(offset):
                    doomed.append(arrival)
                elif not pending.delivered:
                    break
        for arrival in doomed:
            del self._pending[arrival]
        self.counts["confirmed"] += len(doomed)

    def take(self, limit: int) -> list[Json]:
        """Return the oldest updates that are still fresh; the stale ones vanish without a word."""
        now = self._now()
        taken: list[Json] = []
        stale: list[int] = []
        for arrival, pending in self._pending.items():
            if len(taken) == limit:
                break
            if pending.expires < now:
                stale.append(arrival)
                continue
            self.hand_over(pending)
            taken.append(pending.update)
        for arrival in stale:
            del self._pending[arrival]
        self.counts["expired"] += len(stale)
        return taken

    def get(self, arrival: int) -> Pending | None:
        """Return a waiting update by when it arrived."""
        return self._pending.get(arrival)

    def after(self, arrival: int) -> list[tuple[int, Pending]]:
        """Return what arrived after a point, oldest first."""
        newer: list[tuple[int, Pending]] = []
        for one in reversed(self._pending.items()):
            if one[0] <= arrival:
                break
            newer.append(one)
        return newer[::-1]

    def hand_over(self, pending: Pending) -> None:
        """Count that an update is being given to the bot."""
        self.counts["redelivered" if pending.delivered else "delivered"] += 1
        pending.delivered = True

    def settle(self, arrival: int, outcome: str) -> None:
        """Drop an update that was `confirmed` or has `expired`, and count it so."""
        if self._pending.pop(arrival, None):
            self.counts[outcome] += 1

    def clear(self) -> None:
        """Forget all updates."""
        self._pending.clear()

    def find(self, update_id: int) -> Json | None:
        """Return an update by its id, confirmed or not, while it is among the last 20,000."""
        return self._history.get(update_id)

    def snapshot(self) -> Json:
        """Return all that a restart must keep."""
        waiting = [[one.update, one.expires, one.forged] for one in self._pending.values()]
        return {"next_id": self.next_id, "waiting": waiting, "allowed": sorted(self.allowed)}

    def restore(self, kept: Json) -> None:
        """Take up what `snapshot` returned."""
        self.next_id = kept["next_id"]
        self.allow(kept.get("allowed", []))
        for update, expires, forged in kept["waiting"]:
            self._arrivals += 1
            self._pending[self._arrivals] = Pending(update, expires, forged)
