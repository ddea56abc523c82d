"""`python -m tests.torture --kills 300 --seed 1`: kill -9 at random moments, and an audit of what is left."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import uvloop

from tests.torture import herd
from tests.torture.books import on_a_server
from tests.torture.herd import Herd
from tests.torture.sabotage import DAMAGES, damage
from tests.torture.siege import Plan, Siege
from tests.torture.summary import summary
from tests.torture.ways import Way

if TYPE_CHECKING:
    from collections.abc import Iterator


def main() -> int:
    """Run it; exit status 1 where anything was lost, doubled, invented or left unanswered."""
    arguments = _arguments()
    with _folder(arguments.folder) as folder:
        violations = _herd(arguments, folder) if arguments.herd else _siege(arguments, folder)
        if arguments.folder is None and not violations:
            shutil.rmtree(folder)
    return 1 if violations else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, help="20 of them, a herd has 50")
    parser.add_argument("--cold-every", type=int, default=20, help="each so many starts is cold; 1: all, 0: none")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--webhook", action="store_true", help="updates are posted to the bot, which asks for none")
    parser.add_argument("--herd", action="store_true", help="two bots on one PostgreSQL, one of them killed every 2 s")
    parser.add_argument("--sabotage", choices=sorted(DAMAGES), help="damage the database before the audit")
    parser.add_argument(
        "--folder", type=Path, help="where to keep everything; else a folder that is deleted when all is well"
    )
    return parser.parse_args()


@contextmanager
def _folder(wanted: Path | None) -> Iterator[Path]:
    folder = wanted or Path(tempfile.mkdtemp(prefix="zicha-torture-"))
    folder.mkdir(parents=True, exist_ok=True)
    yield folder


def _siege(arguments: argparse.Namespace, folder: Path) -> list[str]:
    way = Way.WEBHOOK if arguments.webhook else Way.POLLING
    plan = Plan(arguments.kills, arguments.seed, arguments.people or 20, arguments.cold_every, way)
    sabotage = damage(arguments.sabotage) if arguments.sabotage else None
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        if arguments.database == "sqlite":
            outcome = runner.run(Siege(plan, folder, _say).run(sabotage))
        else:
            with on_a_server(folder) as books:
                outcome = runner.run(Siege(plan, folder, _say, books).run(sabotage))
    _say(f"{arguments.database}\n{summary(outcome)}")
    return outcome.violations


def _herd(arguments: argparse.Namespace, folder: Path) -> list[str]:
    plan = herd.Plan(people=arguments.people or 50, seed=arguments.seed)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner, on_a_server(folder) as books:
        outcome = runner.run(Herd(plan, folder, books).run())
    _say(outcome.summary())
    return outcome.finding.violations


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
