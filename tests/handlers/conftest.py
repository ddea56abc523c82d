"""A sandbox, a database and the handlers between them, for every test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.server import Running, start
from tests.databases import new, opened
from tests.handlers.harness import Harness

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.services.ports import Storage


@pytest.fixture
def database(tmp_path: Path) -> str:
    """The URL of a database of this test's own, not opened yet."""
    return new(tmp_path)


@pytest.fixture
async def storage(database: str) -> AsyncIterator[Storage]:
    async with opened(database) as storage:
        yield storage


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    async with await start() as server:
        yield server


@pytest.fixture
def harness(running: Running, storage: Storage) -> Harness:
    """Not started: `async with harness`."""
    return Harness(running, storage)
