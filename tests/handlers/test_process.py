"""The real process: starting, stopping, being started twice, and what it says about secrets."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from sandbox.sandbox import Options
from sandbox.server import Running, start
from storage.inspection import inspect
from tests.databases import address, rows, setting
from tests.handlers.harness import calls, now, shown, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

TOKEN = "123456789:AAcanaryCanaryCanaryCanaryCanary_-x"  # noqa: S105 - a canary
MANAGER = 5_000_101
pytestmark = pytest.mark.slow


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    async with await start(options=Options(token=TOKEN)) as server:
        yield server


def environment(running: Running, data: Path, **more: str) -> dict[str, str]:
    settings = {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API": running.url,
        "DATA_DIR": str(data),
        "DATABASE_URL": setting(data),
        "LOG_LEVEL": "DEBUG",
        "LOCALE": "en",
        **more,
    }
    return os.environ | {f"ZICHA_{name}": value for name, value in settings.items()}


async def run_bot(running: Running, data: Path, **more: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        env=environment(running, data, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


async def stopped(process: asyncio.subprocess.Process) -> str:
    """Ask it to stop; everything it said. It must end in time, and well."""
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    out, err = await asyncio.wait_for(process.communicate(), 10)
    assert time.monotonic() - began < 10
    assert process.returncode == 0, err.decode()
    return (out + err).decode()


async def test_it_polls_soon_answers_stops_well_and_never_says_the_token(running: Running, tmp_path: Path) -> None:
    process = await run_bot(running, tmp_path)
    running.controls.faults([{"method": "sendMessage", "kind": "error", "code": 502, "body": "<html>"}])
    running.controls.say(MANAGER, "/start 吉站长13800000000")
    await until(lambda: shown(running, MANAGER), 30)
    await until(lambda: calls(running, "setMyCommands"), 30)
    running.controls.faults([{"method": "*", "kind": "error", "code": 401, "description": "Unauthorized", "times": 2}])
    running.controls.say(MANAGER, "words")
    await asyncio.sleep(0.3)
    said = await stopped(process)
    assert "polling begins" in said
    assert "canary" not in said.lower()
    assert "138000" not in said
    assert "吉" not in said


async def test_sigterm_with_two_hundred_updates_in_work_loses_none(running: Running, tmp_path: Path) -> None:
    process = await run_bot(running, tmp_path)
    running.controls.say(MANAGER, "/start")
    await until(lambda: shown(running, MANAGER), 30)
    people = [7_000_000 + number for number in range(20)]
    for person in people:
        running.controls.person(person)
        for _ in range(10):
            running.controls.say(person, "/help")
    created = running.sandbox.world.queue.next_id
    await until(lambda: len(calls(running, "sendMessage")) > 10)
    await stopped(process)
    process = await run_bot(running, tmp_path)
    await until(lambda: all(shown(running, person) for person in people), 30)
    await until(lambda: calls(running, "getUpdates")[-1].finished is None)
    await asyncio.sleep(0.5)
    await stopped(process)
    found = inspect(address(tmp_path), now())
    assert found.work is not None
    assert (found.work.waiting, found.work.quarantined, found.work.owed) == (0, 0, 0)
    assert kept(tmp_path) == 201
    assert running.sandbox.world.queue.next_id == created


def kept(data: Path) -> int:
    """How many updates were handled."""
    return int(rows(data, "select count(*) from inbox where state = 'done'")[0][0])


@pytest.mark.sqlite  # a server lets several processes work
async def test_a_second_process_is_refused_with_words(running: Running, tmp_path: Path) -> None:
    first = await run_bot(running, tmp_path)
    await until(lambda: calls(running, "getUpdates"), 30)
    second = await run_bot(running, tmp_path)
    _, err = await asyncio.wait_for(second.communicate(), 30)
    assert second.returncode == 1
    assert err.decode().startswith("D008 ")
    assert str(first.pid) in err.decode()
    assert len(err.decode().splitlines()) == 1
    await stopped(first)


async def test_a_stop_during_a_429_leaves_the_reply_owed(running: Running, tmp_path: Path) -> None:
    process = await run_bot(running, tmp_path)
    running.controls.faults(
        [{"method": "sendMessage", "kind": "error", "code": 429, "retry_after": 60, "description": "x"}]
    )
    running.controls.say(MANAGER, "/start")
    await until(lambda: calls(running, "sendMessage"), 30)
    await asyncio.sleep(0.3)
    await stopped(process)
    found = inspect(address(tmp_path), now())
    assert found.work is not None
    assert (found.work.waiting, found.work.owed) == (0, 1)


@pytest.mark.sqlite
async def test_a_database_that_is_taken_away_ends_the_process_with_words(running: Running, tmp_path: Path) -> None:
    process = await run_bot(running, tmp_path)
    await until(lambda: calls(running, "getUpdates"), 30)
    (tmp_path / "zicha.db").rename(tmp_path / "elsewhere.db")
    running.controls.say(MANAGER, "/start")
    _, err = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 1
    assert "zicha doctor" in err.decode()
    assert "Traceback" not in err.decode()


@pytest.mark.sqlite  # the demonstration brings its own file
async def test_the_demo_keeps_its_state_and_stops_on_ctrl_c(tmp_path: Path) -> None:
    for _ in range(2):
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "demo",
            "--port",
            "0",
            "--data",
            str(tmp_path / "demo"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdout is not None
        said = (await asyncio.wait_for(process.stdout.readline(), 15)).decode()
        assert "http://127.0.0.1:" in said
        await asyncio.sleep(1.5)
        process.send_signal(signal.SIGINT)
        _, err = await asyncio.wait_for(process.communicate(), 30)
        assert process.returncode == 0, err.decode()
        assert not err.decode()
    assert (tmp_path / "demo" / "sandbox.json").exists()
    assert (tmp_path / "demo" / "zicha.db").exists()
