"""The real bot is killed at every stage of taking a file: after the restart the file is there once, and whole."""

from __future__ import annotations

import asyncio
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from tests.databases import rows
from tests.evidence import samples
from tests.handlers.harness import LOCALIZERS
from tests.http.bots import Bot
from tests.http.players import Player

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sandbox.server import Running

pytestmark = pytest.mark.slow

ONE = 6_300_101
CONTENT = samples.PDF + bytes(2**20) + b"%%EOF"
KEPT = LOCALIZERS.of("zh_CN").say("evidence.kept", count=1, item="2.1.10", number=1)
WHOLE = sha256(CONTENT).hexdigest()


def called(running: Running, method: str, times: int = 1) -> Callable[[], bool]:
    """Whether the bot has made that call so often since now."""
    before = running.sandbox.journal.last
    return lambda: sum(call.method == method for call in running.sandbox.journal.after(before)) >= times


def texts(running: Running) -> list[str]:
    """What the bot has written."""
    messages = running.sandbox.world.chats[ONE].messages.values()
    return [each.get("text", "") for each in messages if each["from"]["is_bot"]]


async def until(condition: Callable[[], Any]) -> None:
    deadline = asyncio.get_running_loop().time() + 20
    while not condition():
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.001)


async def at_an_item(running: Running, item: str = "2.1.10") -> Player:
    running.controls.person(ONE)
    player = Player(running, ONE)
    await player.say("/start")
    await player.tap(dict(player.buttons)["试填"])
    await player.say(item)
    return player


def on_disk(data: Path) -> list[str]:
    return sorted(path.name for path in (data / "files").rglob("*") if path.is_file())


def sets(data: Path) -> list[dict[str, Any]]:
    return [orjson.loads(value) for (value,) in rows(data, "select value from entry where value <> ''")]


@pytest.mark.parametrize("moment", ["asked for", "fetched", "arriving", "stored", "kept", "acknowledged"])
async def test_a_file_survives_a_kill_whole_or_comes_again(running: Running, tmp_path: Path, moment: str) -> None:
    data = tmp_path / "data"
    bot = Bot(running, data, tmp_path / "zicha.log")
    await bot.start()
    await at_an_item(running)
    stored = data / "files" / WHOLE[:2] / WHOLE[2:4] / WHOLE
    moments: dict[str, Callable[[], Any]] = {
        "asked for": called(running, "sendChatAction"),
        "fetched": called(running, "getFile"),
        "arriving": (data / "files").exists,
        "stored": stored.exists,
        "kept": lambda: sets(data),
        "acknowledged": lambda: KEPT in "".join(texts(running)),
    }
    running.controls.attach(ONE, [{"name": "制度.pdf", "content": CONTENT}])
    await until(moments[moment])
    bot.process.kill()  # type: ignore[union-attr]  # it was started
    await bot.process.wait()  # type: ignore[union-attr]  # the same
    assert {name for name in on_disk(data) if len(name) == len(WHOLE)} <= {WHOLE}
    await bot.start()
    await until(lambda: sets(data) and KEPT in "".join(texts(running)))
    [kept] = sets(data)
    assert [file["sha256"] for file in kept["files"]] == [WHOLE]
    assert on_disk(data) == [WHOLE]
    assert sha256(stored.read_bytes()).hexdigest() == WHOLE
    assert await bot.stop() == 0
