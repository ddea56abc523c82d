"""A sandbox in this process, and the real bot in its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.server import Running, start
from tests.http.bots import Bot

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    async with await start() as server:
        yield server


@pytest.fixture
async def bot(running: Running, tmp_path: Path) -> AsyncIterator[Bot]:
    """`zicha run`, polling."""
    async with Bot(running, tmp_path / "data", tmp_path / "zicha.log") as started:
        yield started
