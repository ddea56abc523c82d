"""Office files that are the same bytes whenever they are made: every part bears the time of its content."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""The first moment that a ZIP file knows."""
_PROPERTIES: Final = "docProps/core.xml"
_TIME: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def steady(packed: bytes, at: datetime | None) -> bytes:
    """The same DOCX or XLSX file with that moment everywhere, in UTC; None stands for no moment at all."""
    moment, made = max(at or _EPOCH, _EPOCH).astimezone(UTC), BytesIO()
    with ZipFile(BytesIO(packed)) as source, ZipFile(made, "w") as target:
        for name in source.namelist():
            part = ZipInfo(name, moment.timetuple()[:6])
            content = source.read(name)
            if name == _PROPERTIES:
                content = _TIME.sub(rb"\g<1>" + f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<2>", content)
            target.writestr(part, content, ZIP_DEFLATED)
    return made.getvalue()
