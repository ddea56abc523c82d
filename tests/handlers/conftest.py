"""A sandbox, a database and the handlers between them, for every test."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from sandbox.server import Running, start
from storage import schema
from storage.sqlite import SqliteStorage
from tests.handlers.harness import Harness

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with nothing in it; tests copy it."""
    path = tmp_path_factory.mktemp("database") / "empty.db"
    schema.migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
async def storage(migrated: Path, tmp_path: Path) -> AsyncIterator[SqliteStorage]:
    opened = await SqliteStorage.open(shutil.copyfile(migrated, tmp_path / "zicha.db"), busy_timeout=0.2)
    yield opened
    await opened.close()


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    async with await start() as server:
        yield server


@pytest.fixture
def harness(running: Running, storage: SqliteStorage) -> Harness:
    """Not started: `async with harness`."""
    return Harness(running, storage)
