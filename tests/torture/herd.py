"""Several bots on one PostgreSQL database: people walk and wait for answers, while one bot or another is killed."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sandbox.sandbox import Options
from sandbox.server import start
from storage.presence import _LEAD, _WORKERS
from tests.http.bots import environment
from tests.torture.aim import disturb
from tests.torture.audit import Finding, audit
from tests.torture.ending import end_well, leave, read_log
from tests.torture.lives import Lives
from tests.torture.people import Habits, Person, gather
from tests.torture.record import record_of
from tests.torture.summary import audited

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sandbox.server import Running
    from tests.torture.books import ServerBooks

ANSWER_WITHIN: Final = 30.0
JOINS_WITHIN: Final = 15.0
PATIENT: Final = Habits(types=0.05, commands=0.02, repeats=0, resends=0, stale=0, forges=0, pause=0.15, patience=20.0)
"""As real people are: who taps waits until the tap is answered, and then reads for a moment."""

_LEADS: Final = """
    select count(*) from pg_locks as mine join pg_locks as lead on lead.pid = mine.pid
    where mine.locktype = 'advisory' and mine.classid = {workers} and mine.objid = {worker}
      and lead.locktype = 'advisory' and lead.classid = {leads}
"""
_IN_WORK: Final = """
    select (select count(*) from inbox where state = 'waiting' and worker = {worker})
         + (select count(*) from outbox where worker = {worker})
"""


@dataclass(frozen=True)
class Plan:
    """How many bots and people, how often one bot is killed, for how long, and with which dice."""

    seed: int = 1
    people: int = 50
    bots: int = 2
    every: float = 2.0
    kills: int = 60


@dataclass
class Outcome:
    """What came of it; the work of a dead bot is what the others had to take over."""

    plan: Plan
    finding: Finding = field(default_factory=Finding)
    seconds: float = 0.0
    kills: int = 0
    leaders: int = 0
    in_flight: int = 0
    taken_over: int = 0
    handled: list[int] = field(default_factory=list)
    deeds: Counter[str] = field(default_factory=Counter)
    log_lines: Counter[str] = field(default_factory=Counter)

    def summary(self) -> str:
        """The end of it, for people."""
        plan, share = self.plan, 100 * self.in_flight / max(1, self.kills)
        lines = [f"{plan.bots} bots, seed {plan.seed}: {self.kills} kills in {self.seconds:.0f} s"]
        lines.append(f"{self.leaders} kills struck the bot that polled")
        lines.append(f"{self.in_flight} kills ({share:.0f}%) struck a bot at work, {self.taken_over} rows in all")
        lines.append(f"handled by {len(self.handled)} bots in turn: {', '.join(map(str, self.handled))} updates")
        lines += audited(self.finding, plan.people, self.deeds, self.log_lines)
        return "\n".join(lines)


class Herd:
    """One run of it in a folder."""

    def __init__(self, plan: Plan, folder: Path, books: ServerBooks) -> None:
        self._plan = plan
        self._folder = folder
        self._log = folder / "zicha.log"
        self._books = books
        self._rng = random.Random(plan.seed)  # noqa: S311 - no secret hangs on it
        self._workers: dict[Lives, int] = {}
        self._outcome = Outcome(plan)

    async def run(self) -> Outcome:
        """Everything, from the first start to the audit."""
        options = Options(answer_within=ANSWER_WITHIN)
        async with AsyncExitStack() as stack:
            running = await stack.enter_async_context(await start(options=options))
            settings = {**environment(running, self._folder / "data"), **self._books.settings}
            bots = [
                await stack.enter_async_context(Lives(settings, self._log, cold_every=0))
                for _ in range(self._plan.bots)
            ]
            people = gather(running, self._plan.people, self._plan.seed, PATIENT)
            wrong = await self._walk(running, bots, people)
            record = record_of(running.sandbox)
        outcome = self._outcome
        outcome.finding = await asyncio.to_thread(audit, self._books.as_file(), record)
        outcome.log_lines, said = read_log(self._log, (running.token, running.token.partition(":")[2]))
        outcome.finding.violations[:0] = wrong + said
        outcome.deeds = sum((Counter(person.deeds) for person in people), Counter())
        counted = self._books.rows("select count(*) from inbox group by worker order by 1 desc")
        outcome.handled = [count for (count,) in counted]
        return outcome

    async def _walk(self, running: Running, bots: Sequence[Lives], people: list[Person]) -> list[str]:
        for bot in bots:
            await self._start(bot)
        running.controls.faults(list(disturb(self._rng)))
        tasks = [asyncio.create_task(person.live()) for person in people]
        for person in people:
            person.awake.set()
        began = time.monotonic()
        for _ in range(self._plan.kills):
            await asyncio.sleep(self._plan.every * self._rng.uniform(0.7, 1.3))
            await self._kill(self._victim(bots))
            for failed in (task for task in tasks if task.done()):
                failed.result()
        await asyncio.sleep(self._plan.every)
        self._outcome.seconds = time.monotonic() - began
        await leave(people, tasks)
        return await end_well(running, self._books, bots)

    async def _start(self, bot: Lives) -> None:
        """Start it, and wait until it is among the others, under a number that nobody had."""
        before = self._present()
        await bot.start()
        async with asyncio.timeout(JOINS_WITHIN):
            while not (come := self._present() - before):  # noqa: ASYNC110 - another process changes it
                await asyncio.sleep(0.01)
        [self._workers[bot]] = come

    async def _kill(self, bot: Lives) -> None:
        """Kill it, note what it had in its work, and start it again."""
        worker, leads = self._workers[bot], self._leads(bot)
        bot.kill()
        in_work = self._count(_IN_WORK.format(worker=worker))
        await bot.ended()
        self._outcome.kills += 1
        self._outcome.leaders += leads
        self._outcome.in_flight += in_work > 0
        self._outcome.taken_over += in_work
        await self._start(bot)

    def _victim(self, bots: Sequence[Lives]) -> Lives:
        """The bot that polls as often as another one."""
        role = self._rng.random() < 0.5
        return self._rng.choice([bot for bot in bots if self._leads(bot) is role] or bots)

    def _leads(self, bot: Lives) -> bool:
        return self._count(_LEADS.format(workers=_WORKERS, leads=_LEAD, worker=self._workers[bot])) > 0

    def _present(self) -> set[int]:
        return {number for (number,) in self._books.rows("select id from worker")}

    def _count(self, query: str) -> int:
        return int(self._books.rows(query)[0][0])
