"""A disk without room under the bot: updates stay with Telegram or in the inbox, and nothing acknowledged is lost."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from storage.connection import hop
from storage.inspection import inspect
from tests.handlers.harness import LOCALIZERS, Harness, calls, now, shown, until
from tests.handlers.test_process import MANAGER, run_bot, stopped

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.server import Running
    from storage.sqlite import SqliteStorage

pytestmark = pytest.mark.sqlite

LONG = "证" * 4000
HELP = LOCALIZERS.of("en").say("help.title")
"""Words that need pages of their own."""


async def set_room(storage: SqliteStorage, pages: int) -> None:
    await hop(storage._connection, lambda connection: connection.execute(f"pragma max_page_count = {pages}").fetchall())


async def test_a_full_disk_stops_the_polling_until_there_is_room(
    harness: Harness, running: Running, storage: SqliteStorage, caplog: pytest.LogCaptureFixture
) -> None:
    async with harness:
        running.controls.say(MANAGER, "before")
        await until(lambda: "before" in shown(running, MANAGER))
        await until(lambda: calls(running, "getUpdates")[-1].finished is None)
        await set_room(storage, 1)
        running.controls.say(MANAGER, LONG)
        await until(lambda: "cannot store updates, polling pauses" in caplog.text)
        polls = len(calls(running, "getUpdates"))
        running.controls.say(MANAGER, "later")
        assert len(calls(running, "getUpdates")) == polls
        await set_room(storage, 100_000)
        await until(lambda: "later" in shown(running, MANAGER))
    assert [words for _, words in harness.echo.handled] == ["before", LONG, "later"]


@pytest.mark.slow
async def test_a_process_whose_files_cannot_grow_ends_with_words_and_the_next_one_goes_on(
    running: Running, tmp_path: Path
) -> None:
    process = await run_bot(running, tmp_path, TELEGRAM_TOKEN=running.token)
    running.controls.say(MANAGER, "/start")
    await until(lambda: shown(running, MANAGER), 30)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    running.controls.say(MANAGER, "/help")
    _, err = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 1
    assert LOCALIZERS.of("en").say("cli.run.broken") in err.decode()
    assert "Traceback" not in err.decode()
    answered = len(shown(running, MANAGER))
    process = await run_bot(running, tmp_path, TELEGRAM_TOKEN=running.token)
    await until(lambda: any(HELP in each for each in shown(running, MANAGER)[answered:]), 30)
    await stopped(process)
    found = inspect(f"sqlite:///{tmp_path / 'zicha.db'}", now())
    assert found.soundness.is_sound
    assert found.work is not None
    assert found.work.waiting == 0


@pytest.mark.slow
async def test_a_process_that_cannot_write_at_its_start_is_refused_in_one_line(
    running: Running, tmp_path: Path
) -> None:
    process = await run_bot(running, tmp_path, TELEGRAM_TOKEN=running.token)
    running.controls.say(MANAGER, "/start")
    await until(lambda: shown(running, MANAGER), 30)
    await stopped(process)
    with closing(sqlite3.connect(tmp_path / "zicha.db")) as connection:
        before = list(connection.iterdump())
    process = await run_bot(running, tmp_path, TELEGRAM_TOKEN=running.token)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    _, err = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 1
    assert err.decode().startswith("D002 ")
    assert len(err.decode().splitlines()) == 1
    with closing(sqlite3.connect(tmp_path / "zicha.db")) as connection:
        assert list(connection.iterdump()) == before
