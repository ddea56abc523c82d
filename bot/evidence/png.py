"""PNG pictures without what they tell beside the picture: texts, times, places; no pixel is changed."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Final

from bot.evidence.refusals import FileRefusedError, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_KEPT: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs"}
)
"""The picture, and how to read its colours."""

_HEADER: Final = 13
_FRAME: Final = 12


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height, from the header alone; raises FileRefusedError."""
    name, body = next(_chunks(content), (b"", b""))
    if name != b"IHDR" or len(body) != _HEADER:
        raise FileRefusedError(Reason.DAMAGED)
    width, height = struct.unpack_from(">II", body)
    return width, height


def cleaned(content: bytes) -> bytes:
    """The same picture without anything beside it; raises FileRefusedError."""
    return _SIGNATURE + b"".join(_chunk(name, body) for name, body in _chunks(content) if name in _KEPT)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while len(content) >= at + _FRAME:
        length = int.from_bytes(content[at : at + 4])
        name, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        at += _FRAME + length
        if at > len(content) or zlib.crc32(name + body) != int.from_bytes(content[at - 4 : at]):
            break
        yield name, body
        if name == b"IEND":
            return
    raise FileRefusedError(Reason.DAMAGED)


def _chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)
