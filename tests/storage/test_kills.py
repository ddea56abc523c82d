"""What kill -9 leaves: everything acknowledged, nothing half."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from storage import schema

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

WORKING = """
import asyncio, sys
from pathlib import Path
from storage.sqlite import SqliteStorage
from tests.storage.builders import NOW, answer, update

async def use(storage, lane):
    for number in range(lane, 10**6, 8):
        def work(tx):
            tx.accept([update(number, b"one")], NOW)
            tx.accept([update(number, b"two")], NOW)
        await storage.run(work)
        print(number, flush=True)

async def main():
    storage = await SqliteStorage.open(Path(sys.argv[1]))
    print("ready", flush=True)
    await asyncio.gather(*(use(storage, lane) for lane in range(8)))

asyncio.run(main())
"""

INSIDE = """
import asyncio, sys, time
from pathlib import Path
from storage.sqlite import SqliteStorage
from tests.storage.builders import NOW, update

def work(tx):
    tx.accept([update(number, b"x" * 5000) for number in range(5000)], NOW)
    print("inside", flush=True)
    time.sleep(60)

async def main():
    storage = await SqliteStorage.open(Path(sys.argv[1]))
    await storage.run(work)

asyncio.run(main())
"""


def _start(code: str, database: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, str(database)], stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own code


@pytest.mark.parametrize("seed", range(8))
def test_a_kill_at_any_moment_loses_nothing_acknowledged(database: Path, seed: int) -> None:
    moment = random.Random(seed).uniform(0, 0.3)  # noqa: S311 - a moment, not a secret
    with _start(WORKING, database) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(moment)
        process.kill()
        acknowledged = {int(line) for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")}
    with closing(sqlite3.connect(database)) as connection:
        texts = dict(connection.execute("select update_id, count(*) from inbox group by update_id").fetchall())
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert schema.check(connection) is schema.Schema.CURRENT
    assert acknowledged <= set(texts)
    assert set(texts.values()) <= {2}


def test_a_kill_inside_a_transaction_leaves_nothing_of_it(database: Path) -> None:
    with _start(INSIDE, database) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "inside\n"
        process.kill()
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("select count(*) from inbox").fetchone() == (0,)
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
