"""Kept-alive connections to one server: a call goes out whole, and the whole response comes back."""

from __future__ import annotations

import asyncio
import socket
import ssl
from base64 import b64encode
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias, cast
from urllib.parse import unquote, urlsplit

from aiohappyeyeballs import start_connection

from bot.handlers.responses import Reading, Response, UnreadableResponseError

if TYPE_CHECKING:
    from asyncio import BaseTransport, Transport

_KEPT: Final = 30.0
"""Seconds that a connection is kept for the next call."""

_NEXT_ADDRESS: Final = 0.25
"""Seconds until another address of the server is tried beside the first."""

_PORTS: Final = {"http": 80, "https": 443}
_JSON: Final = b"Content-Type: application/json\r\n"
_LENGTH: Final = b"Content-Length: %d\r\n\r\n"

Origin: TypeAlias = tuple[str, str, int]
"""Scheme, host and port."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a call goes, and how it begins."""

    origin: Origin
    head: bytes


@lru_cache(maxsize=64)
def target(url: str) -> Target:
    """What a URL says; OSError where it is none that can be called."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or not url.isascii() or not url.isprintable() or " " in url:
        raise OSError("no address of a server")
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    who, _, host = parts.netloc.rpartition("@")
    proof = f"Authorization: Basic {b64encode(unquote(who).encode()).decode()}\r\n" if who else ""
    head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\n{proof}"
    return Target((parts.scheme, parts.hostname, parts.port or _PORTS[parts.scheme]), head.encode())


class Connection(asyncio.Protocol):
    """One connection: one call at a time, and never again after one that failed."""

    def __init__(self) -> None:
        self.idle_since = 0.0
        self._transport: Transport | None = None
        self._reading = Reading()
        self._response: asyncio.Future[Response] | None = None

    @property
    def is_open(self) -> bool:
        """Whether a call can go out, as far as is known."""
        return self._transport is not None and not self._transport.is_closing()

    async def call(self, request: bytes) -> Response:
        """Send, and wait for the response; raises OSError or UnreadableResponseError."""
        if self._transport is None:
            raise ConnectionResetError
        self._reading, self._response = Reading(), asyncio.get_running_loop().create_future()
        self._transport.write(request)
        try:
            return await self._response
        finally:
            self._response = None

    def close(self) -> None:
        """Let go of it at once."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: BaseTransport) -> None:
        """It is open."""
        self._transport = cast("Transport", transport)

    def data_received(self, data: bytes) -> None:
        """A part of the response; what nobody asked for is the end of the connection."""
        if self._response is None or self._response.done():
            self.close()
            return
        try:
            response = self._reading.feed(data)
        except UnreadableResponseError as error:
            self._response.set_exception(error)
        else:
            if response is not None:
                self._response.set_result(response)

    def connection_lost(self, error: Exception | None) -> None:
        """It has ended, perhaps with the response."""
        self._transport = None
        if self._response is None or self._response.done():
            return
        response = self._reading.end() if error is None else None
        if response is None:
            self._response.set_exception(ConnectionResetError())
        else:
            self._response.set_result(response)


class Connections:
    """Up to `most` calls side by side; every call gets a connection that nobody else is using."""

    def __init__(self, most: int) -> None:
        self._room = asyncio.Semaphore(most)
        self._idle: defaultdict[Origin, list[Connection]] = defaultdict(list)
        self._tls: ssl.SSLContext | None = None

    async def post(self, url: str, body: bytes, seconds: float | None) -> Response:
        """Post JSON, or nothing; TimeoutError after so many seconds, OSError or UnreadableResponseError."""
        where = target(url)
        kind = _JSON if body else b""
        async with asyncio.timeout(seconds), self._room:
            connection = self._kept(where.origin) or await self._open(where.origin)
            try:
                response = await connection.call(b"".join((where.head, kind, _LENGTH % len(body), body)))
            except BaseException:
                connection.close()
                raise
            self._keep(where.origin, connection, response)
            return response

    def close(self) -> None:
        """Close what is not in use."""
        for idle in self._idle.values():
            while idle:
                idle.pop().close()

    def _kept(self, origin: Origin) -> Connection | None:
        """The connection that was used last, unless the server may have given it up."""
        idle, oldest = self._idle[origin], asyncio.get_running_loop().time() - _KEPT
        while idle:
            connection = idle.pop()
            if connection.is_open and connection.idle_since > oldest:
                return connection
            connection.close()
        return None

    def _keep(self, origin: Origin, connection: Connection, response: Response) -> None:
        if response.keeps:
            connection.idle_since = asyncio.get_running_loop().time()
            self._idle[origin].append(connection)
        else:
            connection.close()

    async def _open(self, origin: Origin) -> Connection:
        scheme, host, port = origin
        loop, tls = asyncio.get_running_loop(), await self._encryption() if scheme == "https" else None
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        opened = await start_connection(found, happy_eyeballs_delay=_NEXT_ADDRESS, interleave=1)
        _, connection = await loop.create_connection(
            Connection, sock=opened, ssl=tls, server_hostname=host if tls is not None else None
        )
        return connection

    async def _encryption(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = await asyncio.to_thread(ssl.create_default_context)
        return self._tls
