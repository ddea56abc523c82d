"""Databases for tests: each test gets its own, migrated once and copied."""

from __future__ import annotations

import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from storage import schema
from storage.sqlite import SqliteStorage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bot.services.ports import Storage


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with nothing in it; tests copy it."""
    path = tmp_path_factory.mktemp("database") / "empty.db"
    schema.migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> Path:
    """The test's own database file."""
    return shutil.copyfile(empty_database, tmp_path / "zicha.db")


@pytest.fixture
def open_sqlite(database: Path) -> Callable[[], AbstractAsyncContextManager[SqliteStorage]]:
    """Opens the test's database; closes it at the end of the block."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[SqliteStorage]:
        storage = await SqliteStorage.open(database, busy_timeout=0.2)
        try:
            yield storage
        finally:
            await storage.close()

    return opened


@pytest.fixture(params=["sqlite"])
async def storage(
    request: pytest.FixtureRequest, open_sqlite: Callable[[], AbstractAsyncContextManager[SqliteStorage]]
) -> AsyncIterator[Storage]:
    """Every kind of Storage there is; what is claimed of one is claimed of all."""
    openers = {"sqlite": open_sqlite}
    async with openers[request.param]() as opened:
        yield opened
