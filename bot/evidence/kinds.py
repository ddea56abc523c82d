"""Which kind of file some bytes are, by how they begin; a name only has to agree."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from bot.evidence.refusals import FileRefusedError, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kind(Enum):
    """The kinds that are taken; the value is the usual ending of their names."""

    JPEG = "jpg"
    PNG = "png"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"

    @property
    def is_picture(self) -> bool:
        """Whether it is shown as a picture."""
        return self in (Kind.JPEG, Kind.PNG)


_ENDINGS: Final[Mapping[Kind, frozenset[str]]] = {
    Kind.JPEG: frozenset({"jpg", "jpeg", "jpe", "jfif"}),
    Kind.PNG: frozenset({"png"}),
    Kind.PDF: frozenset({"pdf"}),
    Kind.DOCX: frozenset({"docx"}),
    Kind.XLSX: frozenset({"xlsx"}),
}
_BEGINNINGS: Final = ((b"\xff\xd8\xff", Kind.JPEG), (b"\x89PNG\r\n\x1a\n", Kind.PNG), (b"%PDF-", Kind.PDF))
_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
_APPLE_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})


def kind_of(content: bytes) -> Kind | None:
    """The kind of a picture or a PDF, None for a ZIP file, which has to be opened to tell; raises FileRefusedError."""
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content.startswith(_ZIP):
        return None
    if not content:
        raise FileRefusedError(Reason.EMPTY)
    if content.startswith(_COMPOUND):
        raise FileRefusedError(Reason.ENCRYPTED if _ENCRYPTED_PACKAGE in content else Reason.OLD_OFFICE)
    if content[4:8] == b"ftyp" and content[8:12] in _APPLE_BRANDS:
        raise FileRefusedError(Reason.HEIC)
    raise FileRefusedError(Reason.FOREIGN)


def agrees(kind: Kind, name: str) -> bool:
    """Whether a file of that kind may be called so: by a usual ending, or without one."""
    return "." not in name or is_called(kind, name)


def is_called(kind: Kind, name: str) -> bool:
    """Whether the name has an ending that is usual for the kind."""
    _, dot, ending = name.rpartition(".")
    return bool(dot) and ending.strip().casefold() in _ENDINGS[kind]
