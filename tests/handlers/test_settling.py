"""Sent replies leave the outbox, even when the end comes while they do."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from bot.handlers.settling import Settler

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.services.ports import Storage


@dataclass
class Interrupted:
    """A storage that keeps nothing of the first transaction, which takes until its caller is stopped."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)
    settled: list[int] = field(default_factory=list)

    async def run(self, work: Callable[[Any], None]) -> None:
        if not self.begun.is_set():
            self.begun.set()
            await asyncio.Event().wait()
        work(self)

    def settle(self, outbox_ids: Sequence[int]) -> None:
        self.settled += outbox_ids


async def test_rows_whose_settling_the_end_interrupts_are_settled_all_the_same() -> None:
    storage = Interrupted()
    settler = Settler(cast("Storage", storage))
    settler.add([1, 2])
    async with asyncio.timeout(20):
        await storage.begun.wait()
        settler.add([3])
        await settler.close()
    assert storage.settled == [1, 2, 3]
