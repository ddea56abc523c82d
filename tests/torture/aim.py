"""Aims the kills: a random moment after something that the sandbox sees the bot do."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable

    from sandbox.journal import Call
    from sandbox.sandbox import Sandbox
    from sandbox.updates import Pending
    from sandbox.wire import Json

READY, DELIVERED, CONFIRMED = "ready", "delivered", "confirmed"
"""The bot takes updates; one was given to it, in an answer or a post; it says that it has them safely."""

_READY_BY: Final = frozenset({"getUpdates", "setWebhook"})


@dataclass(frozen=True, slots=True)
class Aim:
    """Kill `delay` seconds after the `nth` event of that name, once the bot has lived for `calm` seconds.

    `burst`: so many people act at the moment before; `lull`: nobody acts in those calm seconds.
    """

    event: str
    nth: int
    delay: float
    calm: float = 0.0
    burst: int = 0
    lull: bool = False


_SHARES: Final = (
    ("start", 0.06),
    ("lull", 0.06),
    ("any", 0.14),
    ("burst", 0.16),
    (DELIVERED, 0.18),
    (CONFIRMED, 0.18),
    ("answerCallbackQuery", 0.10),
    ("editMessageText", 0.08),
    ("sendMessage", 0.04),
)


def choose(rng: random.Random) -> Aim:
    """The aim of the next kill."""
    kind = rng.choices([name for name, _ in _SHARES], [share for _, share in _SHARES])[0]
    calm = rng.choice((0.0, rng.uniform(0.0, 0.2), rng.uniform(0.2, 0.45)))
    if kind == "start":
        return Aim("", 0, rng.uniform(0.0, 0.12))
    if kind == "lull":
        return Aim(READY, 1, rng.uniform(0.0, 0.1), lull=True)
    if kind == "any":
        return Aim(READY, 1, rng.uniform(0.0, 0.2), calm=calm)
    if kind == "burst":
        return Aim(READY, 1, rng.uniform(0.0, 0.04), calm=calm, burst=rng.randint(3, 15))
    longest = {DELIVERED: 0.006, CONFIRMED: 0.008}.get(kind, 0.005)
    delay = 0.0 if rng.random() < 0.2 else rng.uniform(0.0, longest)
    return Aim(kind, rng.randint(1, 4), delay, calm=calm)


class Watch:
    """Tells what the bot does as the sandbox sees it, at the very moment."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.counts: dict[str, int] = {}
        self._waited: tuple[str, int, Callable[[], None]] | None = None
        journal, queue = sandbox.journal, sandbox.world.queue
        self._begin, self._hand_over = journal.begin, queue.hand_over
        self._confirm, self._settle = queue.confirm, queue.settle
        journal.begin = self._on_call  # type: ignore[method-assign]
        queue.hand_over = self._on_hand_over  # type: ignore[method-assign]
        queue.confirm = self._on_confirm  # type: ignore[method-assign]
        queue.settle = self._on_settle  # type: ignore[method-assign]

    def begin_life(self) -> None:
        """Count anew."""
        self.counts = {}

    async def until(self, event: str, nth: int, timeout: float) -> bool:  # noqa: ASYNC109 - a life must end somehow
        """Wait for the `nth` event of that name since the life began; False when it did not come in time."""
        if self.counts.get(event, 0) >= nth:
            return True
        seen = asyncio.get_running_loop().create_future()
        self._waited = (event, nth, lambda: None if seen.done() else seen.set_result(None))
        try:
            await asyncio.wait_for(seen, timeout)
        except TimeoutError:
            return False
        finally:
            self._waited = None
        return True

    def _tell(self, event: str) -> None:
        count = self.counts[event] = self.counts.get(event, 0) + 1
        if self._waited is not None and self._waited[0] == event and self._waited[1] <= count:
            self._waited[2]()

    def _on_call(self, method: str, now: float) -> Call:
        self._tell(READY if method in _READY_BY else method)
        return self._begin(method, now)

    def _on_hand_over(self, pending: Pending) -> None:
        self._hand_over(pending)
        self._tell(DELIVERED)

    def _on_confirm(self, offset: int) -> None:
        self._confirm(offset)
        self._tell(CONFIRMED)

    def _on_settle(self, arrival: int, outcome: str) -> None:
        """A post was answered; what answers posts is ready, whether or not it has said so."""
        self._settle(arrival, outcome)
        if outcome == "confirmed":
            self._tell(READY)
            self._tell(CONFIRMED)


def disturb(rng: random.Random) -> Iterable[Json]:
    """Faults that keep calls in flight for a while, as a real network does, and lose some of them."""
    for method, share in (("editMessageText", 0.35), ("answerCallbackQuery", 0.35), ("sendMessage", 0.35)):
        when = rng.choice(("before", "after"))
        yield {
            "method": method,
            "kind": "delay",
            "share": share,
            "seconds": 0.012,
            "seed": rng.randrange(1 << 30),
            "when": when,
        }
        yield {
            "method": method,
            "kind": "error",
            "code": 502,
            "share": 0.01,
            "seed": rng.randrange(1 << 30),
            "when": "after",
        }
        yield {"method": method, "kind": "cut", "share": 0.01, "seed": rng.randrange(1 << 30), "when": "before"}
