"""Looks at a file before it is opened as a workbook: sound, small enough to be read at once, no merged cells."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Final

from bot.evidence.checking import examined
from bot.evidence.kinds import Kind
from bot.workbooks.codes import WorkbookCode, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST: Final = 32 * 2**20
"""Bytes of all parts together once unpacked; a whole assessment has less than one million."""
_MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z0-9:]{1,20})"')
_MOST_NAMED: Final = 3


def inspect(data: bytes) -> None:
    """Refuse what is no plain workbook: FileRefusedError for a file that nobody takes, InvalidInputError otherwise."""
    if examined(data, "").kind is not Kind.XLSX:
        raise refusal(WorkbookCode.NOT_XLSX)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST:
            raise refusal(WorkbookCode.TOO_LARGE, most=LARGEST // 2**20)
        merged = list(_merged(archive))
    if merged:
        raise refusal(WorkbookCode.MERGED, ranges=", ".join(merged[:_MOST_NAMED]))


def _merged(archive: zipfile.ZipFile) -> Iterator[str]:
    for name in archive.namelist():
        if name.startswith("xl/worksheets/"):
            yield from (each.decode() for each in _MERGED.findall(archive.read(name)))
