"""`python -m tests.torture --kills 300 --seed 1`: kill -9 at random moments, and an audit of what is left."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

import uvloop

from tests.torture.sabotage import DAMAGES, damage
from tests.torture.siege import Plan, Siege, summary


def main() -> int:
    """Run it; exit status 1 where anything was lost, doubled, invented or left unanswered."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--cold-every", type=int, default=20, help="each so many starts is cold; 1: all, 0: none")
    parser.add_argument("--sabotage", choices=sorted(DAMAGES), help="damage the database before the audit")
    parser.add_argument(
        "--folder", type=Path, help="where to keep everything; else a folder that is deleted when all is well"
    )
    arguments = parser.parse_args()
    plan = Plan(arguments.kills, arguments.seed, arguments.people, arguments.cold_every)
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="zicha-torture-"))
    folder.mkdir(parents=True, exist_ok=True)
    siege = Siege(plan, folder, _say)
    sabotage = damage(arguments.sabotage) if arguments.sabotage else None
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        outcome = runner.run(siege.run(sabotage))
    _say(summary(outcome))
    if arguments.folder is None and not outcome.violations:
        shutil.rmtree(folder)
    return 1 if outcome.violations else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
