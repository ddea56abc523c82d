"""Packed files, measured before they are unpacked: none may grow beyond what a document needs."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Final

from bot.evidence.limits import DEEPEST, LEAST_SUSPECT, MOST_PARTS, MOST_RATIO, MOST_UNPACKED
from bot.evidence.refusals import FileRefusedError, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

STEP: Final = 2**16
"""How much is unpacked at a time."""

_ENCRYPTED: Final = 0x1
_PACKINGS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ZIP: Final = b"PK\x03\x04"


def opened(content: bytes, depth: int = 0) -> zipfile.ZipFile:
    """The archive, fit to be read part by part; raises FileRefusedError."""
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise FileRefusedError(Reason.DAMAGED) from error
    parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    is_suspect = total > LEAST_SUSPECT and total > MOST_RATIO * len(content)
    if len(parts) > MOST_PARTS or total > MOST_UNPACKED or is_suspect:
        raise FileRefusedError(Reason.BOMB)
    for part in parts:
        _check(part)
    _measure(archive, depth)
    return archive


def pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """What a part holds, a little at a time, never more than it says; raises FileRefusedError."""
    try:
        with archive.open(part) as stream:
            while piece := stream.read(STEP):
                yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise FileRefusedError(Reason.DAMAGED) from error


def _check(part: zipfile.ZipInfo) -> None:
    if part.flag_bits & _ENCRYPTED:
        raise FileRefusedError(Reason.ENCRYPTED)
    if part.compress_type not in _PACKINGS or part.filename.startswith("/") or ".." in part.filename.split("/"):
        raise FileRefusedError(Reason.DAMAGED)


def _measure(archive: zipfile.ZipFile, depth: int) -> None:
    """Read everything once, which proves the sizes and checksums; archives inside are measured alike."""
    for part in archive.infolist():
        stream = pieces(archive, part)
        first = next(stream, b"")
        if first.startswith(_ZIP):
            if depth == DEEPEST:
                raise FileRefusedError(Reason.BOMB)
            opened(first + b"".join(stream), depth + 1)
            continue
        for _ in stream:
            pass
