"""Everything that can happen between Telegram's posts and the inbox, over real HTTP."""

from __future__ import annotations

import asyncio
import hmac
import logging
import time
from io import BytesIO
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.handlers import door, webhook
from bot.handlers.door import Door
from bot.handlers.webhook import SECRET_HEADER
from sandbox.sandbox import Options
from sandbox.server import Running, start
from tests.handlers.harness import calls, until
from tests.handlers.hooked import PATH, SECRET, Hooked, post, update

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.services.ports import Storage

MANAGER, TEACHER = 5_000_101, 5_000_102


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    async with await start(options=Options(local=True, retry_scale=0.05)) as server:
        yield server


@pytest.fixture
async def hooked(running: Running, storage: Storage) -> AsyncIterator[Hooked]:
    async with Hooked(running, storage) as hooked:
        yield hooked


def words(hooked: Hooked, person: int = MANAGER) -> list[str]:
    return [said for who, said in hooked.echo.handled if who == person]


async def raw(hooked: Hooked, *parts: bytes, pause: float = 0.0) -> bytes:
    """Write bytes to the server, and all that it answers until it hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", hooked.port)
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)
        return await asyncio.wait_for(reader.read(), 5)
    except ConnectionError:
        return b""
    finally:
        writer.close()


def head(*more: str) -> bytes:
    lines = [f"POST {PATH} HTTP/1.1", "Host: x", *more, "", ""]
    return "\r\n".join(lines).encode()


RIGHT = f"{SECRET_HEADER}: {SECRET}"


@pytest.mark.parametrize("secret", [None, "", SECRET[:-1], f"{SECRET}x", f"X{SECRET[1:]}", "é" * 20])
async def test_a_post_without_the_secret_is_refused_and_leaves_nothing(hooked: Hooked, secret: str | None) -> None:
    assert await post(hooked, update(1, "forged"), secret) == 401
    assert not hooked.echo.handled


async def test_two_secrets_are_none_even_when_both_are_right(hooked: Hooked) -> None:
    assert (await raw(hooked, head(RIGHT, RIGHT, "Content-Length: 0"))).startswith(b"HTTP/1.1 401 ")


async def test_the_secret_is_compared_in_constant_time_before_the_body_is_read(
    hooked: Hooked, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[bytes, bytes]] = []
    original = hmac.compare_digest

    def noted(given: bytes, right: bytes) -> bool:
        compared.append((given, right))
        return original(given, right)

    monkeypatch.setattr(hmac, "compare_digest", noted)
    began = time.monotonic()
    answer = await raw(hooked, head(f"{SECRET_HEADER}: wrong", "Content-Length: 1000"))
    assert answer.startswith(b"HTTP/1.1 401 ")
    assert time.monotonic() - began < 3
    assert compared == [(b"wrong", SECRET.encode())]


@pytest.mark.parametrize("path", ["/", "/other", f"{PATH}/", f"{PATH}x", "/healthz/", "//"])
async def test_another_path_is_not_there_whatever_the_secret(hooked: Hooked, path: str) -> None:
    address = f"http://127.0.0.1:{hooked.port}{path}"
    assert await post(hooked, update(1, "x"), url=address) == 404


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD", "OPTIONS"])
async def test_another_method_is_not_allowed(hooked: Hooked, method: str) -> None:
    assert await post(hooked, update(1, "x"), method=method) == 405


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"[]", b"null", b"{}", b'{"update_id": "1"}', b'{"update_id": -1}', b"[" * 100_000),
        *(b'{"update_id": 99999999999999999999}', b"\x1f\x8b\x08\x00"),
    ],
)
async def test_what_is_no_update_is_refused(hooked: Hooked, body: bytes) -> None:
    assert await post(hooked, body) == 400
    assert not hooked.echo.handled


async def test_a_strange_sender_or_half_a_character_stops_nobody(hooked: Hooked) -> None:
    odd = update(1, "x")
    odd["message"]["from"]["id"] = 2**70
    assert await post(hooked, odd) == 200
    assert await post(hooked, b'{"update_id": 2, "message": {"text": "\\ud800"}}') == 200
    assert await post(hooked, update(3, "after")) == 200
    await until(lambda: "after" in words(hooked))


async def test_a_body_of_a_megabyte_is_taken_and_a_larger_one_is_not(hooked: Hooked) -> None:
    largest = b'{"update_id": 1}'.ljust(2**20)
    assert await post(hooked, BytesIO(largest)) == 200
    assert await post(hooked, BytesIO(largest + b" ")) == 413


async def test_a_hundred_megabytes_are_refused_by_their_announcement(hooked: Hooked) -> None:
    began = time.monotonic()
    answer = await raw(hooked, head(RIGHT, f"Content-Length: {100 * 2**20}"), b" " * 2**16)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert time.monotonic() - began < 3


async def test_chunks_without_end_are_refused_after_a_megabyte(hooked: Hooked) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 2**16
            yield b" " * 2**16
            await asyncio.sleep(0)

    outcome: object = None
    try:
        outcome = await asyncio.wait_for(post(hooked, endless()), 5)
    except (aiohttp.ClientError, ConnectionError) as error:
        outcome = error
    assert outcome == 413 or isinstance(outcome, Exception)
    assert await post(hooked, update(1, "still here")) == 200


async def test_a_slow_body_is_given_up(hooked: Hooked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "BODY_WITHIN", 0.3)
    answer = await raw(hooked, head(RIGHT, "Content-Length: 100"), *[b" "] * 5, pause=0.1)
    assert answer.startswith(b"HTTP/1.1 408 ")


async def test_a_body_that_breaks_off_or_is_badly_chunked_harms_nobody(
    hooked: Hooked, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "BODY_WITHIN", 0.5)
    _, writer = await asyncio.open_connection("127.0.0.1", hooked.port)
    writer.write(head(RIGHT, "Content-Length: 100") + b"{")
    await writer.drain()
    writer.close()
    assert b" 400 " in (await raw(hooked, head(RIGHT, "Transfer-Encoding: chunked"), b"zz\r\n")).splitlines()[0]
    late = await raw(hooked, head(RIGHT, "Transfer-Encoding: chunked"), b"1\r\n{", b"zz\r\n", pause=0.1)
    assert b" 408 " in late.splitlines()[0]
    assert (await raw(hooked, b"\x00\x01 nonsense\r\n\r\n")).startswith(b"HTTP/1.0 400 ")
    assert await post(hooked, update(1, "after")) == 200
    assert not [each for each in caplog.records if each.levelno >= logging.ERROR]


async def test_who_keeps_silent_or_is_one_too_many_is_shown_out() -> None:
    async def answer(_: aiohttp.web.BaseRequest) -> aiohttp.web.Response:
        return aiohttp.web.Response()

    runner = aiohttp.web.ServerRunner(Door(answer, most=3, speaks_within=0.3))
    await runner.setup()
    await aiohttp.web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    began = time.monotonic()
    silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
    for _, writer in silent:
        writer.write(b"GET / HT")
    for number, (reader, writer) in enumerate(silent):
        try:
            assert await asyncio.wait_for(reader.read(), 2) == b""
        except ConnectionError:
            assert number >= 3
        finally:
            writer.close()
    assert 0.25 < time.monotonic() - began < 2
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/") as response:
        assert response.status == 200
        await asyncio.sleep(0.4)
    await runner.cleanup()


async def test_nothing_is_acknowledged_while_the_database_is_away(hooked: Hooked) -> None:
    hooked.storage.is_down = True
    assert await post(hooked, update(1, "kept?")) == 503
    assert not hooked.echo.handled
    hooked.storage.is_down = False
    assert await post(hooked, update(1, "kept?")) == 200
    await until(lambda: words(hooked) == ["kept?"])


async def test_an_acknowledged_update_is_in_the_database(hooked: Hooked, storage: Storage) -> None:
    seen: list[int] = []

    async def nothing(_: object) -> None:
        seen.append(len(await storage.run(lambda tx: tx.waiting())))
        await asyncio.sleep(3600)

    hooked.dispatcher._lanes._work = nothing
    for number in range(1, 6):
        assert await post(hooked, update(number, str(number))) == 200
        assert len(await storage.run(lambda tx: tx.waiting())) == number


async def test_a_replayed_post_has_no_second_effect(hooked: Hooked) -> None:
    genuine = update(77, "once")
    assert [await post(hooked, genuine) for _ in range(20)] == [200] * 20
    answers = await asyncio.gather(*(post(hooked, genuine) for _ in range(50)))
    assert set(answers) == {200}
    assert await post(hooked, update(78, "end")) == 200
    await until(lambda: "end" in words(hooked))
    assert words(hooked) == ["once", "end"]


async def test_updates_of_two_hundred_posts_at_once_are_all_handled_once(hooked: Hooked) -> None:
    posts = [update(number, str(number), MANAGER + number % 10) for number in range(200)]
    statuses = await asyncio.gather(*(post(hooked, each) for each in posts))
    assert set(statuses) == {200}
    await until(lambda: len(hooked.echo.handled) == 200)
    assert sorted(int(said) for _, said in hooked.echo.handled) == list(range(200))


async def test_each_update_acknowledged_before_the_next_is_posted_is_handled_first(hooked: Hooked) -> None:
    for number in (9, 3, 7, 1, 8):
        assert await post(hooked, update(number, str(number))) == 200
    await until(lambda: len(hooked.echo.handled) == 5)
    assert words(hooked) == ["9", "3", "7", "1", "8"]


async def test_telegram_is_told_where_to_post_and_everything_arrives(hooked: Hooked, running: Running) -> None:
    hooked.register()
    await until(lambda: calls(running, "setWebhook"))
    for number in range(20):
        running.controls.say(MANAGER if number % 2 else TEACHER, str(number))
    await until(lambda: len(hooked.echo.handled) == 20)
    assert words(hooked) == [str(number) for number in range(1, 20, 2)]
    [call] = calls(running, "setWebhook")
    assert call.params["max_connections"] == "40"
    assert "inline_query" in call.params["allowed_updates"]
    assert "setWebhook" in {each.method for each in calls(running)}


async def test_posts_in_disorder_with_an_outage_between_lose_nothing(hooked: Hooked, running: Running) -> None:
    hooked.register()
    await until(lambda: calls(running, "setWebhook"))
    running.controls.disorder(8, 3)
    for number in range(60):
        running.controls.say(MANAGER, str(number))
        if number in (20, 40):
            hooked.storage.is_down = number == 20
            await asyncio.sleep(0.3)
    await until(lambda: len(words(hooked)) == 60, 20)
    assert sorted(map(int, words(hooked))) == list(range(60))
    assert any(each.status == 503 for each in running.sandbox.delivery.attempts)


async def test_registration_survives_trouble_and_reopens_the_gate(hooked: Hooked, running: Running) -> None:
    running.controls.faults(
        [
            {"method": "setWebhook", "kind": "error", "code": 502, "body": "<html>"},
            {"method": "setWebhook", "kind": "error", "nth": 2, "code": 401, "description": "Unauthorized"},
        ]
    )
    hooked.register(looks_every=0.2)
    await until(lambda: len(calls(running, "setWebhook")) >= 3, 10)
    await until(lambda: hooked.gate.is_trusted)
    assert running.sandbox.world.webhook.url == hooked.url


async def test_a_webhook_that_somebody_took_away_is_said_and_not_taken_back(
    hooked: Hooked, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    hooked.register(looks_every=0.1)
    await until(lambda: calls(running, "getWebhookInfo"))
    running.sandbox.world.webhook.clear()
    with caplog.at_level(logging.ERROR, logger="bot"):
        await until(lambda: "the webhook was removed" in caplog.text)
    assert len(calls(running, "setWebhook")) == 1


async def test_health_tells_what_waits_and_nothing_secret(hooked: Hooked) -> None:
    address = f"http://127.0.0.1:{hooked.port}/healthz"
    async with aiohttp.ClientSession() as session:
        async with session.get(address) as response:
            assert response.status == 200
            assert await response.json() == {"status": "ok", "waiting": 0, "oldest_waiting_seconds": 0.0, "owed": 0}
        async with session.post(address) as response:
            assert response.status == 405
        hooked.storage.is_down = True
        async with session.get(address) as response:
            assert response.status == 503
            assert await response.json() == {"status": "database unavailable"}


async def test_health_tells_how_long_the_oldest_update_waits(hooked: Hooked) -> None:
    async def nothing(_: object) -> None:
        await asyncio.sleep(3600)

    hooked.dispatcher._lanes._work = nothing
    await post(hooked, update(1, "x"))
    await asyncio.sleep(0.3)
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{hooked.port}/healthz") as response,
    ):
        told = await response.json()
    assert told["waiting"] == 1
    assert 0.2 <= told["oldest_waiting_seconds"] < 5


def test_the_limits_are_the_documented_ones() -> None:
    assert (webhook.MOST_BYTES, webhook.BODY_WITHIN, door.SPEAKS_WITHIN) == (2**20, 10.0, 10.0)
