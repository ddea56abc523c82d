"""`python -m benchmarks`: measure, print the tables, and write them into the documentation."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Final

import click
import uvloop

from benchmarks import backlog, processes, report
from benchmarks.comparison import Plan, compare
from benchmarks.report import Circumstances
from benchmarks.stations import filled

ROOT: Final = Path(__file__).resolve().parents[1]
DOCUMENT: Final = ROOT / "docs" / "performance.md"
_FOLDER: Final = ROOT / "build" / "bench"
_ROUNDS_OF_PROCESSES: Final = 3


class Part(Enum):
    """What can be measured alone."""

    BOTS = "bots"
    PROCESSES = "processes"


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured."""

    rounds: int
    minutes: float
    stations: int
    updates: int


@click.command()
@click.option("--quick", is_flag=True, help="one round, fewer stations and updates; nothing is written")
@click.option("--rounds", default=5, show_default=True, help="rounds at most")
@click.option("--minutes", default=10.0, show_default=True, help="no round of bots begins that would not end by then")
@click.option("--stations", default=10_000, show_default=True, help="stations in the full database")
@click.option("--updates", default=10_000, show_default=True, help="updates that wait after the downtime")
@click.option("--part", type=click.Choice([part.value for part in Part]), help="this alone; else everything")
@click.option(
    "--peers-python",
    type=click.Path(dir_okay=False, path_type=Path),
    default=ROOT / "build" / "peers" / "bin" / "python",
    help="the interpreter that has the frameworks of requirements/bench.txt",
)
def main(
    *, quick: bool, rounds: int, minutes: float, stations: int, updates: int, part: str | None, peers_python: Path
) -> None:
    """Measure zicha beside other bots, beside itself on a full database, after a downtime, and several at once."""
    os.chdir(ROOT)
    extent = Extent(rounds, minutes, stations, updates)
    if quick:
        extent = Extent(1, minutes, min(stations, 1_000), min(updates, 2_000))
    if part != Part.PROCESSES.value:
        _show(_bots(extent, peers_python), None if quick else report.BOTS)
    if part != Part.BOTS.value:
        _show(_processes(extent), None if quick else report.PROCESSES)


def _bots(extent: Extent, peers_python: Path) -> str:
    if not peers_python.exists():
        raise click.UsageError(f"no {peers_python}: `make bench` makes it")
    click.echo(f"filling a database with {extent.stations:,} stations", err=True)
    home = filled(_FOLDER, extent.stations)
    circumstances = _circumstances(extent.stations)
    plan = Plan((1, 50), extent.rounds, 60 * extent.minutes, home, peers_python)
    comparison = uvloop.run(compare(plan, _tell))
    with tempfile.TemporaryDirectory(prefix="zicha-bench-") as folder:
        waited = uvloop.run(backlog.run(extent.updates, Path(folder), peers_python))
    return report.markdown(comparison, waited, circumstances)


def _processes(extent: Extent) -> str:
    circumstances = _circumstances(0)
    return report.shared(uvloop.run(processes.measure(min(extent.rounds, _ROUNDS_OF_PROCESSES), _tell)), circumstances)


def _circumstances(stations: int) -> Circumstances:
    command = " ".join(["python -m benchmarks", *sys.argv[1:]])
    return Circumstances(command, datetime.now(UTC), os.getloadavg()[0], stations)


def _show(text: str, section: str | None) -> None:
    click.echo(text)
    if section is not None:
        report.write(text, DOCUMENT, section)


def _tell(line: str) -> None:
    click.echo(line, err=True)


main()
