"""Databases for tests: each test gets its own, migrated once and copied."""

from __future__ import annotations

import shutil
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from storage import schema
from storage.postgresql import PostgresStorage
from storage.sqlite import SqliteStorage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bot.services.ports import Storage
    from tests.storage.server import Server


@pytest.fixture(autouse=True)
def databases() -> None:
    """Each test of the storage says itself which database it is about."""


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


@pytest.fixture
def postgresql_url(server: Server) -> str:
    """A PostgreSQL database, migrated and empty."""
    return server.emptied()


@pytest.fixture
async def open_postgresql(postgresql_url: str) -> AsyncIterator[Callable[[], Awaitable[PostgresStorage]]]:
    """Opens the test's PostgreSQL database, as often as it is asked to; closes all at the end of the test."""
    async with AsyncExitStack() as stack:

        async def opened() -> PostgresStorage:
            storage = await PostgresStorage.open(postgresql_url)
            stack.push_async_callback(storage.close)
            return storage

        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
async def storage(request: pytest.FixtureRequest) -> AsyncIterator[Storage]:
    """Every kind of Storage there is; what is claimed of one is claimed of all."""
    if request.param == "postgresql":
        opened = await PostgresStorage.open(request.getfixturevalue("postgresql_url"))
        yield opened
        await opened.close()
        return
    async with request.getfixturevalue("open_sqlite")() as opened:
        yield opened
