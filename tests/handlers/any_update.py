"""`python -m tests.handlers.any_update --count 100000 --seed 1`: random updates, and an audit."""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import resource
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import uvloop
from telegram import Bot

from bot.dialogue.intents import decode
from bot.dialogue.position import Place, PlaceKind
from bot.errors import UnreadableButtonError
from bot.handlers.delivery import Delivery
from bot.handlers.dispatch import Dispatcher
from bot.handlers.gate import Gate
from bot.handlers.intake import Intake
from bot.handlers.outgoing import Outgoing
from bot.handlers.settling import Settler
from bot.handlers.wire import loads
from bot.rubric.loader import library
from bot.services.conversation import Conversation
from storage import schema
from storage.inspection import inspect
from storage.sqlite import SqliteStorage
from tests.handlers.arbitrary import SECRET, Arbitrary, Arrival
from tests.handlers.due import Answer, due
from tests.handlers.harness import LOCALIZERS, until
from tests.handlers.pretended import PretendedTelegram, Shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.handlers.pretended import Heard

BATCH: Final = 100
BEGIN: Final = datetime(2026, 3, 1, tzinfo=UTC)
_IDLE_WITHIN: Final = 20.0
_TOKEN: Final = "123456789:x"  # noqa: S105 - nobody checks it


@dataclass(frozen=True, slots=True)
class Plan:
    """How many updates, by which dice, among how many people."""

    count: int
    seed: int
    people: int = 40


@dataclass(slots=True)
class Outcome:
    """What came of it; `objects` are the living Python objects after a third, and at the end."""

    updates: int = 0
    spoilt: int = 0
    set_aside: int = 0
    dues: Counter[Answer | None] = field(default_factory=Counter)
    places: set[PlaceKind] = field(default_factory=set)
    objects: list[int] = field(default_factory=list)
    megabytes: list[int] = field(default_factory=list)
    seconds: float = 0.0
    violations: list[str] = field(default_factory=list)


class Log(logging.Handler):
    """Keeps what the bot says went wrong."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what is neither the counting of a failure nor its end."""
        if not record.msg.startswith(("update failed", "update set aside")):
            self.lines.append(record.getMessage())


class Trial:
    """A bot without its process between a pretended Telegram and a real database."""

    def __init__(self, plan: Plan, storage: SqliteStorage, database: Path) -> None:
        self.plan = plan
        self.outcome = Outcome()
        self.telegram = PretendedTelegram()
        self.dice = Arbitrary(plan.seed, plan.people, self.telegram.latest)
        self._database = database
        self._now = BEGIN
        rubrics, gate, ids = library(), Gate(), count(1)
        bot = Bot(_TOKEN, request=self.telegram, get_updates_request=self.telegram)
        self._outgoing = Outgoing(
            delivery=Delivery(bot=bot, storage=storage, gate=gate, clock=self._clock),
            settler=Settler(storage),
            gate=gate,
            localizers=LOCALIZERS,
            clock=self._clock,
        )
        conversation = Conversation(
            rubrics, rubrics.latest("sichuan-2017"), LOCALIZERS.locales, LOCALIZERS.default, lambda: next(ids)
        )
        self._dispatcher = Dispatcher(
            storage=storage, conversation=conversation, outgoing=self._outgoing, clock=self._clock, delays=(0.0,) * 4
        )
        self._intake = Intake(
            request=self.telegram,
            root="",
            storage=storage,
            dispatcher=self._dispatcher,
            gate=gate,
            clock=self._clock,
        )
        self._last_set_aside = 0

    def _clock(self) -> datetime:
        return self._now

    async def run(self, say: Callable[[str], object]) -> Outcome:
        """Send everything, look after every batch, and once more at the end."""
        log, loop = Log(), asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: self._complain(f"stray error: {context}"))
        logging.getLogger("bot").addHandler(log)
        polling = asyncio.create_task(self._intake.run())
        began = time.monotonic()
        try:
            while self.outcome.updates < self.plan.count:
                await self._batch(log)
                self._report(began, say)
        finally:
            polling.cancel()
            await asyncio.gather(polling, return_exceptions=True)
            await self._outgoing.drain(_IDLE_WITHIN)
            logging.getLogger("bot").removeHandler(log)
        self._look_at_the_end()
        self.outcome.seconds = time.monotonic() - began
        return self.outcome

    async def _batch(self, log: Log) -> None:
        arrivals = self.dice.batch(min(BATCH, self.plan.count - self.outcome.updates))
        self._now += timedelta(seconds=1)
        self.telegram.hand_out([each.payload for each in arrivals])
        try:
            await until(self._is_idle, _IDLE_WITHIN)
        except AssertionError as error:
            raise AssertionError(f"stuck: {log.lines[-5:]}") from error
        self.outcome.updates += len(arrivals)
        self.outcome.spoilt += sum(not each.is_well_formed for each in arrivals)
        self._judge(arrivals, self.telegram.listen())
        for words in (*self.telegram.complaints, *log.lines):
            self._complain(words)
        self.telegram.complaints.clear()
        log.lines.clear()

    def _is_idle(self) -> bool:
        busy = len(self._dispatcher._lanes) or self._outgoing._tasks or self._outgoing._answers
        return self.telegram.is_asked.is_set() and not busy

    def _judge(self, arrivals: list[Arrival], heard: Heard) -> None:
        fair = [each.update for each in arrivals if each.is_well_formed and each.is_new]
        given = {
            Answer.TAP: {each.where for each in heard.taps},
            Answer.QUERY: {each.where for each in heard.queries},
            Answer.MESSAGE: {each.where for each in heard.messages},
        }
        for update in fair:
            answer = due(update)
            self.outcome.dues[None if answer is None else answer.answer] += 1
            if answer is not None and answer.to not in given[answer.answer]:
                self._complain(f"not answered: {update}")
        strange = {number for each in arrivals if not each.is_well_formed for number in _chats_of(each.update)}
        expected = {number for update in fair if due(update) is not None for number in _chats_of(update)}
        for chat in given[Answer.MESSAGE] - strange - expected:
            self._complain(f"a message that nobody asked for in {chat}")
        self._look_for_strangers(each for each in heard.messages if each.where not in strange)
        self._look_for_secrets(heard, arrivals)
        self._look_at_database(arrivals)

    def _look_for_secrets(self, heard: Heard, arrivals: list[Arrival]) -> None:
        """No word that only A writes is shown to B, be it in a card, in a toast, or beside an inline query."""
        askers = dict(_askers(arrivals))
        for shown in (*heard.messages, *heard.taps, *heard.queries):
            own = askers.get(str(shown.where), shown.where)
            if any(int(owner) != own for owner in SECRET.findall(shown.text)):
                self._complain(f"somebody else's words in {shown.where}: {shown.text}")

    def _look_for_strangers(self, messages: Iterable[Shown]) -> None:
        """No button in B's chat speaks of A's assessment."""
        with closing(_reading(self._database)) as connection:
            sql = "select assessment.id, telegram_id from assessment join person on person.id = owner"
            owners = dict(connection.execute(sql))
        for shown in messages:
            for data in shown.buttons:
                try:
                    _, assessment = decode(data)
                except UnreadableButtonError:
                    self._complain(f"a button that we cannot read: {data}")
                    continue
                if assessment is not None and owners.get(assessment) != shown.where:
                    self._complain(f"a button of assessment {assessment} in {shown.where}")

    def _look_at_database(self, arrivals: list[Arrival]) -> None:
        """Everything is done with, and only what Telegram would never send was set aside."""
        spoilt = [loads(each.payload) for each in arrivals if not each.is_well_formed]
        with closing(_reading(self._database)) as connection:
            aside = connection.execute(
                "select id, payload, attempts from inbox where state = 'quarantined' and id > ? order by id",
                (self._last_set_aside,),
            ).fetchall()
            [(waiting,)] = connection.execute("select count(*) from inbox where state = 'waiting'")
            self.outcome.places |= {Place.of(code).kind for (code,) in connection.execute("select place from position")}
        for number, payload, attempts in aside:
            self._last_set_aside = number
            self.outcome.set_aside += 1
            if loads(payload) not in spoilt or attempts != 5:
                self._complain(f"set aside after {attempts}: {payload.decode()}")
        if waiting:
            self._complain(f"{waiting} updates wait in the inbox")

    def _look_at_the_end(self) -> None:
        found = inspect(f"sqlite:///{self._database}", self._now)
        if not found.soundness.is_sound or found.work is None or found.work.waiting or found.work.owed:
            self._complain(f"the database: {found.soundness} {found.work}")
        kept = (self._outgoing._waiting, self._outgoing._told_busy, self._dispatcher._lanes._waiting)
        if any(kept):
            self._complain(f"still kept in memory: {kept}")

    def _report(self, began: float, say: Callable[[str], object]) -> None:
        done = self.outcome.updates / self.plan.count
        if len(self.outcome.objects) < (done >= 1 / 3) + (done >= 1):
            gc.collect()
            self.outcome.objects.append(len(gc.get_objects()))
            self.outcome.megabytes.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        if self.outcome.updates % (50 * BATCH) == 0:
            pace = self.outcome.updates / (time.monotonic() - began)
            say(f"{self.outcome.updates} updates, {pace:.0f}/s, violations: {len(self.outcome.violations)}")
            for words in self.outcome.violations[:2]:
                say(words[:500])

    def _complain(self, words: str) -> None:
        self.outcome.violations.append(words)


def _reading(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{database}?mode=ro", uri=True)


def _bodies(update: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (each for each in update.values() if isinstance(each, dict))


def _chats_of(update: dict[str, Any]) -> Iterator[int]:
    """Every chat that an update speaks of, and the chat of whoever sent it."""
    for body in _bodies(update):
        for place in (body, body.get("message")):
            for name in ("chat", "from"):
                inner = place.get(name) if isinstance(place, dict) else None
                if isinstance(inner, dict) and isinstance(inner.get("id"), int):
                    yield inner["id"]


def _askers(arrivals: list[Arrival]) -> Iterator[tuple[str, int]]:
    """Who tapped or asked, by the id of the query."""
    for each in arrivals:
        for body in _bodies(each.update):
            sender, number = body.get("from"), body.get("id")
            if isinstance(number, str) and isinstance(sender, dict) and isinstance(sender.get("id"), int):
                yield number, sender["id"]


async def tried(plan: Plan, folder: Path, say: Callable[[str], object]) -> Outcome:
    """The whole trial, on a new database in that folder."""
    database = folder / "zicha.db"
    schema.migrate(f"sqlite:///{database}")
    storage = await SqliteStorage.open(database)
    try:
        return await Trial(plan, storage, database).run(say)
    finally:
        await storage.close()


def summary(outcome: Outcome) -> str:
    """The outcome in a few lines."""
    dues = ", ".join(f"{'none' if each is None else each.value} {number}" for each, number in outcome.dues.items())
    return "\n".join(
        (
            f"{outcome.updates} updates in {outcome.seconds:.1f} s, {outcome.spoilt} malformed",
            f"set aside {outcome.set_aside}; due: {dues}",
            f"kinds of screens reached {len(outcome.places)} of {len(PlaceKind)}",
            f"living objects {outcome.objects}, peak memory in MB {outcome.megabytes}",
            f"violations {len(outcome.violations)}",
            *(each[:2000] for each in outcome.violations[:20]),
        )
    )


def main() -> int:
    """Run it; exit status 1 where any rule was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.handlers.any_update", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=40)
    arguments = parser.parse_args()
    plan = Plan(arguments.count, arguments.seed, arguments.people)
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        outcome = runner.run(tried(plan, Path(folder), _say))
    _say(summary(outcome))
    return 1 if outcome.violations else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
