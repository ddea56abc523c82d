"""HTTP to the Bot API for python-telegram-bot: its documented `BaseRequest` seam, files on aiohttp."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, cast

import aiohttp
from telegram.error import BadRequest, NetworkError, TimedOut
from telegram.request import BaseRequest
from yarl import URL

from bot.handlers.connections import Connections
from bot.handlers.responses import UnreadableResponseError
from bot.handlers.wire import Json, dumps, loads

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput
    from telegram.request import RequestData

_OK: Final = range(200, 300)
DOWNLOAD_SECONDS: Final = 120.0
"""How long a file may take to come: 20 MB over a slow line."""

_PIECE: Final = 2**16
_JSON_HEADERS: Final = {"Content-Type": "application/json"}
_DONE: Final = b'{"ok":true,"result":true}'
"""In place of a result that nobody reads: building the objects of a message would cost most of the call."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Parameters that are JSON as they stand, where python-telegram-bot would look through each for files.

    Nobody reads the result of a call with them.
    """

    parameters: Json
    contains_files: ClassVar[bool] = False


async def call(request: BaseRequest, url: str, parameters: Json) -> None:
    """Call a method whose result nobody reads, past the objects of `telegram.Bot`; raises its errors all the same."""
    await request.post(url, cast("RequestData", Plain(parameters)))


class AiohttpRequest(BaseRequest):
    """Kept-alive connections to one Bot API server; errors carry no URL, since the token stands in it.

    JSON goes past aiohttp, which takes three times as long over a call; only files and a proxy need what it can do.
    `connections` bounds how many calls run side by side, `timeout` (seconds) how long one may take.
    """

    def __init__(self, *, connections: int = 64, timeout: float = 20.0, proxy: str | None = None) -> None:
        self._timeout = timeout
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        self._most = connections
        self._connections = Connections(connections)

    @property
    def read_timeout(self) -> float | None:
        """Seconds that an answer may take."""
        return self._timeout

    async def initialize(self) -> None:
        """Open the pool; does nothing when it is open."""
        os.environ.setdefault("PTB_TIMEDELTA", "true")  # PTB's own switch: without it each 429 warns of a new type
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._most, keepalive_timeout=30.0),
                cookie_jar=aiohttp.DummyCookieJar(),
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None
            self._connections.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> Json:
        """The envelope of an answer; NetworkError for anything else: a proxy's page, a cut or an empty body."""
        try:
            envelope = loads(payload)
        except ValueError:
            envelope = None
        if not isinstance(envelope, dict):
            raise NetworkError("the answer is no JSON object")
        return envelope

    async def download(self, url: str, most: int) -> bytes | None:
        """The bytes of an address, None when there are more than `most`; raises TimedOut or NetworkError."""
        if self._session is None:
            raise NetworkError("the connection pool is closed")
        timeout = aiohttp.ClientTimeout(total=DOWNLOAD_SECONDS)
        try:
            async with self._session.get(url, proxy=self._proxy, timeout=timeout) as response:
                if response.status not in _OK:
                    raise NetworkError(f"status {response.status}")
                return await _at_most(response.content, most)
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - one timeout bounds the whole call
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - as above
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - as above
    ) -> tuple[int, bytes]:
        """One call; raises TimedOut, NetworkError, or BadRequest when the parameters cannot be written as JSON."""
        if self._session is None:
            raise NetworkError("the connection pool is closed")
        body = _body(request_data)
        seconds = self._timeout if read_timeout is BaseRequest.DEFAULT_NONE else cast("float | None", read_timeout)
        try:
            if method == "POST" and isinstance(body, bytes) and self._proxy is None:
                response = await self._connections.post(url, body, seconds)
                status, payload = response.status, response.body
            else:
                status, payload = await self._by_aiohttp(self._session, method, url, body, seconds)
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, UnreadableResponseError) as error:
            raise NetworkError(type(error).__name__) from None
        if status in _OK and method == "POST":
            return status, self._checked(payload, is_read=not isinstance(request_data, Plain))
        return status, payload

    async def _by_aiohttp(
        self,
        session: aiohttp.ClientSession,
        method: str,
        url: str,
        body: bytes | aiohttp.FormData,
        seconds: float | None,
    ) -> tuple[int, bytes]:
        """What is more than JSON on its way to the server: files, and everything that goes through a proxy."""
        headers = _JSON_HEADERS if isinstance(body, bytes) and body else None
        timeout = aiohttp.ClientTimeout(total=seconds)
        async with session.request(
            method, URL(url, encoded=True), data=body or None, headers=headers, proxy=self._proxy, timeout=timeout
        ) as response:
            return response.status, await response.read()

    def _checked(self, payload: bytes, *, is_read: bool) -> bytes:
        """The payload of a success, which an envelope without a result is not."""
        envelope = self.parse_json_payload(payload)
        if envelope.get("ok") is not True or "result" not in envelope:
            raise NetworkError("the answer says neither a result nor an error")
        return payload if is_read else _DONE


async def _at_most(stream: aiohttp.StreamReader, most: int) -> bytes | None:
    content = bytearray()
    async for piece in stream.iter_chunked(_PIECE):
        content += piece
        if len(content) > most:
            return None
    return bytes(content)


def _body(data: RequestData | None) -> bytes | aiohttp.FormData:
    if data is None:
        return b""
    try:
        return _form(data) if data.contains_files else dumps(data.parameters)
    except (TypeError, ValueError) as error:
        raise BadRequest(f"the parameters cannot be written as JSON: {type(error).__name__}") from None


def _form(data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)  # a name in Chinese is sent as it is, not in percent signs
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, content_type) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=content_type)
    return form
