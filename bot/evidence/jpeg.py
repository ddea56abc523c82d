"""JPEG pictures without what they tell beside the picture: place, time, camera, thumbnails; no pixel is changed."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING, Final

from bot.evidence.refusals import FileRefusedError, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

_START, _END, _SCAN, _EXIF = 0xD8, 0xD9, 0xDA, 0xE1
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_TABLES: Final = frozenset({0xC4, 0xCC, 0xDB, 0xDD, 0xDC, 0xDE, 0xDF})
_KEPT_MARKS: Final = ((0xE0, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
"""How to read the colours; every other application's segment goes."""

_MARK: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_EXIF_NAME: Final = b"Exif\0\0"
_ORIENTATION: Final = 0x0112
_TURNED: Final = range(2, 9)
_HEAD: Final = struct.Struct(">BHH")


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height, from the header alone; raises FileRefusedError."""
    for mark, body in _segments(content):
        if mark in _FRAMES and len(body) >= 5:  # noqa: PLR2004 - precision, height, width
            _, height, width = _HEAD.unpack_from(body)
            return width, height
    raise FileRefusedError(Reason.DAMAGED)


def cleaned(content: bytes) -> bytes:
    """The same picture, without anything beside it but how it is turned; raises FileRefusedError."""
    parts = [bytes((0xFF, _START))]
    for mark, body in _segments(content):
        if mark == _EXIF and body.startswith(_EXIF_NAME):
            parts.append(_turned(_orientation(body[len(_EXIF_NAME) :])))
        elif mark in _FRAMES or mark in _TABLES or mark == _SCAN or _is_kept(mark, body):
            parts.append(body if mark == _SCAN else _segment(mark, body))
    return b"".join((*parts, bytes((0xFF, _END))))


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Every marker with what belongs to it; a scan comes with its marker, header and data."""
    at = 2
    while (found := _MARK.search(content, at)) is not None:
        mark, start = content[found.end() - 1], found.end()
        if mark == _END:
            return
        if len(content) < start + 2:
            break
        end = start + int.from_bytes(content[start : start + 2])
        if mark == _SCAN:
            following = _MARK.search(content, end)
            at = following.start() if following else len(content)
            yield mark, content[found.start() : at]
        else:
            at = end
            yield mark, content[start + 2 : end]
    raise FileRefusedError(Reason.DAMAGED)


def _is_kept(mark: int, body: bytes) -> bool:
    return any(mark == kept and body.startswith(name) for kept, name in _KEPT_MARKS)


def _segment(mark: int, body: bytes) -> bytes:
    return bytes((0xFF, mark)) + (len(body) + 2).to_bytes(2) + body


def _orientation(tiff: bytes) -> int:
    """How the camera was held, 0 where it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 0
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for number in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * number)
            if tag == _ORIENTATION:
                return int(value)
    except struct.error:
        pass
    return 0


def _turned(orientation: int) -> bytes:
    """A segment that says how to turn the picture, and nothing else."""
    if orientation not in _TURNED:
        return b""
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    return _segment(_EXIF, _EXIF_NAME + tiff)
