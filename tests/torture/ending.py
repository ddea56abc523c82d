"""How a siege ends: everybody rests, the bots finish what is open, stop when asked to, and their log is read."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import TYPE_CHECKING, Final

from tests.torture.books import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sandbox.server import Running
    from tests.torture.books import Books
    from tests.torture.lives import Lives
    from tests.torture.people import Person

QUIET_WITHIN: Final = 30.0
STOPS_WITHIN: Final = 12.0


def rest(people: Iterable[Person]) -> None:
    """Nobody begins anything more."""
    for person in people:
        person.awake.clear()


async def calm(running: Running, books: Books, within: float) -> bool:
    """Wait until nothing is open any more; False when something still is."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if not len(running.sandbox.world.queue) and books.rows(OPEN) == [(0,)]:
            return True
        await asyncio.sleep(0.03)
    return False


async def leave(people: Sequence[Person], tasks: Sequence[asyncio.Task[None]]) -> None:
    """Everybody goes, once what they began has come to the bot."""
    rest(people)
    await asyncio.sleep(0.3)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def end_well(running: Running, books: Books, bots: Iterable[Lives]) -> list[str]:
    """The bots finish what is open, and are asked to stop; what went wrong with that, each in a sentence."""
    running.controls.clear_faults()
    wrong = []
    if not await calm(running, books, QUIET_WITHIN):
        wrong.append("work was still open long after the last kill")
    for bot in bots:
        bot.terminate()
        try:
            status = await asyncio.wait_for(bot.ended(), STOPS_WITHIN)
        except TimeoutError:
            wrong.append("the bot did not stop when asked to")
        else:
            if status != 0:
                wrong.append(f"the bot ended with status {status} when asked to stop")
    return wrong


def read_log(log: Path, secrets: Iterable[str]) -> tuple[Counter[str], list[str]]:
    """How often each kind of warning was written, and what must not stand in a log."""
    text = log.read_text(encoding="utf-8", errors="replace")
    wrong = [f"a secret stands in the log {log}" for secret in secrets if secret in text]
    if "Traceback" in text:
        wrong.append(f"a traceback stands in the log {log}")
    lines = (line.split() for line in text.splitlines())
    warnings = (words for words in lines if len(words) > 2 and words[1] in {"ERROR", "WARNING"})
    return Counter(" ".join(words[1:5]) for words in warnings), wrong
