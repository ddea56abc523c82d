"""`python -m benchmarks`: measure, print the tables, and write them into the documentation."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import uvloop

from benchmarks import backlog, papers, processes, report
from benchmarks.comparison import Plan, compare
from benchmarks.report import Circumstances
from benchmarks.stations import filled

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).resolve().parents[1]
DOCUMENT: Final = ROOT / "docs" / "performance.md"
_FOLDER: Final = ROOT / "build" / "bench"
_ROUNDS_OF_PROCESSES: Final = 3


class Part(Enum):
    """What can be measured alone."""

    BOTS = "bots"
    PROCESSES = "processes"
    PAPERS = "papers"


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
    """Measure zicha beside other bots and itself, after a downtime, several at once, and at its papers."""
    os.chdir(ROOT)
    extent = Extent(rounds, minutes, stations, updates)
    if quick:
        extent = Extent(1, minutes, min(stations, 1_000), min(updates, 2_000))
    parts: dict[Part, tuple[str, Callable[[], str]]] = {
        Part.BOTS: (report.BOTS, lambda: _bots(extent, peers_python)),
        Part.PROCESSES: (report.PROCESSES, lambda: _processes(extent)),
        Part.PAPERS: (report.PAPERS, lambda: _papers(extent)),
    }
    for each, (section, measured) in parts.items():
        if part in (None, each.value):
            _show(measured(), None if quick else section)


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


def _papers(extent: Extent) -> str:
    circumstances = _circumstances(papers.STATIONS)
    return report.papers(papers.measure(min(extent.rounds, _ROUNDS_OF_PROCESSES), _tell), circumstances)


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
