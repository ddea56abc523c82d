"""How long to wait after something failed: longer each time, and never all at the same moment."""

from __future__ import annotations

import random


class Backoff:
    """Delays in seconds that double from `first` up to `most`, each shortened at random by up to a half."""

    __slots__ = ("_first", "_most", "_next")

    def __init__(self, first: float = 0.5, most: float = 30.0) -> None:
        self._first = first
        self._most = most
        self._next = first

    def delay(self) -> float:
        """The next delay."""
        longest = self._next
        self._next = min(longest * 2, self._most)
        return longest * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, guards nothing

    def reset(self) -> None:
        """Begin again: it went well."""
        self._next = self._first
