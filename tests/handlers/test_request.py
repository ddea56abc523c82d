"""HTTP to the Bot API, and what its failures become."""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.handlers.request import AiohttpRequest, Plain, call
from bot.handlers.verdicts import seconds_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

TOKEN = "123456789:AAcanaryCanaryCanaryCanaryCanary_-x"  # noqa: S105 - a canary
MESSAGE = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}


@asynccontextmanager
async def served(answer: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncIterator[Bot]:
    """A bot whose Bot API server gives that answer to everything."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    request = AiohttpRequest(timeout=0.5)
    async with request:
        root = f"http://127.0.0.1:{runner.addresses[0][1]}/bot"
        yield Bot(TOKEN, base_url=root, request=request, get_updates_request=request)
    await runner.cleanup()


@asynccontextmanager
async def saying(status: int, body: bytes | str, content_type: str = "application/json") -> AsyncIterator[Bot]:
    raw = body if isinstance(body, bytes) else body.encode()

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status, body=raw, content_type=content_type)

    async with served(answer) as bot:
        yield bot


@pytest.mark.parametrize("status", [200, 500, 502, 504])
@pytest.mark.parametrize("body", ["<html>busy</html>", "", '{"ok":', "[]", '{"ok":false}', '{"ok":true}'])
async def test_a_body_that_is_no_answer_of_the_bot_api_is_a_network_error(status: int, body: str) -> None:
    async with saying(status, body) as bot:
        with pytest.raises(NetworkError) as caught:
            await bot.answer_callback_query("1")
    assert not isinstance(caught.value, BadRequest)


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, '{"ok":false,"error_code":400,"description":"Bad Request: message is not modified"}', BadRequest),
        (401, '{"ok":false,"error_code":401,"description":"Unauthorized"}', InvalidToken),
        (404, '{"ok":false,"error_code":404,"description":"Not Found"}', InvalidToken),
        (500, '{"ok":false,"error_code":500}', NetworkError),
    ],
)
async def test_telegrams_errors_are_python_telegram_bots(status: int, body: str, error: type[TelegramError]) -> None:
    async with saying(status, body) as bot:
        with pytest.raises(error):
            await bot.edit_message_text("x", 1, 2)


async def test_a_wait_that_telegram_asks_for_is_read_in_seconds() -> None:
    async with saying(429, '{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":35}}') as bot:
        with pytest.raises(RetryAfter) as caught:
            await bot.send_message(1, "x")
    assert seconds_of(caught.value) == 35.0


async def test_a_connection_that_is_cut_is_a_network_error_without_the_url() -> None:
    async def cut(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async with served(cut) as bot:
        with pytest.raises(NetworkError) as caught:
            await bot.send_message(1, "x")
    assert "canary" not in f"{caught.value!r} {caught.value.__cause__!r} {caught.value.__context__!r}".lower()


async def test_an_answer_that_does_not_come_is_a_timeout() -> None:
    async def hang(_request: web.Request) -> web.Response:
        import asyncio  # noqa: PLC0415 - only here

        await asyncio.sleep(5)
        return web.Response()

    async with served(hang) as bot:
        with pytest.raises(TimedOut):
            await bot.send_message(1, "x")


async def test_parameters_travel_as_json_and_a_message_that_nobody_reads_is_not_built() -> None:
    seen: list[Any] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(await request.json())
        return web.json_response({"ok": True, "result": MESSAGE})

    async with served(answer) as bot:
        message = {"chat_id": 1, "text": "评 & <", "reply_markup": {"inline_keyboard": []}}
        unread = await bot.request.post(f"{bot.base_url}/sendMessage", Plain(message))  # type: ignore[arg-type]
        read = await bot.send_message(1, "评 & <", api_kwargs={"reply_markup": {"inline_keyboard": []}})
    assert unread is True
    assert read.message_id == MESSAGE["message_id"]
    assert seen == [message, message]


async def test_plain_parameters_travel_as_they_stand() -> None:
    seen: list[Any] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append((request.path, await request.json()))
        return web.json_response({"ok": True, "result": MESSAGE})

    plain = {"chat_id": 1, "text": "评 & <", "reply_markup": {"inline_keyboard": []}}
    async with served(answer) as bot:
        await call(bot.request, f"{bot.base_url}/sendMessage", plain)
    assert seen == [(f"/bot{TOKEN}/sendMessage", plain)]


@pytest.mark.parametrize(("status", "error"), [(400, BadRequest), (401, InvalidToken), (502, NetworkError)])
async def test_a_plain_call_fails_with_python_telegram_bots_errors(status: int, error: type[TelegramError]) -> None:
    async with saying(status, '{"ok":false,"description":"x"}') as bot:
        with pytest.raises(error):
            await call(bot.request, f"{bot.base_url}/sendMessage", {"chat_id": 1, "text": "x"})


async def test_a_file_travels_as_multipart() -> None:
    seen: dict[str, bytes | str] = {}

    async def answer(request: web.Request) -> web.Response:
        for name, value in (await request.post()).items():
            seen[name] = value if isinstance(value, str) else value.file.read()
        return web.json_response({"ok": True, "result": MESSAGE})

    async with served(answer) as bot:
        await bot.send_document(1, b"\x00content", filename="报告.pdf", caption="说明")
    assert b"\x00content" in seen.values()
    assert seen["caption"] == "说明"


async def test_nothing_that_goes_over_http_is_logged_even_at_debug(caplog: pytest.LogCaptureFixture) -> None:
    async with saying(500, "<html>") as bot:
        with caplog.at_level(logging.DEBUG, logger="bot"), pytest.raises(NetworkError):
            await bot.send_message(1, "x")
    assert not [each for each in caplog.records if each.name.startswith("bot.")]


async def test_half_a_character_does_not_break_a_call() -> None:
    async with saying(200, '{"ok":true,"result":true}') as bot:
        assert await bot.answer_callback_query("1", text="a\ud83d")


async def test_a_closed_pool_is_a_network_error() -> None:
    with pytest.raises(NetworkError):
        await AiohttpRequest().post("http://127.0.0.1:1/x")
