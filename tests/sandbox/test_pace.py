"""A sandbox that slows floods down as Telegram does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.sandbox import Options
from sandbox.server import Running, start

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sandbox.client import Client


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    async with await start(options=Options(paced=True)) as server:
        yield server


async def statuses(client: Client, chat_id: int, count: int) -> list[int]:
    return [(await client.call("sendMessage", chat_id=chat_id, text="x")).status for _ in range(count)]


async def test_a_chat_takes_a_burst_and_then_one_message_a_second(client: Client, person: int) -> None:
    assert await statuses(client, person, 6) == [200] * 5 + [429]
    answer = await client.call("sendMessage", chat_id=person, text="x")
    assert answer.error == (429, "Too Many Requests: retry after 1")
    assert answer.headers["Retry-After"] == "1"
    await client.act("advance", seconds=1)
    assert await statuses(client, person, 2) == [200, 429]


async def test_all_chats_together_take_thirty_a_second(client: Client, running: Running) -> None:
    people = range(9001, 9008)
    for one in people:
        running.controls.person(one)
        running.controls.say(one, "/start")
    sent = [status for one in people for status in await statuses(client, one, 5)]
    assert 30 <= sent.count(200) < 35
    assert sent[-1] == 429


async def test_a_group_takes_twenty_a_minute(client: Client, running: Running, person: int) -> None:
    group = running.controls.group("鉴定站", [person])["id"]
    assert await statuses(client, group, 21) == [200] * 20 + [429]
    await client.act("advance", seconds=60)
    assert await statuses(client, group, 1) == [200]
