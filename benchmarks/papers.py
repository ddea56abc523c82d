"""Papers: one station's package beside a bare script that sets the same pages, and a hundred while people tap."""

from __future__ import annotations

import asyncio
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import orjson
import psutil

from benchmarks.api import Api
from benchmarks.contenders import zicha
from benchmarks.crowd import Crowd
from benchmarks.filing import CODE, blocks, filed
from benchmarks.process import BotProcess
from benchmarks.trial import TAPS, watched

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

STATIONS: Final = 100
PEOPLE: Final = 20
_FIRST: Final = 900_000
_READY_WITHIN: Final = 60.0
_ROUND_WITHIN: Final = 300.0


@dataclass(frozen=True, slots=True)
class Run:
    """A command from its start to its end: seconds, seconds of processor, and megabytes of its largest process."""

    seconds: float
    processor: float
    memory: float


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What a crowd saw, in milliseconds, while so many stations' packages were made in so many seconds (0: none)."""

    stations: int
    seconds: float
    taps: int
    p50: float
    p99: float


@dataclass
class Papers:
    """Every figure, by round."""

    ours: list[Run] = field(default_factory=list)
    bare: list[Run] = field(default_factory=list)
    crowds: list[Meanwhile] = field(default_factory=list)


def measure(rounds: int, tell: Callable[[str], None]) -> Papers:
    """One station's package so many rounds, in turn with the bare script; then the crowd without and with the rest."""
    papers = Papers()
    with tempfile.TemporaryDirectory(prefix="zicha-bench-") as name:
        home = Path(name)
        asyncio.run(filed(home, STATIONS))
        (home / "blocks.json").write_bytes(orjson.dumps(asyncio.run(blocks(home)), default=str))
        for _ in range(rounds):
            papers.ours.append(_run(_report(home, CODE.format(1)), home))
            papers.bare.append(_run(_bare(home), home))
            tell(f"package {papers.ours[-1].seconds:.1f} s, bare {papers.bare[-1].seconds:.1f} s")
        for stations in (0, STATIONS):
            papers.crowds.append(asyncio.run(_crowded(home, stations)))
            tell(f"{stations} stations: p99 {papers.crowds[-1].p99:.0f} ms")
    return papers


def _report(home: Path, *which: str) -> list[str]:
    out = tempfile.mkdtemp(dir=home)
    return [sys.executable, "-m", "bot", "report", *which, "--format", "zip", "--out", out]


def _bare(home: Path) -> list[str]:
    out = tempfile.mkdtemp(dir=home)
    return [sys.executable, "-m", "benchmarks.peers.bare_papers", str(home / "blocks.json"), out]


def _environment(home: Path) -> Mapping[str, str]:
    return os.environ | {"ZICHA_DATA_DIR": str(home), "ZICHA_DATABASE_URL": ""}


def _run(command: Sequence[str], home: Path) -> Run:
    """A fresh process, whose start counts."""
    began = time.perf_counter()
    process = subprocess.Popen(command, env=_environment(home), stdout=subprocess.DEVNULL)  # noqa: S603 - our own
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


async def _crowded(home: Path, stations: int) -> Meanwhile:
    """People who tap without a pause while the packages are made, or for two rounds when none are."""
    api = Api()
    server, root = await api.listen()
    environment = {**zicha.environment(root, home), **_environment(home), "ZICHA_TELEGRAM_API": root}
    try:
        with BotProcess(zicha.command(Path()), environment, home / "bot.log") as bot:
            await watched(api.asked.wait(), bot, _READY_WITHIN)
            began = time.perf_counter()
            report = None
            if stations:
                report = psutil.Popen(_report(home, "--all"), env=_environment(home), stdout=subprocess.DEVNULL)
            latencies: list[float] = []
            first = _FIRST * (1 + stations)  # never the people of another crowd, whose updates are known already
            for number in itertools.count():
                latencies += await _round(api, bot, range(first + PEOPLE * number, first + PEOPLE * (number + 1)))
                if number and (report is None or report.poll() is not None):
                    break
            if report is not None and report.returncode:
                raise subprocess.CalledProcessError(report.returncode, "zicha report --all")
            lasted = time.perf_counter() - began
    finally:
        server.close()
    in_order = sorted(1000 * each for each in latencies)
    taps = len(in_order)
    return Meanwhile(stations, lasted, taps, statistics.median(in_order), in_order[int(0.99 * (taps - 1))])


async def _round(api: Api, bot: BotProcess, people: Sequence[int]) -> list[float]:
    crowd = api.audience = Crowd(api, people, TAPS, zicha.opening)
    crowd.come()
    await watched(crowd.ready.wait(), bot, _ROUND_WITHIN)
    crowd.begin()
    await watched(crowd.finished.wait(), bot, _ROUND_WITHIN)
    return crowd.latencies
