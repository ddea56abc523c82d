"""Updates posted to the bot's own server."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot

from sandbox.client import Client
from sandbox.sandbox import Options
from sandbox.server import Running, start
from sandbox.wire import dumps, loads

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

OPENSSL = shutil.which("openssl")
ISSUE = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
ISSUE += ["-addext", "subjectAltName=IP:127.0.0.1"]
PERSON, COLLEAGUE = 5_000_101, 5_000_102
SECRET = "sesame-open_1"  # noqa: S105 - it guards nothing
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - only the name of a header


@dataclass
class Receiver:
    """A bot's server: keeps what it is sent, and answers as it is told to."""

    url: str = ""
    updates: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    slow: float = 0.0
    busy: int = 0
    busiest: int = 0
    came: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def take(self, request: web.Request) -> web.Response:
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        await asyncio.sleep(self.slow)
        self.busy -= 1
        self.headers.append(dict(request.headers))
        self.updates.append(loads(await request.read()))
        async with self.came:
            self.came.notify_all()
        return web.Response(**(self.answers.pop(0) if self.answers else {}))

    async def until(self, count: int) -> list[str]:
        """Wait for so many deliveries, and return what the people said in them."""
        async with asyncio.timeout(5), self.came:
            await self.came.wait_for(lambda: len(self.updates) >= count)
        return [str(one["message"]["text"]) for one in self.updates]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    async with await start(options=Options(local=True, retry_scale=0.01)) as server:
        server.controls.say(PERSON, "/start")
        server.controls.say(COLLEAGUE, "/start")
        server.sandbox.world.queue.clear()
        yield server


@pytest.fixture
async def hooked(client: Client, receiver: Receiver) -> Receiver:
    assert (await client.call("setWebhook", url=receiver.url, secret_token=SECRET)).result is True
    return receiver


async def info(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = (await client.call("getWebhookInfo")).result
    return found


async def settled(client: Client) -> dict[str, Any]:
    """Wait until nothing is pending, and return the counts."""
    async with asyncio.timeout(5):
        while (stats := await client.look("stats"))["pending"]:  # noqa: ASYNC110 - it happens in a server
            await asyncio.sleep(0.01)
    return stats


async def test_an_update_is_posted_with_its_id_and_the_secret(hooked: Receiver, running: Running) -> None:
    running.controls.say(PERSON, "一")
    assert await hooked.until(1) == ["一"]
    assert hooked.updates[0]["update_id"] > 0
    assert hooked.headers[0][SECRET_HEADER] == SECRET
    assert hooked.headers[0]["Content-Type"] == "application/json"


async def test_without_secret_no_secret_header_is_sent(client: Client, receiver: Receiver, running: Running) -> None:
    await client.call("setWebhook", url=receiver.url)
    running.controls.say(PERSON, "一")
    await receiver.until(1)
    assert SECRET_HEADER not in receiver.headers[0]


async def test_what_waited_before_the_webhook_is_posted_too(
    client: Client, receiver: Receiver, running: Running
) -> None:
    running.controls.say(PERSON, "早")
    await client.call("setWebhook", url=receiver.url)
    assert await receiver.until(1) == ["早"]


async def test_what_waited_may_be_dropped_instead(client: Client, receiver: Receiver, running: Running) -> None:
    running.controls.say(PERSON, "早")
    await client.call("setWebhook", url=receiver.url, drop_pending_updates=True)
    running.controls.say(PERSON, "晚")
    assert await receiver.until(1) == ["晚"]


async def test_the_info_tells_what_was_set(client: Client, hooked: Receiver) -> None:
    assert await info(client) == {
        "url": hooked.url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 40,
    }


async def test_polling_is_shut_while_a_webhook_is_set(client: Client, hooked: Receiver) -> None:
    assert hooked.url
    answer = await client.call("getUpdates")
    assert answer.error == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    assert (await client.call("deleteWebhook")).result is True
    assert (await client.call("getUpdates")).result == []


async def test_setting_a_webhook_ends_a_waiting_poll(client: Client, receiver: Receiver) -> None:
    polling = asyncio.create_task(client.call("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    await client.call("setWebhook", url=receiver.url)
    assert (await asyncio.wait_for(polling, 2)).error == (409, "Conflict: terminated by setWebhook request")


async def test_an_empty_url_removes_the_webhook(client: Client, hooked: Receiver) -> None:
    assert hooked.url
    assert (await client.call("setWebhook", url="")).result is True
    assert (await info(client))["url"] == ""


async def test_a_second_webhook_within_a_second_is_429(client: Client, hooked: Receiver) -> None:
    again = await client.call("setWebhook", url=hooked.url)
    assert again.error == (429, "Too Many Requests: retry after 1")
    await client.act("advance", seconds=1)
    assert (await client.call("setWebhook", url=hooked.url)).status == 200


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


@pytest.mark.parametrize(("asked", "kept"), [(0, 1), (7, 7), (500, 100)])
async def test_connections_are_clamped(client: Client, receiver: Receiver, asked: int, kept: int) -> None:
    await client.call("setWebhook", url=receiver.url, max_connections=asked)
    assert (await info(client))["max_connections"] == kept


async def test_allowed_updates_narrow_what_is_posted(client: Client, receiver: Receiver, running: Running) -> None:
    await client.call("setWebhook", url=receiver.url, allowed_updates=["edited_message", "no_such"])
    running.controls.say(PERSON, "unheard")
    running.controls.edit(PERSON, 1, "heard")
    await settled(client)
    assert "edited_message" in receiver.updates[0]
    assert (await info(client))["allowed_updates"] == ["edited_message"]


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


async def test_a_webhook_survives_a_restart(tmp_path: Path, receiver: Receiver) -> None:
    kept = tmp_path / "state.json"
    options = Options(local=True)
    async with await start(options=options, state=kept) as server, aiohttp.ClientSession(server.url) as session:
        client = Client(session, server.token)
        await client.call("setWebhook", url=receiver.url, secret_token=SECRET, allowed_updates=["message"])
        await client.act("hold")
        await client.act("say", person=PERSON, text="一")
    async with await start(options=options, state=kept):
        assert await receiver.until(1) == ["一"]
    assert receiver.headers[0][SECRET_HEADER] == SECRET


@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [
        ({"url": "ftp://example.org/"}, "invalid webhook URL specified"),
        ({"url": "https://"}, "invalid webhook URL specified"),
        ({"url": "https://example.org:x/"}, "invalid webhook URL specified"),
        ({"url": "http://example.org/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://example.org:8080/"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"url": "https://127.0.0.1/"}, "bad webhook: IP address 127.0.0.1 is reserved"),
        ({"url": "https://example.org/", "secret_token": "x" * 257}, "secret token is too long"),
        ({"url": "https://example.org/", "secret_token": "密"}, "secret token contains unallowed characters"),
        ({"url": "https://example.org/", "certificate": "x"}, "certificate must be uploaded as a file"),
    ],
)
async def test_webhooks_that_telegram_refuses(parameters: dict[str, str], complaint: str) -> None:
    async with await start() as server, aiohttp.ClientSession(server.url) as session:
        answer = await Client(session, server.token).call("setWebhook", **parameters)
        assert answer.error == (400, f"Bad Request: {complaint}")


@pytest.mark.parametrize("port", ["", ":80", ":88", ":443", ":8443"])
async def test_elsewhere_the_sandbox_takes_a_webhook_but_posts_nothing(port: str) -> None:
    async with await start() as server, aiohttp.ClientSession(server.url) as session:
        client = Client(session, server.token)
        assert (await client.call("setWebhook", url=f"https://example.org{port}/x")).result is True
        server.controls.say(PERSON, "一")
        await client.look("deliveries", wait=5)
        assert (await info(client))["last_error_message"] == "The sandbox posts to loopback addresses only"


@pytest.mark.slow
@pytest.mark.skipif(OPENSSL is None, reason="openssl is not installed")
async def test_a_certificate_of_ones_own_is_trusted(tmp_path: Path, running: Running, client: Client) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = [str(OPENSSL), *ISSUE, "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True, timeout=20)  # noqa: ASYNC221, S603
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    url = f"https://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        await client.call("setWebhook", url=url)
        running.controls.say(PERSON, "一")
        await client.look("deliveries", wait=5)
        assert (await info(client))["last_error_message"].startswith("SSL error")
        await client.act("advance", seconds=100)
        async with Bot(running.token, base_url=f"{running.url}/bot") as bot:
            assert await bot.set_webhook(url, certificate=certificate.read_bytes())
        assert (await info(client))["has_custom_certificate"] is True
        await client.act("advance", seconds=100)
        assert await receiver.until(1) == ["一"]
    finally:
        await runner.cleanup()
