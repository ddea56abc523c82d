"""How updates are posted to the bot's own server: repeated until they are taken, in order, and side by side."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from sandbox.wire import dumps
from tests.sandbox.hooked import PERSON, Receiver, info, prompt_sandbox, settled

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sandbox.client import Client
    from sandbox.server import Running


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    async with prompt_sandbox() as server:
        yield server


@pytest.mark.parametrize("status", [500, 503, 404, 302])
async def test_what_is_not_acknowledged_is_posted_again(
    client: Client, hooked: Receiver, running: Running, status: int
) -> None:
    hooked.answers = [{"status": status}] * 3
    running.controls.say(PERSON, "一")
    assert await hooked.until(4) == ["一"] * 4
    stats = await settled(client)
    assert (stats["delivered"], stats["redelivered"], stats["confirmed"]) == (1, 3, 1)
    told = await info(client)
    assert told["last_error_message"].startswith(f"Wrong response from the webhook: {status} ")
    assert told["last_error_date"] > 0


async def test_a_server_that_is_away_is_tried_again(
    client: Client, receiver: Receiver, running: Running, unused_tcp_port: int
) -> None:
    await client.call("setWebhook", url=f"http://127.0.0.1:{unused_tcp_port}/")
    running.controls.say(PERSON, "一")
    await client.look("deliveries", wait=5)
    assert (await info(client))["last_error_message"] == "Connection refused"
    assert (await info(client))["pending_update_count"] == 1
    await client.act("advance", seconds=100)
    await client.call("setWebhook", url=receiver.url)
    await client.act("advance", seconds=100)
    assert await receiver.until(1) == ["一"]


async def test_retry_after_is_honoured(client: Client, hooked: Receiver, running: Running) -> None:
    hooked.answers = [{"status": 503, "headers": {"Retry-After": "600"}}]
    running.controls.say(PERSON, "一")
    await hooked.until(1)
    await asyncio.sleep(0.2)
    assert len(hooked.updates) == 1
    await client.act("advance", seconds=601)
    assert await hooked.until(2) == ["一", "一"]


async def test_the_first_repeat_is_prompt_and_the_waits_double(
    client: Client, hooked: Receiver, running: Running
) -> None:
    running.sandbox.delivery._scale = 1.0  # the real pace, with the clock moved by hand
    hooked.answers = [{"status": 500}] * 9
    running.controls.say(PERSON, "一")
    await hooked.until(2)
    for tries, seconds in ((2, 2), (3, 4), (4, 8)):
        await client.look("deliveries", after=tries - 1, wait=5)
        await client.act("advance", seconds=seconds - 0.5)
        await asyncio.sleep(0.05)
        assert len(hooked.updates) == tries
        await client.act("advance", seconds=0.6)
        await hooked.until(tries + 1)


async def test_an_update_is_dropped_when_it_expires(client: Client, hooked: Receiver, running: Running) -> None:
    hooked.answers = [{"status": 500, "headers": {"Retry-After": "151"}}]
    await running.controls.tap(PERSON, 1, data="x")
    stats = await settled(client)
    assert (stats["expired"], len(hooked.updates)) == (1, 1)


async def test_one_persons_messages_come_one_after_another(hooked: Receiver, running: Running) -> None:
    hooked.slow = 0.02
    for number in range(5):
        running.controls.say(PERSON, str(number))
    assert await hooked.until(5) == list("01234")
    assert hooked.busiest == 1


async def test_a_failed_message_keeps_the_later_ones_of_its_chat_back(hooked: Receiver, running: Running) -> None:
    hooked.answers = [{"status": 500}] * 2
    running.controls.say(PERSON, "一")
    running.controls.say(PERSON, "二")
    assert await hooked.until(4) == ["一", "一", "一", "二"]


async def test_people_are_served_side_by_side(client: Client, hooked: Receiver, running: Running) -> None:
    hooked.slow = 0.1
    for number in range(8):
        await client.act("person", id=100 + number, first_name="x")
        running.controls.say(100 + number, "x")
    await hooked.until(8)
    assert hooked.busiest == 8


async def test_no_more_connections_are_used_than_allowed(client: Client, receiver: Receiver, running: Running) -> None:
    await client.call("setWebhook", url=receiver.url, max_connections=2)
    receiver.slow = 0.02
    for number in range(6):
        await client.act("person", id=100 + number, first_name="x")
        running.controls.say(100 + number, "x")
    await receiver.until(6)
    assert receiver.busiest == 2


async def test_held_updates_can_be_released_in_reverse(client: Client, hooked: Receiver, running: Running) -> None:
    await client.act("hold")
    for text in "一二三":
        running.controls.say(PERSON, text)
    await asyncio.sleep(0.1)
    assert hooked.updates == []
    released = (await client.act("release", order="reversed"))["order"]
    assert released == sorted(released, reverse=True)
    assert await hooked.until(3) == ["三", "二", "一"]


async def test_held_updates_can_be_released_in_any_order(client: Client, hooked: Receiver, running: Running) -> None:
    await client.act("hold")
    first = running.sandbox.world.queue.next_id
    for text in "一二三":
        running.controls.say(PERSON, text)
    await client.act("release", order=[first + 1, first + 2, first])
    assert await hooked.until(3) == ["二", "三", "一"]
    assert "error" in await client.act("release", order="sideways")


async def test_disorder_mixes_but_loses_nothing(client: Client, receiver: Receiver, running: Running) -> None:
    await client.call("setWebhook", url=receiver.url, max_connections=3)
    await client.act("disorder", window=8, seed=3)
    receiver.slow = 0.001
    said = [str(number) for number in range(40)]
    for text in said:
        running.controls.say(PERSON, text)
    came = await receiver.until(40)
    assert came != said
    assert sorted(came) == sorted(said)
    assert (await settled(client))["redelivered"] == 0


async def test_a_lost_acknowledgement_is_a_second_delivery(client: Client, hooked: Receiver, running: Running) -> None:
    await client.act("faults", faults=[{"method": "webhook", "kind": "cut", "when": "after"}])
    running.controls.say(PERSON, "一")
    assert await hooked.until(2) == ["一", "一"]
    assert hooked.updates[0] == hooked.updates[1]
    tries = (await client.look("deliveries"))["deliveries"]
    assert [one["error"] for one in tries][:1] == ["Webhook connection closed"]


async def test_a_call_in_the_answer_is_performed(client: Client, hooked: Receiver, running: Running) -> None:
    hooked.answers = [{"body": dumps({"method": "sendMessage", "chat_id": PERSON, "text": "顺带"})}]
    running.controls.say(PERSON, "一")
    call = (await client.look("calls", method="sendMessage", wait=5))["calls"][0]
    assert (call["status"], call["params"]["text"]) == (200, "顺带")
    assert (await client.look("chat", person=PERSON))["messages"][-1]["text"] == "顺带"
