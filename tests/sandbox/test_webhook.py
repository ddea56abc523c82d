"""A webhook: set, looked at, removed, refused, and what is posted to it at first."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot

from sandbox.client import Client
from sandbox.sandbox import Options
from sandbox.server import Running, start
from tests.sandbox.hooked import PERSON, SECRET, Receiver, info, prompt_sandbox, settled

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

OPENSSL = shutil.which("openssl")
ISSUE = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
ISSUE += ["-addext", "subjectAltName=IP:127.0.0.1"]
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - only the name of a header


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    async with prompt_sandbox() as server:
        yield server


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
