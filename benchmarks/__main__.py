"""`python -m benchmarks`: measure, print the tables, and write them into the documentation."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click
import uvloop

from benchmarks import backlog, report
from benchmarks.comparison import Plan, compare
from benchmarks.report import Circumstances
from benchmarks.stations import filled

ROOT: Final = Path(__file__).resolve().parents[1]
DOCUMENT: Final = ROOT / "docs" / "performance.md"
_FOLDER: Final = ROOT / "build" / "bench"


@click.command()
@click.option("--quick", is_flag=True, help="one round, fewer stations and updates; nothing is written")
@click.option("--rounds", default=5, show_default=True, help="rounds at most")
@click.option("--minutes", default=10.0, show_default=True, help="no round begins that would not end by then")
@click.option("--stations", default=10_000, show_default=True, help="stations in the full database")
@click.option("--updates", default=10_000, show_default=True, help="updates that wait after the downtime")
@click.option(
    "--peers-python",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=ROOT / "build" / "peers" / "bin" / "python",
    help="the interpreter that has the frameworks of requirements/bench.txt",
)
def main(*, quick: bool, rounds: int, minutes: float, stations: int, updates: int, peers_python: Path) -> None:
    """Measure zicha beside other bots, beside itself on a full database, and after a downtime."""
    os.chdir(ROOT)
    command = " ".join(["python -m benchmarks", *sys.argv[1:]])
    if quick:
        rounds, stations, updates = 1, min(stations, 1_000), min(updates, 2_000)
    click.echo(f"filling a database with {stations:,} stations", err=True)
    home = filled(_FOLDER, stations)
    circumstances = Circumstances(command, datetime.now(UTC), os.getloadavg()[0], stations)
    plan = Plan((1, 50), rounds, 60 * minutes, home, peers_python)
    comparison = uvloop.run(compare(plan, lambda line: click.echo(line, err=True)))
    with tempfile.TemporaryDirectory(prefix="zicha-bench-") as folder:
        waited = uvloop.run(backlog.run(updates, Path(folder), peers_python))
    text = report.markdown(comparison, waited, circumstances)
    click.echo(text)
    if not quick:
        report.write(text, DOCUMENT)


main()
