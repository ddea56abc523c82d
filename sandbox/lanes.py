"""Which waiting update is posted next: in order within a lane, side by side across lanes, or mixed up on demand."""

from __future__ import annotations

import heapq
import random
from collections import deque
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sandbox.updates import Pending, UpdateQueue
    from sandbox.wire import Json

Lane: TypeAlias = tuple[str, int]

MESSAGES = {"message", "edited_message"}


def lane_of(update: Json, arrival: int) -> Lane:
    """Return the lane of an update: the messages of a chat are one, the taps of a person another, as at Telegram."""
    kind = next((name for name in update if name != "update_id"), "")
    content = update.get(kind)
    if not isinstance(content, dict):
        return ("alone", arrival)
    if kind in MESSAGES:
        return ("message", content.get("chat", {}).get("id", arrival))
    owner = content.get("from") or content.get("user") or content.get("chat")
    return (kind, owner["id"]) if isinstance(owner, dict) and "id" in owner else ("alone", arrival)


class Lanes:
    """The updates that wait to be posted, by lane; those under way are in none."""

    def __init__(self, queue: UpdateQueue) -> None:
        self._queue = queue
        self._lanes: dict[Lane, deque[int]] = {}
        self._ready: list[tuple[float, int, Lane]] = []
        self._loaded = 0
        self._window = 1
        self._dice = random.Random(1)  # noqa: S311 - no secret hangs on it

    def load(self) -> None:
        """Take in what the queue has received since the last time."""
        for arrival, pending in self._queue.after(self._loaded):
            self._loaded = arrival
            lane = ("alone", arrival) if self._window > 1 else lane_of(pending.update, arrival)
            line = self._lanes.setdefault(lane, deque())
            line.append(arrival)
            if len(line) == 1:
                heapq.heappush(self._ready, (0.0, arrival, lane))

    def forget(self) -> None:
        """Begin anew with all that the queue holds."""
        self._lanes.clear()
        self._ready.clear()
        self._loaded = 0

    def mix(self, window: int, seed: int) -> None:
        """Pick from now on by chance among the `window` oldest updates, whoever they come from; 1 ends that."""
        self._window = window
        self._dice = random.Random(seed)  # noqa: S311 - no secret hangs on it
        self.forget()

    def pick(self, now: float, busy: Iterable[int]) -> tuple[int, Lane, Pending] | None:
        """Take the next update that may be posted now out of its waiting; `busy` ones are under way already."""
        heads: list[tuple[float, int, Lane]] = []
        while self._ready and self._ready[0][0] <= now and len(heads) < self._window:
            entry = heapq.heappop(self._ready)
            if self._queue.get(entry[1]) is None or entry[1] in busy:
                self.done(entry[1], entry[2])
            else:
                heads.append(entry)
        if not heads:
            return None
        chosen = heads.pop(self._dice.randrange(len(heads)))
        for entry in heads:
            heapq.heappush(self._ready, entry)
        pending = self._queue.get(chosen[1])
        return (chosen[1], chosen[2], pending) if pending else None

    def done(self, arrival: int, lane: Lane) -> None:
        """Let the next one of the lane come forward."""
        line = self._lanes.get(lane)
        if not line or line[0] != arrival:
            return
        line.popleft()
        if line:
            heapq.heappush(self._ready, (0.0, line[0], lane))
        else:
            del self._lanes[lane]

    def again(self, arrival: int, lane: Lane, at: float) -> None:
        """Keep an update at the head of its lane until it is posted again at `at`."""
        if self._lanes.get(lane, deque([0]))[0] != arrival:
            lane = ("alone", arrival)
            self._lanes[lane] = deque([arrival])
        heapq.heappush(self._ready, (at, arrival, lane))

    @property
    def next_at(self) -> float | None:
        """The time at which the next waiting update may be posted."""
        return self._ready[0][0] if self._ready else None
