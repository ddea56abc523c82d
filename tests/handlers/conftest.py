"""A sandbox, a database and the handlers between them, for every test."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sandbox.server import Running, start
from storage import schema
from tests.handlers.harness import Harness, opened

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from storage.sqlite import SqliteStorage


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with nothing in it; tests copy it."""
    path = tmp_path_factory.mktemp("database") / "empty.db"
    schema.migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Path:
    """A database of this test's own, not opened yet."""
    return Path(shutil.copyfile(migrated, tmp_path / "zicha.db"))


@pytest.fixture
async def storage(database: Path) -> AsyncIterator[SqliteStorage]:
    async with opened(database) as storage:
        yield storage


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    async with await start() as server:
        yield server


@pytest.fixture
def harness(running: Running, storage: SqliteStorage) -> Harness:
    """Not started: `async with harness`."""
    return Harness(running, storage)
