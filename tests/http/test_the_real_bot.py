"""`zicha run` as a black box: how soon it is there, what it weighs, what it refuses, what it never says."""

from __future__ import annotations

import asyncio
import sys
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from bot.dialogue import intents
from bot.dialogue.intents import decode
from tests.databases import rows
from tests.http.bots import Bot
from tests.http.players import Player

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.server import Running

pytestmark = pytest.mark.slow

STARTS_WITHIN = 2.0
MEGABYTES = 120
ONE, OTHER = 6_300_001, 6_300_002


async def met(running: Running, person: int) -> Player:
    """Somebody who has begun a practice run."""
    running.controls.person(person)
    player = Player(running, person)
    await player.say("/start")
    await player.tap(dict(player.buttons)["试填"])
    return player


async def test_a_start_has_less_than_two_seconds_of_work_to_do(
    running: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The processor time of the best of three until updates are asked for; other programs may take the rest."""
    waited, worked = [], []
    for _ in range(3):
        bot = Bot(running, tmp_path / "data", tmp_path / "zicha.log")
        waited.append(await bot.start())
        used = psutil.Process(bot.pid).cpu_times()
        worked.append(used.user + used.system)
        assert await bot.stop() == 0
    with capsys.disabled():
        sys.stdout.write(f"\nstart to getUpdates: {min(waited):.2f} s, of them {min(worked):.2f} s of work\n")
    assert min(worked) < STARTS_WITHIN


async def test_it_stays_small_over_whole_walks(running: Running, bot: Bot, capsys: pytest.CaptureFixture[str]) -> None:
    players = [await met(running, ONE + number) for number in range(10)]
    await asyncio.gather(*(_walk_singly(player) for player in players))
    megabytes = psutil.Process(bot.pid).memory_info().rss / 2**20
    with capsys.disabled():
        sys.stdout.write(f"\nmemory after {len(players)} walks through all items: {megabytes:.0f} MB\n")
    assert megabytes < MEGABYTES


async def _walk_singly(player: Player) -> None:
    await player.tap(dict(player.buttons)["一项一项填"])
    for _ in range(61):
        await player.tap(next(data for _, data in player.buttons if isinstance(decode(data)[0], intents.Choose)))
    assert "直接列为不合格的情形" in player.message["text"]


async def test_the_token_is_never_in_its_log(running: Running, bot: Bot) -> None:
    await met(running, ONE)
    faults = ("error", "cut")
    running.controls.faults([{"method": "*", "kind": kind, "nth": number + 1} for number, kind in enumerate(faults)])
    running.controls.say(ONE, "/score")
    await asyncio.sleep(1.5)
    assert await bot.stop() == 0
    said = bot.log.read_text(encoding="utf-8")
    assert "polling begins" in said
    assert running.token not in said
    assert running.token.partition(":")[2] not in said


async def test_a_group_is_refused_politely_and_nothing_is_kept_of_it(
    running: Running, bot: Bot, tmp_path: Path
) -> None:
    await met(running, ONE)
    group = running.controls.group("站里的群", [ONE])["id"]
    running.controls.say(ONE, "/score", chat=group)
    running.controls.say(ONE, "大家看看", chat=group)
    said = await _said_in(running, group)
    assert said == ["自查材料不在群里填，这里没有改动。请点我的头像，私下发 /start。"]
    assert await bot.stop() == 0
    assert rows(tmp_path / "data", "select count(*) from history") == [(0,)]


async def _said_in(running: Running, chat: int) -> list[str]:
    deadline = time.monotonic() + 10
    messages = running.sandbox.world.chats[chat].messages
    while not (said := [each["text"] for each in messages.values() if each["from"]["is_bot"] and "text" in each]):
        assert time.monotonic() < deadline, "nothing was said in the group"
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)
    return said


async def test_a_tap_forged_for_another_persons_assessment_changes_nothing(
    running: Running, bot: Bot, tmp_path: Path
) -> None:
    one, other = await met(running, ONE), await met(running, OTHER)
    await one.tap(next(data for label, data in one.buttons if "逐项核对过" in label))
    shown = dict(one.message)
    for _, data in [*one.buttons, ("", intents.encode(intents.Choose("9.1.2", "good", 0), one.assessment))]:
        await other.tap(data)
        assert other.toast == "这个按钮已失效，没有改动。请看现在的卡片。"
        assert other.assessment != one.assessment
    assert one.message == shown
    assert await bot.stop() == 0
    authors = rows(
        tmp_path / "data",
        "select count(*), count(distinct by_person), count(*) filter (where by_person = owner) from history"
        " join assessment on assessment.id = history.assessment",
    )
    assert authors == [(7, 1, 7)]
