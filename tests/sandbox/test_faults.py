"""The fault script: calls that go wrong on purpose."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import aiohttp
import pytest

if TYPE_CHECKING:
    from sandbox.client import Client
    from sandbox.server import Running


async def send(client: Client, person: int) -> int:
    return (await client.call("sendMessage", chat_id=person, text="x")).status


async def shown(client: Client, person: int) -> int:
    """Count the bot's messages in the chat."""
    messages = (await client.look("chat", person=person))["messages"]
    return sum(one["from"]["is_bot"] for one in messages)


async def test_a_429_tells_twice_how_long_to_wait(client: Client, person: int) -> None:
    await client.act("faults", faults=[{"method": "sendMessage", "kind": "error", "code": 429, "retry_after": 35}])
    answer = await client.call("sendMessage", chat_id=person, text="x")
    assert answer.error == (429, "Too Many Requests: retry after 35")
    assert answer.body["parameters"] == {"retry_after": 35}
    assert answer.headers["Retry-After"] == "35"
    assert await shown(client, person) == 0


async def test_a_fault_strikes_the_nth_call_and_the_following(client: Client, person: int) -> None:
    await client.act("faults", faults=[{"method": "sendMessage", "kind": "error", "nth": 2, "times": 2}])
    assert [await send(client, person) for _ in range(5)] == [200, 500, 500, 200, 200]
    (fault,) = (await client.look("faults"))["faults"]
    assert (fault["seen"], fault["struck"]) == (5, 2)


async def test_a_fault_may_strike_every_third_call_of_any_method(client: Client, person: int) -> None:
    await client.act("faults", faults=[{"method": "*", "kind": "error", "every": 3, "code": 502}])
    assert [await send(client, person) for _ in range(6)] == [200, 200, 502, 200, 200, 502]


async def test_a_fault_may_strike_by_chance_with_a_seed(client: Client, person: int) -> None:
    await client.act("faults", faults=[{"method": "*", "kind": "error", "share": 0.5, "seed": 7}])
    struck = [await send(client, person) for _ in range(40)].count(500)
    assert 8 < struck < 32


async def test_a_fault_may_concern_one_chat_only(client: Client, running: Running, person: int) -> None:
    running.controls.say(5_000_102, "/start")
    await client.act("faults", faults=[{"method": "*", "kind": "error", "times": 0, "chat_id": person}])
    assert (await send(client, person), await send(client, 5_000_102)) == (500, 200)


async def test_an_error_after_the_effect_loses_only_the_answer(client: Client, person: int) -> None:
    await client.act("faults", faults=[{"method": "sendMessage", "kind": "error", "when": "after", "code": 504}])
    assert await send(client, person) == 504
    assert await shown(client, person) == 1


async def test_an_error_may_be_a_page_of_html(client: Client, running: Running) -> None:
    fault = {"method": "getMe", "kind": "error", "code": 502, "body": "<h1>Bad Gateway</h1>"}
    await client.act("faults", faults=[fault])
    async with aiohttp.ClientSession(running.url) as session, session.get(f"/bot{running.token}/getMe") as response:
        assert (response.status, await response.text()) == (502, "<h1>Bad Gateway</h1>")


@pytest.mark.parametrize(("when", "messages"), [("before", 0), ("after", 1)])
async def test_a_cut_closes_the_connection_without_an_answer(
    client: Client, person: int, when: str, messages: int
) -> None:
    await client.act("faults", faults=[{"method": "sendMessage", "kind": "cut", "when": when}])
    with pytest.raises(aiohttp.ClientConnectionError):
        await send(client, person)
    assert await shown(client, person) == messages
    (call,) = (await client.look("calls"))["calls"]
    assert (call["status"], call["fault"]) == (0, f"cut {when}")


async def test_a_cut_may_come_in_the_middle_of_the_answer(client: Client, person: int) -> None:
    fault = {"method": "sendMessage", "kind": "cut", "when": "after", "bytes": 20}
    await client.act("faults", faults=[fault])
    with pytest.raises(aiohttp.ClientPayloadError):
        await send(client, person)
    assert await shown(client, person) == 1


async def test_a_delayed_call_is_answered_in_the_end(client: Client, person: int) -> None:
    await client.act("faults", faults=[{"method": "sendMessage", "kind": "delay", "seconds": 0.3}])
    begun = time.monotonic()
    assert await send(client, person) == 200
    assert time.monotonic() - begun >= 0.3


async def test_a_hanging_call_is_in_flight_until_the_bot_gives_up(client: Client, person: int) -> None:
    await client.act("faults", faults=[{"method": "sendMessage", "kind": "hang", "when": "after"}])
    sending = asyncio.create_task(send(client, person))
    await asyncio.sleep(0.1)
    (call,) = (await client.look("calls"))["calls"]
    assert call["in_flight"]
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    await asyncio.sleep(0.1)
    (call,) = (await client.look("calls"))["calls"]
    assert not call["in_flight"]
    assert await shown(client, person) == 1


async def test_a_call_that_telegram_refuses_is_refused_before_a_late_fault(client: Client) -> None:
    await client.act("faults", faults=[{"method": "sendMessage", "kind": "error", "when": "after"}])
    assert await send(client, 42) == 400


async def test_the_script_can_be_emptied(client: Client, running: Running, person: int) -> None:
    await client.act("faults", faults=[{"method": "*", "kind": "error", "times": 0}])
    async with aiohttp.ClientSession(running.url) as session, session.delete("/sandbox/faults") as response:
        assert response.status == 200
    assert await send(client, person) == 200


@pytest.mark.parametrize("fault", [{"method": "*"}, {"method": "*", "kind": "explode"}, {"kind": "cut", "nht": 1}])
async def test_a_misspelt_fault_is_refused(client: Client, fault: dict[str, object]) -> None:
    assert "error" in await client.act("faults", faults=[fault])
