"""A use case that waits for its turn, and whoever waits for what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.errors import StorageUnavailableError
from storage.batch import Outcome, Returned

if TYPE_CHECKING:
    import asyncio

    from storage.batch import Work


@dataclass(frozen=True, slots=True)
class Job:
    """A use case and the future of its caller, who may have gone meanwhile."""

    work: Work
    answer: asyncio.Future[Any]

    def tell(self, outcome: Outcome) -> None:
        """Say what it came to."""
        if self.answer.done():
            return
        if isinstance(outcome, Returned):
            self.answer.set_result(outcome.value)
        else:
            self.answer.set_exception(outcome.error)

    def fail(self, reason: str) -> None:
        """Say that the database could not take it."""
        if not self.answer.done():
            self.answer.set_exception(StorageUnavailableError(reason))
