"""What a power cut leaves: with an fsync at every commit everything acknowledged, without it not."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, cast

import apsw
import pytest

from storage.audit import ENTRIES, HEADS, breaks
from storage.batch import Returned, run_batch
from storage.connection import prepare
from tests.storage.builders import NOW, answer, begin, update
from tests.storage.power import Acknowledged, Disk, Recorder, Sync

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.services.ports import Transaction

pytestmark = pytest.mark.slow

COMMITS = 150
CUTS = 1000


def _work(number: int) -> Callable[[Transaction], Any]:
    """One use case with parts in several tables, so that half of it would be seen."""

    def work(tx: Transaction) -> None:
        tx.accept([update(number, b"x" * 700), update(number, b"y" * 700)], NOW)
        assessment = tx.assessment(7) or begin(tx)
        answer(tx, assessment, f"1.1.{number % 7}", number + 1)

    return work


def _record(database: Path, synchronous: str) -> Disk:
    """Everything that the disk is told while one commit follows the other, with checkpoints in between."""
    disk = Disk()
    recorder = Recorder(f"recorder-{synchronous}", disk)
    connection = apsw.Connection(str(database), vfs=f"recorder-{synchronous}")
    try:
        as_ours = cast("sqlite3.Connection", connection)  # has all that is used of one
        prepare(as_ours)
        connection.execute(f"pragma synchronous = {synchronous}")
        connection.execute("pragma wal_autocheckpoint = 60")
        for number in range(COMMITS):
            works = [_work(number * 3 + each) for each in range(1 + number % 3)]
            outcomes = run_batch(as_ours, works, 1)
            assert all(isinstance(each, Returned) for each in outcomes), outcomes
            disk.acts += [Acknowledged(number * 3 + each) for each in range(len(works))]
        return Disk(list(disk.acts))  # without the end, which removes files
    finally:
        connection.close()
        del recorder


def _play(disk: Disk, start: dict[str, bytes], folder: Path, seed: int) -> tuple[set[int], list[str]]:
    """Cut the power once: the acknowledged numbers that are lost, and whatever else is wrong."""
    chance = random.Random(seed)  # noqa: S311 - a moment, not a secret
    moment = chance.randrange(len(disk.acts) + 1)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in disk.after_a_cut(moment, start, chance).items():
        (folder / name).write_bytes(content)
    with closing(sqlite3.connect(folder / "zicha.db")) as connection:
        wrong = [row[0] for row in connection.execute("pragma integrity_check") if row[0] != "ok"]
        kept = dict(connection.execute("select update_id, count(*) from inbox group by update_id").fetchall())
        wrong += [f"half of {number}" for number, parts in kept.items() if parts != 2]
        wrong += map(str, breaks(connection.execute(ENTRIES).fetchall(), connection.execute(HEADS).fetchall()))
    return disk.acknowledged(moment) - set(kept), wrong


def _play_all(database: Path, synchronous: str) -> tuple[int, list[str]]:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        prepare(connection)  # a change of journal removes the old one, which is not what is looked at here
    start = {"zicha.db": database.read_bytes()}
    disk = _record(database, synchronous)
    assert sum(isinstance(act, Sync) and act.file == "zicha.db" for act in disk.acts) > 2, "no checkpoint was recorded"
    outcomes = [_play(disk, start, database.parent / "cut", seed) for seed in range(CUTS)]
    return sum(bool(lost) for lost, _ in outcomes), [each for _, wrong in outcomes for each in wrong]


def test_a_thousand_power_cuts_lose_nothing_acknowledged(database: Path) -> None:
    assert _play_all(database, "full") == (0, [])


def test_without_an_fsync_at_every_commit_the_same_cuts_do_lose_answers(database: Path) -> None:
    """So we know that the test above could find a loss."""
    states_with_losses, wrong = _play_all(database, "normal")
    assert states_with_losses > 100
    assert wrong == []
