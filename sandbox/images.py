"""The size of a picture, read from its first bytes, and grey stand-ins for the small versions Telegram makes."""

from __future__ import annotations

import struct
import zlib

JPEG_SIZES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
PNG, GIFS, BMP, JPEG = b"\x89PNG\r\n\x1a\n", (b"GIF87a", b"GIF89a"), b"BM", b"\xff\xd8"
SMALL = 90
GREY = b"\xb4"


def dimensions(content: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG, JPEG, GIF, BMP or WebP, None for anything else."""
    try:
        if content.startswith(PNG):
            width, height = struct.unpack(">II", content[16:24])
        elif content.startswith(GIFS):
            width, height = struct.unpack("<HH", content[6:10])
        elif content.startswith(BMP):
            width, height = map(abs, struct.unpack("<ii", content[18:26]))
        elif content.startswith(JPEG):
            width, height = _jpeg(content)
        elif content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            width, height = _webp(content)
        else:
            return None
    except (struct.error, IndexError):
        return None
    return (width, height) if width and height else None


def stand_in(width: int, height: int) -> tuple[bytes, int, int]:
    """Return a grey PNG no larger than 90 either way, of the same shape, with its width and height."""
    scale = SMALL / max(width, height)
    small_width, small_height = max(1, round(width * scale)), max(1, round(height * scale))
    rows = (b"\0" + GREY * small_width) * small_height
    head = struct.pack(">IIBBBBB", small_width, small_height, 8, 0, 0, 0, 0)
    chunks = _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    return PNG + chunks, small_width, small_height


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _jpeg(content: bytes) -> tuple[int, int]:
    at = 2
    while content[at] == 0xFF:  # noqa: PLR2004 - every JPEG marker begins so
        marker = content[at + 1]
        if marker in JPEG_SIZES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return 0, 0


def _webp(content: bytes) -> tuple[int, int]:
    kind = content[12:16]
    if kind == b"VP8X":
        return int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", content[26:30])
    return width & 0x3FFF, height & 0x3FFF
