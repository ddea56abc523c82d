"""An HTTP response as its bytes come in: of a given length, in pieces, or until the connection ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LARGEST: Final = 2**26
"""The most bytes of a response; a Bot API server sends far less."""

_LARGEST_HEAD: Final = 2**16
_LINE: Final = b"\r\n"
_BLANK_LINE: Final = b"\r\n\r\n"
_INTERIM: Final = range(100, 200)
_WITHOUT_BODY: Final = frozenset({204, 304})


class UnreadableResponseError(Exception):
    """What came is no response, or too much of one."""


@dataclass(frozen=True, slots=True)
class Response:
    """A whole response; `keeps` tells whether its connection can take another call."""

    status: int
    body: bytes
    keeps: bool


@dataclass(frozen=True, slots=True)
class _Head:
    """What the first lines say; `length` None: the body ends with the connection, unless it comes in pieces."""

    status: int
    length: int | None
    is_in_pieces: bool
    keeps: bool


class Reading:
    """One response on its way."""

    __slots__ = ("_came", "_head", "_largest", "_pieces")

    def __init__(self, largest: int = LARGEST) -> None:
        self._largest = largest
        self._came = b""
        self._head: _Head | None = None
        self._pieces = bytearray()

    def feed(self, data: bytes) -> Response | None:
        """Take in what has come; the response once it is whole. UnreadableResponseError when it cannot be one."""
        self._came += data
        if len(self._came) + len(self._pieces) > self._largest:
            raise UnreadableResponseError
        while self._head is None:
            if not self._read_head():
                return None
        if self._head.is_in_pieces:
            return self._response(bytes(self._pieces)) if self._read_pieces() else None
        length = self._head.length
        if length is None or len(self._came) < length:
            return None
        body, self._came = self._came[:length], self._came[length:]
        return self._response(body)

    def end(self) -> Response | None:
        """Nothing more comes; the response, if that is what ends it."""
        if self._head is None or self._head.is_in_pieces or self._head.length is not None:
            return None
        return Response(self._head.status, self._came, keeps=False)

    def _response(self, body: bytes) -> Response:
        """Whatever came beyond the response belongs to no call, so nothing more is believed of the connection."""
        assert self._head is not None  # noqa: S101 - there is no body before a head
        return Response(self._head.status, body, self._head.keeps and not self._came)

    def _read_head(self) -> bool:
        """Whether a head was there; an interim one is passed over."""
        text, end, rest = self._came.partition(_BLANK_LINE)
        if len(text) > _LARGEST_HEAD:
            raise UnreadableResponseError
        if not end:
            return False
        head, self._came = _head(text.decode("latin-1")), rest
        if head.status not in _INTERIM:
            self._head = head
        return True

    def _read_pieces(self) -> bool:
        """Put the whole pieces together; whether that was all, what may stand behind the last one included."""
        while (end := self._came.find(_LINE)) >= 0:
            size = _number(self._came[:end].partition(b";")[0].decode("latin-1"), 16)
            if not size:
                close = self._came.find(_BLANK_LINE, end)
                self._came = self._came[close + len(_BLANK_LINE) :] if close >= 0 else self._came
                return close >= 0
            start, stop = end + len(_LINE), end + len(_LINE) + size
            if len(self._came) < stop + len(_LINE):
                break
            self._pieces += self._came[start:stop]
            self._came = self._came[stop + len(_LINE) :]
        return False


def _head(text: str) -> _Head:
    first, *lines = text.split("\r\n")
    fields = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in lines)}
    version, _, rest = first.partition(" ")
    if version not in ("HTTP/1.1", "HTTP/1.0"):
        raise UnreadableResponseError
    status, length = _number(rest[:3], 10), fields.get("content-length")
    is_in_pieces = fields.get("transfer-encoding", "").lower() == "chunked"
    if status in _WITHOUT_BODY:
        length, is_in_pieces = "0", False
    keeps = version == "HTTP/1.1" and fields.get("connection", "").lower() != "close"
    return _Head(status, None if length is None else _number(length, 10), is_in_pieces, keeps)


def _number(digits: str, base: int) -> int:
    if not digits.strip().isalnum():
        raise UnreadableResponseError
    try:
        return int(digits, base)
    except ValueError:
        raise UnreadableResponseError from None
