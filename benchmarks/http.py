"""The least HTTP/1.1 that bots speak to a Bot API server: kept-alive connections, one request after the other."""

from __future__ import annotations

import asyncio
from email import policy
from email.parser import BytesParser
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import parse_qsl

import orjson

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Answer = Callable[[str, dict[str, Any]], Awaitable[Any]]

_HEAD_ENDS: Final = b"\r\n\r\n"
_ANSWER: Final = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


class Connection(asyncio.Protocol):
    """One bot connection: each request's method and parameters go to `answer`, whose result goes back."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._received = bytearray()
        self._transport: asyncio.Transport | None = None
        self._task: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A bot connected."""
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, _error: Exception | None) -> None:
        """The bot left; nobody reads the answer any more."""
        if self._task is not None:
            self._task.cancel()

    def data_received(self, data: bytes) -> None:
        """A piece of a request came."""
        self._received += data
        if self._task is None or self._task.done():
            self._begin()

    def _begin(self) -> None:
        request = self._take()
        if request is not None:
            self._task = asyncio.get_running_loop().create_task(self._serve(*request))

    async def _serve(self, method: str, parameters: dict[str, Any]) -> None:
        body = orjson.dumps({"ok": True, "result": await self._answer(method, parameters)})
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(_ANSWER % len(body) + body)
        if self._received:
            asyncio.get_running_loop().call_soon(self._begin)

    def _take(self) -> tuple[str, dict[str, Any]] | None:
        """The next request, out of what was received; None while it is not complete."""
        end = self._received.find(_HEAD_ENDS)
        if end < 0:
            return None
        first, headers = _head(bytes(self._received[:end]))
        body, used = _body(self._received, end + len(_HEAD_ENDS), headers)
        if body is None:
            return None
        del self._received[:used]
        path, _, query = first.split(" ")[1].partition("?")
        return path.rpartition("/")[2], dict(parse_qsl(query)) | _parameters(body, headers.get("content-type", ""))


def _head(head: bytes) -> tuple[str, dict[str, str]]:
    first, *lines = head.decode("latin-1").split("\r\n")
    fields = (line.partition(":") for line in lines)
    return first, {name.lower(): value.strip() for name, _, value in fields}


def _body(received: bytearray, start: int, headers: dict[str, str]) -> tuple[bytes | None, int]:
    """The body and where it ends; None while it is not complete."""
    if "chunked" in headers.get("transfer-encoding", ""):
        return _chunks(received, start)
    end = start + int(headers.get("content-length", "0"))
    return (bytes(received[start:end]), end) if len(received) >= end else (None, 0)


def _chunks(received: bytearray, start: int) -> tuple[bytes | None, int]:
    body = b""
    while (line_ends := received.find(b"\r\n", start)) >= 0:
        size = int(received[start:line_ends], 16)
        start = line_ends + 2 + size + 2
        if len(received) < start:
            break
        body += received[line_ends + 2 : start - 2]
        if size == 0:
            return body, start
    return None, 0


def _parameters(body: bytes, content_type: str) -> dict[str, Any]:
    if not body:
        return {}
    if "json" in content_type:
        parameters: dict[str, Any] = orjson.loads(body)
        return parameters
    if "multipart" in content_type:
        return _parts(body, content_type)
    return dict(parse_qsl(body.decode()))


def _parts(body: bytes, content_type: str) -> dict[str, Any]:
    message = BytesParser(policy=policy.HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    return {
        str(part.get_param("name", header="content-disposition")): _words(part.get_payload(decode=True))
        for part in message.iter_parts()
    }


def _words(payload: object) -> str:
    return payload.decode() if isinstance(payload, bytes) else ""
