"""One trial: a fresh bot, a crowd of so many, and what was measured."""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.api import Api
from benchmarks.crowd import Crowd
from benchmarks.process import BotProcess

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.contenders import Contender

TAPS: Final = 61
"""One for each item of the table."""

_STARTS_WITHIN: Final = 60.0
_ENDS_WITHIN: Final = 300.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What one trial showed; times in milliseconds, memory in megabytes."""

    taps_per_second: float
    p50: float
    p99: float
    processor: float
    """Processor time of the bot a tap."""
    memory: float
    start: float
    """From the start of the process to its first call for updates."""


async def run(contender: Contender, people: Sequence[int], folder: Path, peers_python: Path) -> Figures:
    """Run one; raises BotDiedError when the bot ends, TimeoutError when it stops answering."""
    api = Api()
    server, root = await api.listen()
    crowd = api.audience = Crowd(api, people, TAPS, contender.opening)
    command, environment = contender.command(peers_python), contender.environment(root, folder)
    try:
        began = time.perf_counter()
        with BotProcess(command, environment, folder / "bot.log") as bot:
            await watched(api.asked.wait(), bot, _STARTS_WITHIN)
            start = time.perf_counter() - began
            crowd.come()
            await watched(crowd.ready.wait(), bot, _ENDS_WITHIN)
            before, moment = bot.processor_seconds, crowd.begin()
            await watched(crowd.finished.wait(), bot, _ENDS_WITHIN)
            lasted, used = time.perf_counter() - moment, bot.processor_seconds - before
            return figures(crowd, lasted, used, bot.peak_megabytes, start)
    finally:
        server.close()


async def watched(waiting: object, bot: BotProcess, seconds: float) -> None:
    """Wait for something, for so long, while the bot lives."""
    task = asyncio.ensure_future(waiting)  # type: ignore[call-overload]
    try:
        async with asyncio.timeout(seconds):
            while not task.done():
                await asyncio.wait([task], timeout=0.5)
                bot.require_alive()
    finally:
        task.cancel()


def figures(crowd: Crowd, lasted: float, used: float, memory: float, start: float) -> Figures:
    """What the crowd saw, and what that took; all times in seconds."""
    taps, sorted_latencies = len(crowd.latencies), sorted(crowd.latencies)
    return Figures(
        taps_per_second=taps / lasted,
        p50=1000 * statistics.median(sorted_latencies),
        p99=1000 * sorted_latencies[int(0.99 * (taps - 1))],
        processor=1000 * used / taps,
        memory=memory,
        start=1000 * start,
    )
