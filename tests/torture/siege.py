"""The torture: people walk, the bot is killed again and again, and at the end everything is held against the record."""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
import sqlite3
import time
from collections import Counter
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox.sandbox import Options
from sandbox.server import start
from tests.torture.aim import POLLED, Aim, Watch, choose, disturb
from tests.torture.audit import Finding, audit
from tests.torture.lives import Lives
from tests.torture.people import Person, gather
from tests.torture.record import Record, record_of
from tests.torture.stages import Coroner, Strikes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sandbox.sandbox import Sandbox
    from sandbox.server import Running

ANSWER_WITHIN = 2.0
LONGEST_LIFE = 2.0
QUIET_WITHIN = 30.0
STOPS_WITHIN = 12.0
_AWAKE = (2, 4, 8, 14, 20)


@dataclass(frozen=True)
class Plan:
    """How hard, and with which dice."""

    kills: int
    seed: int
    people: int = 20
    cold_every: int = 20


@dataclass
class Outcome:
    """What came of it."""

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


class Siege:
    """One run of it in a folder."""

    def __init__(self, plan: Plan, folder: Path, say: Callable[[str], None]) -> None:
        self._plan = plan
        self._data = folder / "data"
        self.database = self._data / "zicha.db"
        self._log = folder / "zicha.log"
        self._say = say
        self._rng = random.Random(plan.seed)  # noqa: S311 - no secret hangs on it
        self._strikes = Strikes()
        self._extra: list[str] = []

    async def run(self, sabotage: Callable[[Path], None] | None = None) -> Outcome:
        """Everything; `sabotage` may damage the database before the audit, which must then find it."""
        async with AsyncExitStack() as stack:
            running = await stack.enter_async_context(await start(options=Options(answer_within=ANSWER_WITHIN)))
            lives = await stack.enter_async_context(Lives(running, self._data, self._log, self._plan.cold_every))
            people = gather(running, self._plan.people, self._plan.seed)
            seconds = await self._besiege(running, lives, people)
            record = record_of(running.sandbox)
        if sabotage is not None:
            sabotage(self.database)
        finding = await asyncio.to_thread(audit, self.database, record)
        finding.violations[:0] = self._extra
        deeds = sum((Counter(person.deeds) for person in people), Counter())
        outcome = Outcome(self._plan, self._strikes, finding, seconds, deeds, lives.cold_starts, self.database, record)
        self._read_log(outcome, running.token)
        return outcome

    async def _besiege(self, running: Running, lives: Lives, people: list[Person]) -> float:
        watch, coroner = Watch(running.sandbox), Coroner(running.sandbox, self.database)
        watch.begin_life()
        await lives.start()
        if not await watch.until(POLLED, 1, 30.0):
            raise TimeoutError("zicha run does not poll")
        running.controls.faults(list(disturb(self._rng)))
        tasks = [asyncio.create_task(person.live()) for person in people]
        self._wake(people)
        began = time.monotonic()
        for number in range(1, self._plan.kills + 1):
            await self._end_a_life(number, watch, lives, people)
            self._strikes.add(coroner.examine(), had_polled=watch.counts.get(POLLED, 0) > 0)
            watch.begin_life()
            await lives.start()
            self._wake(people)
            for failed in (task for task in tasks if task.done()):
                failed.result()
            if number % 25 == 0 or number == self._plan.kills:
                self._report(number, time.monotonic() - began, people)
        seconds = time.monotonic() - began
        await self._let_it_end_well(running, lives, people, tasks)
        return seconds

    async def _end_a_life(self, number: int, watch: Watch, lives: Lives, people: list[Person]) -> None:
        alive = await self._kill(choose(self._rng), watch, lives, people)
        status = await lives.ended()
        if not alive or status != -signal.SIGKILL:
            self._extra.append(f"the bot ended of itself, status {status}, before kill {number}: see {self._log}")

    async def _let_it_end_well(
        self, running: Running, lives: Lives, people: list[Person], tasks: list[asyncio.Task[None]]
    ) -> None:
        """Everybody stops, the bot finishes what is open, and is asked to stop."""
        self._rest(people)
        await asyncio.sleep(0.3)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        running.controls.clear_faults()
        if not await self._calm(running.sandbox, QUIET_WITHIN):
            self._extra.append("work was still open long after the last kill")
        lives.terminate()
        try:
            status = await asyncio.wait_for(lives.ended(), STOPS_WITHIN)
        except TimeoutError:
            self._extra.append("the bot did not stop when asked to")
        else:
            if status != 0:
                self._extra.append(f"the bot ended with status {status} when asked to stop")

    async def _kill(self, aim: Aim, watch: Watch, lives: Lives, people: list[Person]) -> bool:
        """Kill at the moment aimed at; False when the bot was dead already."""
        if aim.event:
            await watch.until(POLLED, 1, 30.0)
        if aim.lull:
            self._rest(people)
            await self._calm(watch.sandbox, LONGEST_LIFE)
        await asyncio.sleep(aim.calm)
        if aim.event not in {"", POLLED}:
            await watch.until(aim.event, watch.counts.get(aim.event, 0) + aim.nth, LONGEST_LIFE)
        for person in self._rng.sample(people, min(aim.burst, len(people))):
            person.act()
        if aim.delay:
            await asyncio.sleep(aim.delay)
        alive = _is_alive(lives.pid)
        with contextlib.suppress(ProcessLookupError):
            lives.kill()
        return alive

    def _wake(self, people: list[Person]) -> None:
        """In each life another few, or all, are awake."""
        self._rest(people)
        for person in self._rng.sample(people, min(len(people), self._rng.choice(_AWAKE))):
            person.awake.set()

    def _rest(self, people: list[Person]) -> None:
        for person in people:
            person.awake.clear()

    async def _calm(self, sandbox: Sandbox, within: float) -> bool:
        """Wait until nothing is open any more; False when something still is."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            if not len(sandbox.world.queue) and not self._open():
                return True
            await asyncio.sleep(0.03)
        return False

    def _open(self) -> int:
        query = "select (select count(*) from inbox where state = 'waiting') + (select count(*) from outbox)"
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            return int(connection.execute(query).fetchone()[0])

    def _report(self, number: int, seconds: float, people: list[Person]) -> None:
        acts = sum(len(person.updates) for person in people)
        self._say(
            f"{number:5d} kills  {number / seconds:4.1f}/s  {acts} acts of {len(people)} people  "
            f"{self._strikes.in_flight} kills with something in flight"
        )

    def _read_log(self, outcome: Outcome, token: str) -> None:
        text = self._log.read_text(encoding="utf-8", errors="replace")
        if token in text or token.partition(":")[2] in text:
            outcome.finding.wrong("the token stands in the log")
        if "Traceback" in text:
            outcome.finding.wrong(f"a traceback stands in the log {self._log}")
        for line in text.splitlines():
            words = line.split()
            if len(words) > 2 and words[1] in {"ERROR", "WARNING"}:
                outcome.log_lines[" ".join(words[1:5])] += 1


def _is_alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stat:  # noqa: PTH123 - a file of the kernel
            return stat.read().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except OSError:
        return False


def summary(outcome: Outcome) -> str:
    """The end of it, for people."""
    found, strikes = outcome.finding, outcome.strikes
    share = 100 * strikes.in_flight / max(1, strikes.kills)
    rate = strikes.kills / outcome.seconds
    deeds = ", ".join(f"{count} {deed}" for deed, count in sorted(outcome.deeds.items()))
    lines = ["", strikes.table(), ""]
    lines.append(f"seed {outcome.plan.seed}: {strikes.kills} kills in {outcome.seconds:.0f} s ({rate:.1f}/s)")
    lines.append(f"{strikes.in_flight} kills ({share:.0f}%) struck with something in flight")
    lines.append(f"{outcome.cold_starts} starts cold from the command line, the others forked after its imports")
    lines.append(f"{found.updates} updates of {outcome.plan.people} people: {deeds}")
    lines.append(
        f"{found.taps} taps: {found.toasts} answered in time, {found.late} too late to be, but a card was shown"
    )
    lines.append(f"checked: {found.acknowledgements} acknowledged answers, {found.entries} entries of history,")
    lines.append(f"  {found.answers} answers that stand, {found.screens} last screens, and all against a clean run")
    if outcome.log_lines:
        lines.append(
            "the bot's log: " + ", ".join(f"{count} × {line}" for line, count in outcome.log_lines.most_common(6))
        )
    if not found.violations:
        lines.append(
            "0 acknowledged answers lost, 0 doubled, 0 that nobody sent; every tap's screen shown; database whole"
        )
        return "\n".join(lines)
    lines.append(f"\n{len(found.violations)} VIOLATIONS")
    lines += found.violations[:40]
    lines.append(f"database {outcome.database}; again with SEED={outcome.plan.seed}")
    return "\n".join(lines)
