"""Calls over kept-alive connections, to servers that behave and to servers that do not."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import pytest

from bot.handlers.connections import Connections
from bot.handlers.responses import UnreadableResponseError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
OPENSSL = shutil.which("openssl")
ISSUE = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost")
NAMED = ("-addext", "subjectAltName=DNS:localhost")

Behave: TypeAlias = "Callable[[asyncio.StreamWriter], Awaitable[None]]"


@dataclass
class Server:
    """What came, call by call, and how many connections it came over."""

    behave: Behave
    port: int = 0
    calls: list[bytes] = field(default_factory=list)
    writers: list[asyncio.StreamWriter] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/bot1:x/sendMessage"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writers.append(writer)
        while not reader.at_eof():
            try:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.partition(b"Content-Length: ")[2].split(b"\r\n")[0])
                self.calls.append(head + await reader.readexactly(length))
                await self.behave(writer)
            except (asyncio.IncompleteReadError, ConnectionError):
                break
        writer.close()


async def answer(writer: asyncio.StreamWriter) -> None:
    writer.write(OK)


async def keep_silent(_writer: asyncio.StreamWriter) -> None:
    """Nothing at all."""


async def hang_up(writer: asyncio.StreamWriter) -> None:
    writer.close()


@asynccontextmanager
async def served(behave: Behave = answer, tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    server = Server(behave)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        for writer in server.writers:
            writer.close()


async def until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110 - the other end of the connection changes it
        await asyncio.sleep(0)


async def test_a_call_is_what_an_http_server_expects() -> None:
    async with served() as server:
        connections = Connections(1)
        response = await connections.post(f"{server.url}?limit=1", b'{"a":1}', 5.0)
        connections.close()
    assert (response.status, response.body) == (200, b"{}")
    host = f"127.0.0.1:{server.port}".encode()
    assert server.calls == [
        b"POST /bot1:x/sendMessage?limit=1 HTTP/1.1\r\nHost: %b\r\n"
        b'Content-Type: application/json\r\nContent-Length: 7\r\n\r\n{"a":1}' % host
    ]


async def test_a_call_without_parameters_claims_no_json() -> None:
    async with served() as server:
        await Connections(1).post(server.url, b"", 5.0)
    assert b"Content-Type" not in server.calls[0]
    assert server.calls[0].endswith(b"Content-Length: 0\r\n\r\n")


async def test_a_name_and_password_in_the_address_are_shown_to_the_server_alone() -> None:
    async with served() as server:
        await Connections(1).post(server.url.replace("//", "//me:%E8%AF%84@"), b"", 5.0)
    assert b"\r\nHost: 127.0.0.1:" in server.calls[0]
    assert b"\r\nAuthorization: Basic bWU66K+E\r\n" in server.calls[0]


async def test_calls_one_after_the_other_share_a_connection() -> None:
    async with served() as server:
        connections = Connections(5)
        for _ in range(3):
            await connections.post(server.url, b"{}", 5.0)
    assert (len(server.calls), len(server.writers)) == (3, 1)


async def test_no_more_calls_run_side_by_side_than_there_may_be_connections() -> None:
    running = most = 0

    async def count(writer: asyncio.StreamWriter) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        await answer(writer)

    async with served(count) as server:
        connections = Connections(3)
        await asyncio.gather(*(connections.post(server.url, b"{}", 5.0) for _ in range(20)))
    assert (len(server.calls), len(server.writers)) == (20, 3)
    assert most <= 3


async def test_a_connection_that_the_server_gave_up_meanwhile_is_not_used_again() -> None:
    async with served() as server:
        connections = Connections(1)
        await connections.post(server.url, b"{}", 5.0)
        [(origin, [kept])] = connections._idle.items()
        server.writers[0].close()
        await until(lambda: not kept.is_open)
        await connections.post(server.url, b"{}", 5.0)
    assert origin == ("http", "127.0.0.1", server.port)
    assert (len(server.calls), len(server.writers)) == (2, 2)


async def test_a_connection_that_waited_long_is_not_used_again() -> None:
    async with served() as server:
        connections = Connections(1)
        await connections.post(server.url, b"{}", 5.0)
        [[kept]] = connections._idle.values()
        kept.idle_since -= 3600
        await connections.post(server.url, b"{}", 5.0)
    assert len(server.writers) == 2


async def test_a_connection_on_which_something_unasked_came_is_not_used_again() -> None:
    async with served() as server:
        connections = Connections(1)
        await connections.post(server.url, b"{}", 5.0)
        [[kept]] = connections._idle.values()
        server.writers[0].write(OK)
        await until(lambda: not kept.is_open)
        response = await connections.post(server.url, b"{}", 5.0)
    assert response.body == b"{}"
    assert len(server.writers) == 2


async def test_a_server_that_hangs_up_is_an_error_at_once() -> None:
    async with served(hang_up) as server:
        with pytest.raises(ConnectionError):
            await Connections(1).post(server.url, b"{}", None)


async def test_a_response_that_is_cut_off_is_an_error() -> None:
    async def cut(writer: asyncio.StreamWriter) -> None:
        writer.write(OK[:-1])
        writer.close()

    async with served(cut) as server:
        with pytest.raises(ConnectionError):
            await Connections(1).post(server.url, b"{}", None)


async def test_what_is_no_http_is_an_error() -> None:
    async def babble(writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0\r\n\r\n")

    async with served(babble) as server:
        with pytest.raises(UnreadableResponseError):
            await Connections(1).post(server.url, b"{}", None)


async def test_after_a_call_that_took_too_long_the_next_one_gets_its_own_answer() -> None:
    first = True

    async def late(writer: asyncio.StreamWriter) -> None:
        nonlocal first
        if not first:
            await answer(writer)
        first = False

    async with served(late) as server:
        connections = Connections(1)
        with pytest.raises(TimeoutError):
            await connections.post(server.url, b"{}", 0.05)
        assert (await connections.post(server.url, b"{}", 5.0)).status == 200
    assert len(server.writers) == 2


async def test_a_call_that_is_cancelled_makes_room_for_the_next() -> None:
    async with served(keep_silent) as server:
        connections = Connections(1)
        hanging = asyncio.create_task(connections.post(server.url, b"{}", None))
        await until(lambda: bool(server.calls))
        hanging.cancel()
        with pytest.raises(asyncio.CancelledError):
            await hanging
        server.behave = answer
        assert (await connections.post(server.url, b"{}", 5.0)).status == 200


async def test_nobody_listening_is_an_error() -> None:
    async with served() as server:
        port = server.port
    with pytest.raises(OSError, match=str(port)):
        await Connections(1).post(server.url, b"{}", 5.0)


@pytest.mark.parametrize("url", ["", "ftp://localhost/x", "http:///x", "http://localhost/a b", "http://localhost/评"])
async def test_what_is_no_address_is_an_error(url: str) -> None:
    with pytest.raises(OSError, match="no address"):
        await Connections(1).post(url, b"{}", 5.0)


@pytest.mark.skipif(OPENSSL is None, reason="openssl is not installed")
async def test_an_encrypted_call_goes_to_the_server_that_its_certificate_names_and_to_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = [str(OPENSSL), *ISSUE, *NAMED, "-keyout", str(key), "-out", str(certificate)]
    await asyncio.to_thread(subprocess.run, command, check=True, capture_output=True, timeout=20)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    async with served(tls=context) as server:
        url = f"https://localhost:{server.port}/x"
        with pytest.raises(ssl.SSLCertVerificationError):
            await Connections(1).post(url, b"{}", 5.0)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        connections = Connections(1)
        assert (await connections.post(url, b"{}", 5.0)).body == b"{}"
        assert (await connections.post(url, b"{}", 5.0)).body == b"{}"
        with pytest.raises(ssl.SSLCertVerificationError):
            await connections.post(url.replace("localhost", "127.0.0.1"), b"{}", 5.0)
    assert len(server.calls) == 2
