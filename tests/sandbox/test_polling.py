"""How updates are delivered, confirmed, forgotten."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import aiohttp
import pytest

from sandbox import polling

if TYPE_CHECKING:
    from sandbox.client import Client
    from sandbox.server import Running

CONFLICT = (
    409,
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
)
BOARD = {"inline_keyboard": [[{"text": "是", "callback_data": "y"}]]}


async def ids(client: Client, **parameters: int) -> list[int]:
    return [one["update_id"] for one in (await client.call("getUpdates", **parameters)).result]


@pytest.fixture
def first(running: Running, person: int) -> int:
    """The id of the first of three waiting updates."""
    for text in ("一", "二", "三"):
        running.controls.say(person, text)
    return running.sandbox.world.queue.next_id - 3


async def test_updates_come_again_until_confirmed(client: Client, first: int) -> None:
    assert await ids(client, limit=2) == [first, first + 1]
    assert await ids(client, offset=first + 1) == [first + 1, first + 2]
    assert await ids(client, offset=first + 3) == []


async def test_without_offset_nothing_is_confirmed(client: Client, first: int) -> None:
    await ids(client)
    assert (await client.call("getWebhookInfo")).result["pending_update_count"] == 3
    assert await ids(client, offset=first) == [first, first + 1, first + 2]


async def test_an_offset_confirms_also_what_was_never_delivered(client: Client, first: int) -> None:
    assert await ids(client, offset=first + 2) == [first + 2]


async def test_a_negative_offset_keeps_the_newest(client: Client, first: int) -> None:
    assert await ids(client, offset=-1) == [first + 2]
    assert await ids(client, offset=0) == [first + 2]


async def test_an_offset_far_ahead_is_ignored(client: Client, first: int) -> None:
    assert await ids(client, offset=first + 100_000) == [first, first + 1, first + 2]


@pytest.mark.parametrize(("limit", "expected"), [(0, 1), (1, 1), (2, 2), (500, 3)])
async def test_the_limit_is_clamped(client: Client, first: int, limit: int, expected: int) -> None:
    assert len(await ids(client, limit=limit, offset=first)) == expected


async def test_a_long_poll_ends_as_soon_as_something_arrives(client: Client, running: Running, person: int) -> None:
    polling = asyncio.create_task(client.call("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    running.controls.say(person, "来了")
    answer = await asyncio.wait_for(polling, 2)
    assert answer.result[0]["message"]["text"] == "来了"


async def test_a_long_poll_ends_empty_after_its_time(client: Client) -> None:
    begun = time.monotonic()
    assert await ids(client, timeout=1) == []
    assert 0.9 < time.monotonic() - begun < 2


async def test_the_earlier_of_two_polls_is_ended_with_409(client: Client) -> None:
    earlier = asyncio.create_task(client.call("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    later = asyncio.create_task(client.call("getUpdates", offset=1, timeout=1))
    assert (await asyncio.wait_for(earlier, 1)).error == CONFLICT
    assert (await later).result == []


async def test_a_second_conflict_is_answered_late(
    client: Client, running: Running, person: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "CONFLICT_PAUSE", 0.5)
    first, second, third = (asyncio.create_task(client.call("getUpdates", offset=n, timeout=9)) for n in (1, 2, 3))
    assert (await first).error == CONFLICT
    await asyncio.sleep(0.2)
    assert not second.done()
    running.controls.say(person, "x")
    assert len((await third).result) == 1
    assert (await second).error == CONFLICT


async def test_a_poll_whose_client_left_conflicts_with_nobody(client: Client, running: Running) -> None:
    timeout = aiohttp.ClientTimeout(total=0.1)
    async with aiohttp.ClientSession(running.url, timeout=timeout) as impatient:
        with pytest.raises(TimeoutError):
            await impatient.get(f"/bot{running.token}/getUpdates?timeout=30")
    await asyncio.sleep(0.05)
    assert await ids(client, offset=1, timeout=1) == []
    calls = (await client.look("calls"))["calls"]
    assert [one["status"] for one in calls] == [0, 200]
    assert not any(one["in_flight"] for one in calls)


async def test_hurried_polls_with_the_same_offset_are_slowed_down(client: Client, first: int) -> None:
    assert len(await ids(client, offset=first)) == 3
    assert len(await ids(client, offset=first)) == 1


async def test_hurried_empty_polls_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "THROTTLE_WAIT", 1)
    await ids(client)
    begun = time.monotonic()
    await ids(client)
    assert time.monotonic() - begun > 0.9


async def test_messages_are_kept_24_hours(client: Client, first: int) -> None:
    await client.act("advance", seconds=86_000)
    assert len(await ids(client, offset=first)) == 3
    await client.act("advance", seconds=500)
    assert await ids(client, offset=first + 1) == []


async def test_taps_are_kept_150_seconds(client: Client, running: Running, person: int) -> None:
    sent = (await client.call("sendMessage", chat_id=person, text="?", reply_markup=BOARD)).result
    await client.act("tap", person=person, message_id=sent["message_id"], row=0, column=0)
    running.controls.say(person, "later")
    await client.act("advance", seconds=151)
    (update,) = (await client.call("getUpdates")).result
    assert "message" in update
    assert (await client.look("stats"))["expired"] == 1


async def test_only_allowed_updates_are_created(client: Client, running: Running, person: int) -> None:
    await client.call("getUpdates", allowed_updates=["callback_query", "no_such_thing"])
    running.controls.say(person, "unheard")
    await client.call("getUpdates", allowed_updates=[], offset=1)
    running.controls.say(person, "heard")
    (update,) = (await client.call("getUpdates", offset=2)).result
    assert update["message"]["text"] == "heard"


async def test_dropping_pending_updates_empties_the_queue(client: Client, first: int) -> None:
    assert (await client.call("deleteWebhook", drop_pending_updates=True)).result is True
    assert await ids(client, offset=first) == []


@pytest.mark.usefixtures("first")
async def test_there_is_no_webhook(client: Client) -> None:
    info = (await client.call("getWebhookInfo")).result
    assert info == {"url": "", "has_custom_certificate": False, "pending_update_count": 3}


async def test_ten_thousand_waiting_updates_are_drained_quickly(client: Client, running: Running, person: int) -> None:
    for number in range(10_000):
        running.controls.update({"message": {"message_id": number, "date": 0, "chat": {"id": person}}})
    begun, seen, offset = time.monotonic(), 0, 0
    while batch := await ids(client, offset=offset):
        seen += len(batch)
        offset = batch[-1] + 1
        if seen == 10_000:
            break
    assert time.monotonic() - begun < 5
