"""What waits after a downtime: thousands of updates at once, and whether each person's were handled in their order."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from benchmarks.api import Api, Card, said, tapped
from benchmarks.contenders import zicha
from benchmarks.process import BotProcess
from benchmarks.trial import watched
from bot.app import RUBRIC
from bot.dialogue.given import Tapped
from bot.dialogue.intents import SetWalk, StartPractice, decode, encode
from bot.dialogue.position import Walk
from bot.dialogue.rehearsal import Rehearsal
from bot.handlers.texts import worded
from bot.localization import LOCALES
from bot.rubric.loader import library
from storage.codec import event_to_columns

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.api import Update
    from bot.rubric.model import Rubric

STEPS: Final = 20
"""Updates of one person."""

_FIRST: Final = 700_000
_STARTS_WITHIN: Final = 60.0
_ENDS_WITHIN: Final = 600.0
_LEFT: Final = """
    select (select count(*) from inbox where state = 'waiting') + (select count(*) from outbox),
           (select count(*) from inbox)
"""
_WRITTEN: Final = """
    select kind, subject, after from history join person on person.id = history.by_person
    where person.telegram_id = ? order by history.id
"""
_TAPS: Final = tuple(encode(intent, None) for intent in (StartPractice(), SetWalk(Walk.SINGLE)))
_WORDS: Final = ("1", "2", "1", "2", "缺一台设备，月底前配齐", "6.6.1", "2.1.10", "3.1.1")


@dataclass(frozen=True, slots=True)
class Backlog:
    """What it came to; `in_order` of `people` had exactly the history that their updates, in order, lead to."""

    updates: int
    people: int
    seconds: float
    memory: float
    calls: int
    in_order: int


async def run(updates: int, folder: Path, peers_python: Path) -> Backlog:
    """Let a fresh zicha find so many updates waiting; raises TimeoutError when it is not done in ten minutes."""
    chance = random.Random(updates)  # noqa: S311 - a mixture, not a secret
    scripts = {_FIRST + number: _script(chance) for number in range(updates // STEPS)}
    api = Api()
    for number, step in _mixed(chance, scripts):
        api.push(_update(api, number, step))
    count = api.left
    server, root = await api.listen()
    try:
        with BotProcess(zicha.command(peers_python), zicha.environment(root, folder), folder / "bot.log") as bot:
            await watched(api.asked.wait(), bot, _STARTS_WITHIN)
            began = time.perf_counter()
            await watched(_worked_off(api, folder / "zicha.db", count), bot, _ENDS_WITHIN)
            lasted = time.perf_counter() - began
            memory = bot.peak_megabytes
    finally:
        server.close()
    return Backlog(count, len(scripts), lasted, memory, api.calls, _in_order(folder / "zicha.db", scripts))


def _script(chance: random.Random) -> list[str]:
    """What one person did: they began, went item by item, and typed answers, words and the ids of items."""
    return ["/start", *_TAPS, *chance.choices(_WORDS, k=STEPS - 1 - len(_TAPS))]


def _mixed(chance: random.Random, scripts: dict[int, list[str]]) -> list[tuple[int, str]]:
    """Everybody's steps among each other, each person's in their order."""
    turns = [number for number, script in scripts.items() for _ in script]
    chance.shuffle(turns)
    steps = {number: iter(script) for number, script in scripts.items()}
    return [(number, next(steps[number])) for number in turns]


def _update(api: Api, number: int, step: str) -> Update:
    message_id = api.next_message()
    if step in _TAPS:
        return tapped(number, step, Card(number, message_id, "-", None), message_id)
    return said(number, step, message_id)


async def _worked_off(api: Api, path: Path, count: int) -> None:
    """Return when everything was confirmed, handled, and every reply sent."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        while api.left or database.execute(_LEFT).fetchone() != (0, count):  # noqa: ASYNC110 - another process changes it
            await asyncio.sleep(0.1)


def _in_order(path: Path, scripts: dict[int, list[str]]) -> int:
    """How many people's history is the one that a rehearsal of their steps comes to."""
    rubric = library().latest(RUBRIC)
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return sum(
            database.execute(_WRITTEN, (number,)).fetchall() == _rehearsed(rubric, script)
            for number, script in scripts.items()
        )


def _rehearsed(rubric: Rubric, script: list[str]) -> list[tuple[object, ...]]:
    rehearsal = Rehearsal(rubric, LOCALES, LOCALES[0], clock=lambda: datetime.now(UTC))
    for step in script:
        rehearsal.give(Tapped(*decode(step)) if step in _TAPS else worded(step))
    columns = (event_to_columns(entry.event) for entry in rehearsal.entries)
    return [(each["kind"], each["subject"], each["after"]) for each in columns]
