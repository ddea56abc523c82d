"""ZIP and Office files that are the same bytes whenever they are made: every part bears the time of its content."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Iterable

_EPOCH: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""The first moment that a ZIP file knows."""
_MODE: Final = 0o644 << 16
_PROPERTIES: Final = "docProps/core.xml"
_TIME: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def zipped(parts: Iterable[tuple[str, bytes]], at: datetime | None) -> bytes:
    """The parts by their names, in one ZIP of that moment; None stands for no moment at all."""
    made, moment = BytesIO(), _moment(at).timetuple()[:6]
    with ZipFile(made, "w") as target:
        for name, content in parts:
            part = ZipInfo(name, moment)
            part.external_attr = _MODE
            target.writestr(part, content, ZIP_DEFLATED)
    return made.getvalue()


def steady(packed: bytes, at: datetime | None) -> bytes:
    """The same DOCX or XLSX file with that moment everywhere, its properties included."""
    time = f"{_moment(at):%Y-%m-%dT%H:%M:%SZ}".encode()
    with ZipFile(BytesIO(packed)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts[_PROPERTIES] = _TIME.sub(rb"\g<1>" + time + rb"\g<2>", parts[_PROPERTIES])
    return zipped(parts.items(), at)


def _moment(at: datetime | None) -> datetime:
    return max(at or _EPOCH, _EPOCH).astimezone(UTC)
