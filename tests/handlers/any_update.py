"""`python -m tests.handlers.any_update --count 100000 --seed 1`: random updates, and an audit."""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import resource
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

import uvloop
from telegram import Bot

from bot.dialogue.intents import decode
from bot.dialogue.position import PlaceKind
from bot.errors import UnreadableButtonError
from bot.evidence.limits import MEGABYTE
from bot.handlers.delivery import Delivery
from bot.handlers.dispatch import Dispatcher
from bot.handlers.files import FileDesk
from bot.handlers.gate import Gate
from bot.handlers.intake import Intake
from bot.handlers.outgoing import Outgoing
from bot.handlers.press import Press
from bot.handlers.printer import Job, Rendered
from bot.handlers.recovery import feed
from bot.handlers.settling import Settler
from bot.handlers.wire import loads
from bot.rubric.loader import library
from bot.services import evidence, my_data, pictures, reports, workbooks
from storage.files import FileStore
from storage.inspection import inspect
from storage.opening import open_storage
from tests.databases import address, new, rows
from tests.handlers.any_station import found
from tests.handlers.arbitrary import FIRST_PERSON, SECRET, Arbitrary, Arrival
from tests.handlers.circles import Circles
from tests.handlers.contents import BOT
from tests.handlers.due import Answer, askers_of, chats_of, due, may_take_back, promises_document
from tests.handlers.harness import LOCALIZERS, until
from tests.handlers.overheard import Log
from tests.handlers.pretended import PretendedTelegram, Shown
from tests.handlers.watched import Watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.services.documents import Builders
    from bot.services.invitations import Made
    from bot.services.ports import Storage
    from tests.handlers.pretended import Heard

BATCH: Final = 15
BEGIN: Final = datetime(2026, 3, 1, tzinfo=UTC)
_IDLE_WITHIN: Final = 20.0
_BETWEEN: Final = timedelta(seconds=15)
_QUOTA: Final = 200 * MEGABYTE
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
    members: int = 0


class Stub:
    """Renders in no time."""

    async def render(self, job: Job) -> Rendered:
        """The name of the document in place of what it says."""
        return Rendered(f"{job.form.value} {job.document.name}".encode())


class Trial:
    """A bot without its process between a pretended Telegram and a real database."""

    def __init__(self, plan: Plan, storage: Storage, data: Path, invitations: list[Made]) -> None:
        self.plan = plan
        self.outcome = Outcome()
        self.telegram = PretendedTelegram()
        links = [(each.words, each.code) for each in invitations]
        self.dice = Arbitrary(plan.seed, plan.people, self.telegram, links)
        self._storage = storage
        self._data = data
        self._rows = partial(rows, data)
        self._files = FileStore(data)
        self._now = BEGIN
        self._circles = Circles()
        self._rubrics, self._gate, ids = library(), Gate(), count(1)
        practice = self._rubrics.latest("sichuan-2017")
        locales, default = LOCALIZERS.locales, LOCALIZERS.default
        self._conversation = Watched(
            self._rubrics, practice, locales, default, lambda: next(ids), _name, places=self.outcome.places
        )
        self._bot = Bot(_TOKEN, request=self.telegram, get_updates_request=self.telegram)
        builders = self._builders()
        self._outgoing = Outgoing(
            delivery=Delivery(
                bot=self._bot,
                storage=storage,
                gate=self._gate,
                clock=self._clock,
                builders=builders,
                presses={reports.KIND: self._press()},
            ),
            settler=Settler(storage),
            gate=self._gate,
            localizers=LOCALIZERS,
            clock=self._clock,
        )
        self._dispatcher = Dispatcher(
            storage=storage,
            conversation=self._conversation,
            outgoing=self._outgoing,
            clock=self._clock,
            delays=(0.0,) * 4,
            files=self._desk(),
        )
        self._intake = Intake(
            request=self.telegram,
            root="",
            storage=storage,
            dispatcher=self._dispatcher,
            gate=self._gate,
            clock=self._clock,
        )
        self._last_set_aside = 0

    def _builders(self) -> Builders:
        """What makes each kind of document."""
        return {
            evidence.KIND: evidence.SendsEvidence(self._conversation, self._files),
            pictures.KIND: pictures.SendsPictures(_name, self._clock),
            my_data.KIND: my_data.sends_my_data,
            workbooks.KIND: workbooks.SendsWorkbooks(self._conversation, self._rubrics, LOCALIZERS.of),
        }

    def _press(self) -> Press:
        """Compiles what is handed in; the files themselves hold their names alone."""
        takes = reports.TakesCommissions(self._conversation, reports.Compiler(self._rubrics, LOCALIZERS.of(None).text))
        return Press(storage=self._storage, takes=takes, worker=Stub(), files=self._files, clock=self._clock)

    def _desk(self) -> FileDesk:
        return FileDesk(
            bot=self._bot,
            downloads=self.telegram,
            storage=self._storage,
            conversation=self._conversation,
            files=self._files,
            gate=self._gate,
            clock=self._clock,
            quota=_QUOTA,
            workbooks=workbooks.ReadsWorkbooks(self._rubrics, LOCALIZERS.of),
        )

    def _clock(self) -> datetime:
        return self._now

    async def run(self, say: Callable[[str], object]) -> Outcome:
        """Send everything, look after every batch, and once more at the end."""
        log, loop = Log(), asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: self._complain(f"stray error: {context}"))
        logging.getLogger("bot").addHandler(log)
        taking = asyncio.gather(
            self._intake.run(), feed(storage=self._storage, dispatcher=self._dispatcher, outgoing=self._outgoing)
        )
        began = time.monotonic()
        try:
            while self.outcome.updates < self.plan.count:
                await self._batch(log)
                self._report(began, say)
        finally:
            taking.cancel()
            await asyncio.gather(taking, return_exceptions=True)
            await self._outgoing.drain(_IDLE_WITHIN)
            logging.getLogger("bot").removeHandler(log)
        self._look_at_the_end()
        self.outcome.seconds = time.monotonic() - began
        return self.outcome

    async def _batch(self, log: Log) -> None:
        arrivals = self.dice.batch(min(BATCH, self.plan.count - self.outcome.updates))
        self._now += _BETWEEN
        self.telegram.hand_out([each.payload for each in arrivals])
        try:
            await until(self._is_handled, _IDLE_WITHIN)
            self._dispatcher._albums.release()
            await until(self._is_idle, _IDLE_WITHIN)
        except AssertionError as error:
            raise AssertionError(f"stuck: {log.lines[-5:]}") from error
        self.outcome.updates += len(arrivals)
        self.outcome.spoilt += sum(not each.is_well_formed for each in arrivals)
        heard = self.telegram.listen()
        for shown in heard.messages:
            self.dice.learn(shown)
        self._judge(arrivals, heard, log.failures)
        for words in (*self.telegram.complaints, *log.lines):
            self._complain(words)
        self.telegram.complaints.clear()
        log.lines.clear()
        log.failures.clear()

    def _is_handled(self) -> bool:
        """What a server has not handed out yet waits in the inbox for the one before it."""
        has_room = self.telegram.is_asked.is_set() and not len(self._dispatcher._lanes)
        return has_room and self._rows("select count(*) from inbox where state = 'waiting'") == [(0,)]

    def _is_idle(self) -> bool:
        sending = self._outgoing
        return self._is_handled() and not (sending._tasks or sending._asides or sending._answers)

    def _judge(self, arrivals: list[Arrival], heard: Heard, failures: dict[int, str]) -> None:
        self._circles.look(self._rows)
        self.outcome.members = max(self.outcome.members, self._circles.members)
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
        strange = {number for each in arrivals if not each.is_well_formed for number in chats_of(each.update)}
        expected = {number for update in fair if due(update) is not None for number in chats_of(update)}
        for chat in given[Answer.MESSAGE] - strange - expected:
            if not self._circles.may_be_told(int(chat)):
                self._complain(f"a message that nobody asked for in {chat}")
        self._look_for_documents(heard, arrivals)
        self._look_for_strangers(each for each in heard.messages if each.where not in strange)
        self._look_for_secrets(heard, arrivals)
        self._look_at_database(arrivals, failures)

    def _look_for_secrets(self, heard: Heard, arrivals: list[Arrival]) -> None:
        """No word that only A writes is shown to B, be it in a card, in a toast, or beside an inline query."""
        askers = dict(asked for each in arrivals for asked in askers_of(each.update))
        for shown in (*heard.messages, *heard.taps, *heard.queries, *heard.documents):
            own = int(askers.get(str(shown.where), shown.where))
            if any(not self._circles.may_see(own, int(owner)) for owner in SECRET.findall(shown.text)):
                self._complain(f"somebody else's words in {shown.where}: {shown.text}")

    def _look_for_documents(self, heard: Heard, arrivals: list[Arrival]) -> None:
        """Whoever is told that a document is coming gets one, unless somebody took back what it is made of."""
        askers = dict(asked for each in arrivals for asked in askers_of(each.update))
        promised = Counter(askers[str(each.where)] for each in heard.taps if promises_document(each.text))
        sent = Counter(each.where for each in heard.documents)
        undoing = [each.update for each in arrivals if not each.is_well_formed or may_take_back(each.update)]
        back = {number for update in undoing for number in chats_of(update)}
        for chat, number in promised.items():
            self.outcome.dues[Answer.DOCUMENT] += number
            if sent[chat] < number and not any(self._circles.may_see(chat, other) for other in back):
                self._complain(f"a promised document did not come in {chat}")
        for chat in sent.keys() - promised.keys():
            self._complain(f"a document that nobody asked for in {chat}")

    def _look_for_strangers(self, messages: Iterable[Shown]) -> None:
        """No button in B's chat speaks of A's assessment."""
        for shown in messages:
            for data in shown.buttons:
                try:
                    _, assessment = decode(data)
                except UnreadableButtonError:
                    self._complain(f"a button that we cannot read: {data}")
                    continue
                if assessment is not None and not self._circles.may_open(int(shown.where), assessment):
                    self._complain(f"a button of assessment {assessment} in {shown.where}")

    def _look_at_database(self, arrivals: list[Arrival], failures: dict[int, str]) -> None:
        """Everything is done with, and only what Telegram would never send was set aside."""
        spoilt = [loads(each.payload) for each in arrivals if not each.is_well_formed]
        newly = f"state = 'quarantined' and id > {self._last_set_aside}"
        aside = self._rows(f"select id, payload, attempts from inbox where {newly} order by id")  # noqa: S608 - our own
        [(waiting,)] = self._rows("select count(*) from inbox where state = 'waiting'")
        for number, payload, attempts in aside:
            self._last_set_aside = number
            self.outcome.set_aside += 1
            is_spoilt = not payload or loads(payload) in spoilt  # emptied where its sender was forgotten meanwhile
            if not is_spoilt or attempts != 5:
                self._complain(f"set aside after {attempts}: {failures.get(number)} {payload.decode()}")
        if waiting:
            self._complain(f"{waiting} updates wait in the inbox")

    def _look_at_the_end(self) -> None:
        found = inspect(address(self._data), self._now)
        if not found.soundness.is_sound or found.work is None or found.work.waiting or found.work.owed:
            self._complain(f"the database: {found.soundness} {found.work}")
        work, sending = self._dispatcher, self._outgoing
        kept = (sending._waiting, sending._told_busy, work._lanes._waiting, work._albums._held, work._albums._timers)
        if any(kept):
            self._complain(f"still kept in memory: {kept}")

    def _report(self, began: float, say: Callable[[str], object]) -> None:
        done = self.outcome.updates / self.plan.count
        if len(self.outcome.objects) < (done >= 1 / 3) + (done >= 1):
            gc.collect()
            self.outcome.objects.append(len(gc.get_objects()))
            self.outcome.megabytes.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        if self.outcome.updates % (300 * BATCH) == 0:
            pace = self.outcome.updates / (time.monotonic() - began)
            say(f"{self.outcome.updates} updates, {pace:.0f}/s, violations: {len(self.outcome.violations)}")
            for words in self.outcome.violations[:2]:
                say(words[:500])

    def _complain(self, words: str) -> None:
        self.outcome.violations.append(words)


def _name() -> str:
    return str(BOT["username"])


async def tried(plan: Plan, folder: Path, say: Callable[[str], object]) -> Outcome:
    """The whole trial, on a new database in that folder."""
    storage = await open_storage(new(folder), folder)
    try:
        invitations = await storage.run(lambda tx: found(tx, (FIRST_PERSON, FIRST_PERSON + 1), BEGIN))
        return await Trial(plan, storage, folder, invitations).run(say)
    finally:
        await storage.close()


def summary(outcome: Outcome) -> str:
    """The outcome in a few lines."""
    dues = ", ".join(f"{'none' if each is None else each.value} {number}" for each, number in outcome.dues.items())
    return "\n".join(
        (
            f"{outcome.updates} updates in {outcome.seconds:.1f} s, {outcome.spoilt} malformed",
            f"set aside {outcome.set_aside}; due: {dues}",
            f"kinds of screens never reached: {sorted(each.name for each in set(PlaceKind) - outcome.places)}",
            f"members of stations at most {outcome.members}",
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
