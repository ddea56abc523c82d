"""What can be said about a database without touching it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.errors import StartupRefusedError
from storage.codes import StorageCode
from storage.inspection import Soundness, Work, inspect
from storage.schema import Schema, expected_version
from tests.storage.builders import NOW, later, reply, update

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from storage.sqlite import SqliteStorage


async def test_a_live_database_is_inspected_beside_its_process(
    open_sqlite: Callable[[], AbstractAsyncContextManager[SqliteStorage]], database: Path
) -> None:
    async with open_sqlite() as storage:
        await storage.run(lambda tx: tx.accept([update(1), update(2)], NOW))
        [spoilt] = await storage.run(lambda tx: tx.accept([update(3)], NOW))
        await storage.run(lambda tx: tx.quarantine(spoilt.id, "A7K2", NOW))
        await storage.run(lambda tx: tx.owe(reply(tx), NOW))
        found = inspect(f"sqlite:///{database}", later(90))
    assert found.work == Work(waiting=2, quarantined=1, owed=1, oldest_waiting=timedelta(seconds=90))
    assert found.durability.is_full
    assert found.soundness == Soundness((), 0)
    assert (found.schema, found.schema_version) == (Schema.CURRENT, expected_version)
    assert found.engine.version == sqlite3.sqlite_version
    assert min(found.free_bytes, found.database_bytes) > 0


def test_damage_is_found(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute(
            "insert into outbox (id, chat_id, person, notice_alert, draws, created_at) values (1, 1, 404, 0, 0, '')"
        )
        connection.execute("pragma writable_schema = on")
        connection.execute("update sqlite_master set rootpage = 3 where name = 'assessment_owner'")
    found = inspect(f"sqlite:///{database}", NOW)
    assert found.soundness.orphans == 1
    assert found.soundness.integrity
    assert not found.soundness.is_sound


def test_a_missing_database_is_said_to_be_missing_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(StartupRefusedError) as refused:
        inspect(f"sqlite:///{tmp_path}/none.db", NOW)
    assert refused.value.problem.code == StorageCode.NO_DATABASE
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("version", "faulty"), [((3, 40, 1), 1), ((3, 51, 2), 1), ((3, 51, 3), 0), ((3, 53, 4), 0)])
def test_versions_with_the_wal_reset_fault_are_known(
    monkeypatch: pytest.MonkeyPatch, database: Path, version: tuple[int, int, int], faulty: int
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    assert inspect(f"sqlite:///{database}", NOW).engine.has_wal_reset_fault == bool(faulty)
