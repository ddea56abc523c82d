"""DOCX and XLSX files: told apart by what they say they hold, and refused with macros, locks or document types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from bot.evidence.archives import opened, pieces
from bot.evidence.kinds import Kind
from bot.evidence.refusals import FileRefusedError, Reason

if TYPE_CHECKING:
    import zipfile

_CONTENTS: Final = "[Content_Types].xml"
_MAIN: Final = (
    (b"wordprocessingml.document.main+xml", Kind.DOCX),
    (b"spreadsheetml.sheet.main+xml", Kind.XLSX),
)
_MACRO_KIND: Final = b"macroenabled"
_MACRO_PARTS: Final = ("vbaproject.bin", "vbadata.xml")
_MACRO_FOLDERS: Final = ("/macrosheets/", "/activex/")
_XML: Final = (".xml", ".rels", ".vml")


def checked(content: bytes) -> Kind:
    """Which kind of document the archive is; raises FileRefusedError."""
    with opened(content) as archive:
        parts = archive.infolist()
        listed = next((part for part in parts if part.filename == _CONTENTS), None)
        if listed is None:
            raise FileRefusedError(Reason.FOREIGN)
        contents = b"".join(pieces(archive, listed))
        if _MACRO_KIND in contents.lower() or any(_is_macro(part.filename) for part in parts):
            raise FileRefusedError(Reason.ACTIVE)
        for part in parts:
            if part.filename.casefold().endswith(_XML):
                _check_xml(archive, part)
    for main, kind in _MAIN:
        if main in contents:
            return kind
    raise FileRefusedError(Reason.FOREIGN)


def _is_macro(name: str) -> bool:
    low = f"/{name.casefold()}"
    return low.endswith(_MACRO_PARTS) or any(folder in low for folder in _MACRO_FOLDERS)


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Well-formed, and without a document type: entities, inside or outside, are declared nowhere else."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    try:
        for piece in pieces(archive, part):
            parser.Parse(piece)
        parser.Parse(b"", True)  # noqa: FBT003 - expat's own: this was the last piece
    except expat.ExpatError as error:
        raise FileRefusedError(Reason.DAMAGED) from error


def _refuse(*_: object) -> None:
    raise FileRefusedError(Reason.ENTITIES)
