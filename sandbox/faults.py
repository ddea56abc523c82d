"""The fault script: which calls go wrong, and how."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.parameters import Parameters
    from sandbox.wire import Json

ANY = "*"
DELIVERY = "webhook"
KINDS = {"delay", "error", "cut", "hang"}


@dataclass(frozen=True)
class Fault:
    """What goes wrong, with which calls.

    Calls of `method` are counted from the moment the fault is set; "*" is any, "webhook" are deliveries to the webhook,
    and `chat_id` narrows it. The fault strikes number `nth` and the `times - 1` after it (`times` 0: for ever), or each
    call divisible by `every`, or each call with probability `share`. `when` is before or after the call took effect.
    """

    method: str
    kind: str
    nth: int = 1
    times: int = 1
    every: int = 0
    share: float = 0.0
    seed: int = 1
    chat_id: int | None = None
    when: str = "before"
    seconds: float = 0.0
    code: int = 500
    description: str = "Internal Server Error"
    retry_after: int | None = None
    body: str | None = None
    bytes: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind is {self.kind!r}; it must be one of {', '.join(sorted(KINDS))}")
        if self.when not in {"before", "after"}:
            raise ValueError(f"when is {self.when!r}; it must be before or after")

    def concerns(self, method: str, parameters: Parameters) -> bool:
        """Tell whether calls like this one are counted."""
        if method == DELIVERY and self.method == ANY:
            return False
        if self.method not in {ANY, method} and self.method.lower() != method.lower():
            return False
        return self.chat_id is None or parameters.integer("chat_id") == self.chat_id


@dataclass
class Armed:
    """A fault on the script, with how many calls it has seen and struck."""

    id: int
    fault: Fault
    seen: int = 0
    struck: int = 0
    dice: random.Random = field(default_factory=random.Random, repr=False)

    def strikes(self) -> bool:
        """Count a call and tell whether it is struck."""
        self.seen += 1
        fault = self.fault
        if fault.share:
            hit = self.dice.random() < fault.share
        elif fault.every:
            hit = self.seen % fault.every == 0
        else:
            hit = self.seen >= fault.nth and (not fault.times or self.seen < fault.nth + fault.times)
        self.struck += hit
        return hit

    def record(self) -> Json:
        """Return the fault as the control API shows it."""
        return {"id": self.id, **asdict(self.fault), "seen": self.seen, "struck": self.struck}


class FaultScript:
    """The faults in the order they were set; the first that strikes a call decides its fate."""

    def __init__(self) -> None:
        self.armed: list[Armed] = []
        self._next_id = 1

    def add(self, fault: Fault) -> Armed:
        """Put a fault on the script."""
        armed = Armed(self._next_id, fault, dice=random.Random(fault.seed))  # noqa: S311 - no secret hangs on it
        self._next_id += 1
        self.armed.append(armed)
        return armed

    def strike(self, method: str, parameters: Parameters) -> Fault | None:
        """Return the fault that strikes this call, if any; every fault concerned counts the call."""
        struck = [armed.fault for armed in self.armed if armed.fault.concerns(method, parameters) and armed.strikes()]
        return struck[0] if struck else None

    def clear(self) -> None:
        """Take all faults off the script."""
        self.armed.clear()
