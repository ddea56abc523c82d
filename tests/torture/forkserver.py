"""Starts bots quickly: a process that has imported all that `zicha run` imports, and forks one child for each start.

A child is what the `zicha` command is after its imports: it calls the same `main` with the arguments `run`.
Lines on stdin: `start` answers with the child's process id, `reap PID` waits for its end and answers with its status.
"""

from __future__ import annotations

import gc
import os
import random
import sys
from pathlib import Path
from typing import NoReturn

import bot.app  # noqa: F401 - imported once here, not by every child
import storage.postgresql_opening  # noqa: F401 - the same
from bot.__main__ import main


def serve(log: Path) -> None:
    """Answer lines until stdin ends."""
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        order, _, argument = line.strip().partition(" ")
        if order == "start":
            child = os.fork()
            if child == 0:
                _become_a_bot(log)
            _say(child)
        elif order == "reap":
            _say(os.waitstatus_to_exitcode(os.waitpid(int(argument), 0)[1]))


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _become_a_bot(log: Path) -> NoReturn:
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.close(nothing)
    os.close(output)
    random.seed()
    sys.argv = ["zicha", "run"]
    status = 1
    try:
        main()
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
    finally:
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
