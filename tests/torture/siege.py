"""The torture: people walk, the bot is killed again and again, and at the end everything is held against the record."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox.sandbox import Options
from sandbox.server import start
from tests.http.bots import environment
from tests.torture.aim import READY, Aim, Watch, choose, disturb
from tests.torture.audit import Finding, audit
from tests.torture.books import Books, FileBooks
from tests.torture.ending import calm, end_well, leave, read_log, rest
from tests.torture.lives import Lives
from tests.torture.people import Person, gather
from tests.torture.record import Record, record_of
from tests.torture.stages import Coroner, Strikes
from tests.torture.ways import SECRET, Way

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sandbox.server import Running

ANSWER_WITHIN = 2.0
LONGEST_LIFE = 2.0
RETRY_SCALE = 0.02
"""A post that failed comes again after so many times what Telegram takes."""

_AWAKE = (2, 4, 8, 14, 20)


@dataclass(frozen=True)
class Plan:
    """How hard, with which dice, and how updates come."""

    kills: int
    seed: int
    people: int = 20
    cold_every: int = 20
    way: Way = Way.POLLING


@dataclass
class Outcome:
    """What came of it; `database` is a file, whichever database it was."""

    plan: Plan
    strikes: Strikes
    finding: Finding
    seconds: float
    deeds: Counter[str]
    cold_starts: int
    database: Path
    record: Record
    log_lines: Counter[str] = field(default_factory=Counter)

    @property
    def violations(self) -> list[str]:
        """Everything that is not as it must be."""
        return self.finding.violations


@dataclass(frozen=True)
class _Scene:
    """Who takes part, once all are there."""

    running: Running
    lives: Lives
    people: list[Person]
    watch: Watch
    coroner: Coroner


class Siege:
    """One run of it in a folder, on a file in the folder where no other database is given."""

    def __init__(self, plan: Plan, folder: Path, say: Callable[[str], None], books: Books | None = None) -> None:
        self._plan = plan
        self._data = folder / "data"
        self._books = books or FileBooks(self._data / "zicha.db")
        self._log = folder / "zicha.log"
        self._say = say
        self._rng = random.Random(plan.seed)  # noqa: S311 - no secret hangs on it
        self._strikes = Strikes()
        self._extra: list[str] = []

    async def run(self, sabotage: Callable[[Path], None] | None = None) -> Outcome:
        """Everything; `sabotage` may damage the database before the audit, which must then find it."""
        plan, options = self._plan, Options(answer_within=ANSWER_WITHIN, local=True, retry_scale=RETRY_SCALE)
        async with AsyncExitStack() as stack:
            running = await stack.enter_async_context(await start(options=options))
            settings = {**environment(running, self._data), **self._books.settings, **plan.way.settings()}
            lives = await stack.enter_async_context(Lives(settings, self._log, plan.cold_every))
            people = gather(running, plan.people, plan.seed)
            coroner = Coroner(running.sandbox, self._books)
            seconds = await self._besiege(_Scene(running, lives, people, Watch(running.sandbox), coroner))
            record = record_of(running.sandbox)
        database = self._books.as_file()
        if sabotage is not None:
            sabotage(database)
        finding = await asyncio.to_thread(audit, database, record)
        log_lines, wrong = read_log(self._log, (running.token, running.token.partition(":")[2], SECRET))
        finding.violations[:0] = self._extra + wrong
        deeds = sum((Counter(person.deeds) for person in people), Counter())
        return Outcome(plan, self._strikes, finding, seconds, deeds, lives.cold_starts, database, record, log_lines)

    async def _besiege(self, scene: _Scene) -> float:
        scene.watch.begin_life()
        await scene.lives.start()
        if not await scene.watch.until(READY, 1, 30.0):
            raise TimeoutError("zicha run takes no updates")
        scene.running.controls.faults(list(disturb(self._rng)))
        tasks = [asyncio.create_task(person.live()) for person in scene.people]
        self._wake(scene.people)
        began = time.monotonic()
        for number in range(1, self._plan.kills + 1):
            await self._end_a_life(number, scene)
            self._strikes.add(scene.coroner.examine(), was_ready=scene.watch.counts.get(READY, 0) > 0)
            scene.watch.begin_life()
            await scene.lives.start()
            self._wake(scene.people)
            for failed in (task for task in tasks if task.done()):
                failed.result()
            if number % 25 == 0 or number == self._plan.kills:
                self._report(number, time.monotonic() - began, scene.people)
        seconds = time.monotonic() - began
        await leave(scene.people, tasks)
        self._extra += await end_well(scene.running, self._books, [scene.lives])
        return seconds

    async def _end_a_life(self, number: int, scene: _Scene) -> None:
        await self._await_moment(choose(self._rng), scene)
        alive = scene.lives.is_alive
        scene.coroner.strike()
        scene.lives.kill()
        status = await scene.lives.ended()
        await self._books.let_go()
        if not alive or status != -signal.SIGKILL:
            self._extra.append(f"the bot ended of itself, status {status}, before kill {number}: see {self._log}")

    async def _await_moment(self, aim: Aim, scene: _Scene) -> None:
        """Wait for the moment that is aimed at."""
        watch = scene.watch
        if aim.event:
            await watch.until(READY, 1, 30.0)
        if aim.lull:
            rest(scene.people)
            await calm(scene.running, self._books, LONGEST_LIFE)
        await asyncio.sleep(aim.calm)
        if aim.event not in {"", READY}:
            await watch.until(aim.event, watch.counts.get(aim.event, 0) + aim.nth, LONGEST_LIFE)
        for person in self._rng.sample(scene.people, min(aim.burst, len(scene.people))):
            person.act()
        if aim.delay:
            await asyncio.sleep(aim.delay)

    def _wake(self, people: list[Person]) -> None:
        """In each life another few, or all, are awake."""
        rest(people)
        for person in self._rng.sample(people, min(len(people), self._rng.choice(_AWAKE))):
            person.awake.set()

    def _report(self, number: int, seconds: float, people: list[Person]) -> None:
        acts = sum(len(person.updates) for person in people)
        self._say(
            f"{number:5d} kills  {number / seconds:4.1f}/s  {acts} acts of {len(people)} people  "
            f"{self._strikes.in_flight} kills with something in flight"
        )
