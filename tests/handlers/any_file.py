"""Files that people send at random: sound and hostile ones, each known by its id alone."""

from __future__ import annotations

import re
import zipfile
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

from bot.workbooks.reading import is_ours
from tests.evidence import samples
from tests.workbooks.builders import edited, fill

if TYPE_CHECKING:
    from collections.abc import Callable

FILLED: Final = "~"
"""Stands before the id of a document of the bot's that comes back with something filled in."""

_ID: Final = re.compile(r"([a-z_]+)-(.*)", re.DOTALL)
_SHEET: Final = "xl/worksheets/sheet1.xml"

KINDS: Final[dict[str, tuple[str, Callable[[bytes], bytes]]]] = {
    "pdf": ("制度.pdf", lambda word: samples.PDF.replace(b"%%EOF", b"%" + word + b"\n%%EOF")),
    "table": ("名册.xlsx", lambda word: samples.packed({_SHEET: b"<x>" + word + b"</x>"})),
    "picture": ("现场.png", lambda _: samples.png()),
    "photo": ("", lambda _: samples.photo()),
    "workbook": ("表.xlsx", lambda _: samples.workbook()),
    "nested": ("套.xlsx", lambda _: samples.nested(3)),
    "empty": ("空.pdf", lambda _: b""),
    "cut": ("半.png", lambda _: samples.png()[:60]),
    "program": ("制度\u202efdp.pdf", lambda _: samples.EXE),
    "locked": ("密.pdf", lambda _: samples.LOCKED_PDF),
    "scripted": ("../../x.pdf", lambda _: samples.SCRIPTED_PDF),
    "sealed": ("x" * 300 + ".xlsx", lambda _: samples.ENCRYPTED_OFFICE),
    "old": ("旧.doc", lambda _: samples.OLD_WORD),
    "heic": ("IMG_1.heic", lambda _: samples.HEIC),
    "huge": ("大.png", lambda _: samples.huge_png()),
    "entities": ("x.xlsx", lambda _: samples.with_entities()),
    "bit": ("\0.xlsx", lambda _: samples.with_lock_bit()),
}
"""The name that each comes under, and how it is made with a word of its sender's inside."""


def file_id(kind: str, word: str) -> str:
    """The id of a file of that kind."""
    return f"{kind}-{word}"


@lru_cache(maxsize=256)
def content(file_id: str) -> bytes | None:
    """What is in a file; None when nobody sent one of that id."""
    known = _ID.fullmatch(file_id)
    if known is None or known[1] not in KINDS:
        return None
    return KINDS[known[1]][1](known[2].encode(errors="replace"))


def filled(data: bytes) -> bytes:
    """A workbook of ours with something filled in; any other file as it is."""
    if not is_ours(data):
        return data
    with edited(data) as (book, saved):
        if any(sheet["A1"].value == "zicha:registration" for sheet in book.worksheets):
            fill(book, "registration", "address", "value", "西昌市一路1号")
    return saved[0]


def words_in(data: bytes) -> str:
    """Every word that can be read in a file, be it packed or not."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return data.decode(errors="ignore")
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return " ".join(archive.read(each).decode(errors="ignore") for each in archive.namelist())
