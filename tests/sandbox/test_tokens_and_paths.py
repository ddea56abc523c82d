"""Who may call, and what there is to be called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from sandbox.client import Client
from sandbox.sandbox import Options
from sandbox.server import Running, start

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def session(running: Running) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(running.url) as opened:
        yield opened


@pytest.mark.parametrize("token", ["abc", "0123:abc", "x12:abc", "1:" + "a" * 79])
async def test_what_cannot_be_a_token_is_401_invalid(session: aiohttp.ClientSession, token: str) -> None:
    answer = await Client(session, token).call("getMe")
    assert answer.error == (401, "Unauthorized: invalid token specified")


async def test_an_unknown_token_is_401(session: aiohttp.ClientSession) -> None:
    assert (await Client(session, "1000001:other").call("getMe")).error == (401, "Unauthorized")


async def test_any_well_formed_token_may_be_let_in() -> None:
    async with await start(options=Options(any_token=True)) as server, aiohttp.ClientSession(server.url) as session:
        assert (await Client(session, "77:whatever").call("getMe")).status == 200
        assert (await Client(session, "77").call("getMe")).status == 401


@pytest.mark.parametrize("method", ["sendPigeon", "sendInvoice", "setPassportDataErrors"])
async def test_an_unknown_method_is_404(client: Client, method: str) -> None:
    assert (await client.call(method)).error == (404, "Not Found: method not found")


@pytest.mark.parametrize("path", ["/bot{token}", "/bot{token}/"])
async def test_a_path_without_method_is_404(session: aiohttp.ClientSession, running: Running, path: str) -> None:
    async with session.get(path.format(token=running.token)) as response:
        assert response.status == 404


async def test_method_names_ignore_case(client: Client) -> None:
    assert (await client.call("GETME")).result["username"] == "zicha_sandbox_bot"


@pytest.mark.parametrize("way", ["query", "form", "multipart", "json"])
async def test_parameters_may_travel_in_every_way(
    session: aiohttp.ClientSession, running: Running, person: int, way: str
) -> None:
    address = f"/bot{running.token}/sendMessage"
    values = {"chat_id": str(person), "text": "好"}
    with_file = aiohttp.FormData(values)
    with_file.add_field("thumbnail", b"x", filename="x.bin")
    ways: dict[str, dict[str, Any]] = {
        "query": {"params": values},
        "form": {"data": values},
        "multipart": {"data": with_file},
        "json": {"json": {"chat_id": person, "text": "好"}},
    }
    async with session.post(address, **ways[way]) as response:
        assert (await response.json())["result"]["text"] == "好"


async def test_a_body_that_is_no_json_is_400(session: aiohttp.ClientSession, running: Running) -> None:
    headers = {"Content-Type": "application/json"}
    async with session.post(f"/bot{running.token}/getMe", data=b"{", headers=headers) as response:
        assert response.status == 400
