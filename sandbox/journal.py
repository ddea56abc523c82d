"""The log of every call a bot made."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from sandbox.signals import Signal

if TYPE_CHECKING:
    from sandbox.wire import Json

KEPT = 50_000
DROPPED_AT_ONCE = 5_000


@dataclass(slots=True)
class Call:
    """One call: times in the sandbox's seconds since 1970, status 0 while in flight or when cut off."""

    n: int
    method: str
    started: float
    params: Json = field(default_factory=dict)
    status: int = 0
    error: str = ""
    result: object = None
    fault: str = ""
    unknown: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    mistyped: list[str] = field(default_factory=list)
    finished: float | None = None

    @property
    def flawed(self) -> bool:
        """Tell whether its parameters are not those its method takes."""
        return bool(self.unknown or self.missing or self.mistyped)

    def record(self) -> Json:
        """Return the call as the control API shows it."""
        return {**asdict(self), "in_flight": self.finished is None}


class Journal:
    """The calls in order; numbers count from 1 and never come again, the oldest are forgotten beyond 50,000."""

    def __init__(self) -> None:
        self._calls: list[Call] = []
        self._first = 1
        self.changed = Signal()

    @property
    def last(self) -> int:
        """The number of the newest call, 0 before the first."""
        return self._first + len(self._calls) - 1

    def begin(self, method: str, now: float) -> Call:
        """Write down that a call came in."""
        if len(self._calls) >= KEPT:
            del self._calls[:DROPPED_AT_ONCE]
            self._first += DROPPED_AT_ONCE
        call = Call(self.last + 1, method, now)
        self._calls.append(call)
        return call

    def finish(self, call: Call, now: float) -> None:
        """Write down that a call was answered or cut off."""
        call.finished = now
        self.changed.fire()

    def after(self, number: int) -> list[Call]:
        """Return the calls with numbers above `number`."""
        return self._calls[max(0, number - self._first + 1) :]

    def forget(self) -> None:
        """Drop all calls but go on counting."""
        self._first = self.last + 1
        self._calls.clear()
