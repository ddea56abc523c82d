"""The real process behind a webhook: starting, stopping, being killed, and what it says about secrets."""

from __future__ import annotations

import asyncio
import random
import socket
from contextlib import closing
from typing import TYPE_CHECKING

import aiohttp
import pytest

from sandbox.sandbox import Options
from sandbox.server import Running, start
from storage.inspection import inspect
from tests.databases import address
from tests.handlers.harness import calls, now, shown, until
from tests.handlers.hooked import SECRET
from tests.handlers.test_process import TOKEN, kept, run_bot, stopped

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

MANAGER = 5_000_101
KILLS = 12
pytestmark = pytest.mark.slow


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    async with await start(options=Options(token=TOKEN, local=True, retry_scale=0.02)) as server:
        yield server


@pytest.fixture
def hook() -> dict[str, str]:
    """Settings of a webhook on a free port."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/updates",
        "WEBHOOK_SECRET": SECRET,
        "WEBHOOK_LISTEN": f"127.0.0.1:{port}",
    }


async def test_it_answers_posts_tells_its_health_stops_well_and_never_says_the_secret(
    running: Running, tmp_path: Path, hook: dict[str, str]
) -> None:
    process = await run_bot(running, tmp_path, **hook)
    running.controls.say(MANAGER, "/start")
    await until(lambda: shown(running, MANAGER), 15)
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://{hook['WEBHOOK_LISTEN']}/healthz") as response,
    ):
        assert (await response.json())["status"] == "ok"
    await until(lambda: calls(running, "setMyCommands"), 15)
    said = await stopped(process)
    assert "webhook listens" in said
    assert SECRET not in said
    assert "canary" not in said.lower()
    assert not calls(running, "getUpdates")
    assert running.sandbox.world.webhook.url == hook["WEBHOOK_URL"]


async def test_a_port_that_is_taken_is_refused_with_words(
    running: Running, tmp_path: Path, hook: dict[str, str]
) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", int(hook["WEBHOOK_LISTEN"].rpartition(":")[2])))
        taken.listen()
        process = await run_bot(running, tmp_path, **hook)
        _, err = await asyncio.wait_for(process.communicate(), 15)
    assert process.returncode == 1
    assert err.decode().splitlines()[-1].startswith("H014 ")
    assert not calls(running, "setWebhook")


async def test_polling_beside_a_webhook_explains_itself_and_leaves_it_alone(
    running: Running, tmp_path: Path, hook: dict[str, str]
) -> None:
    await stopped_after_registration(running, tmp_path, hook)
    process = await run_bot(running, tmp_path)
    await until(lambda: calls(running, "getUpdates"), 15)
    await asyncio.sleep(0.3)
    said = await stopped(process)
    assert "a webhook is set for this token" in said
    assert "deleteWebhook" in said
    assert not calls(running, "deleteWebhook")


async def stopped_after_registration(running: Running, data: Path, hook: dict[str, str]) -> None:
    process = await run_bot(running, data, **hook)
    await until(lambda: calls(running, "setWebhook"), 15)
    await asyncio.sleep(0.3)
    await stopped(process)


async def test_kills_at_random_moments_lose_nothing_and_do_nothing_twice(
    running: Running, tmp_path: Path, hook: dict[str, str]
) -> None:
    dice = random.Random(7)  # noqa: S311 - no secret hangs on it
    people = [7_000_000 + number for number in range(10)]
    for person in people:
        running.controls.person(person)
    said = 0
    for _ in range(KILLS):
        process = await run_bot(running, tmp_path, **hook)
        await until(lambda: running.sandbox.world.webhook.url, 15)
        ends = asyncio.get_running_loop().time() + dice.uniform(0.4, 2.0)
        while asyncio.get_running_loop().time() < ends:
            running.controls.say(dice.choice(people), dice.choice(("/start", "/help", "words")))
            said += 1
            await asyncio.sleep(dice.uniform(0, 0.02))
        process.kill()
        await process.communicate()
    process = await run_bot(running, tmp_path, **hook)
    attempts = len(running.sandbox.delivery.attempts)
    await until(lambda: len(running.sandbox.delivery.attempts) > attempts or not running.sandbox.world.queue, 15)
    await until(lambda: not len(running.sandbox.world.queue), 60)
    await until(lambda: kept(tmp_path) == said, 30)
    await until(lambda: all(shown(running, person) for person in people), 15)
    await asyncio.sleep(0.5)
    await stopped(process)
    found = inspect(address(tmp_path), now())
    assert found.work is not None
    assert (found.work.waiting, found.work.quarantined, found.work.owed) == (0, 0, 0)
    assert kept(tmp_path) == said
    refused = [each for each in running.sandbox.delivery.attempts if each.error]
    assert refused, "no kill ever struck a delivery"
