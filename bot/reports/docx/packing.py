"""A finished Word document as bytes, which are the same whenever and wherever it is made."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from bot.reports.content.brief import printable
from bot.reports.steady import steady

if TYPE_CHECKING:
    from datetime import datetime

    from docx.document import Document

    from bot.reports.model import Stamp

_LONGEST: Final = 255
"""The most letters of a property."""


def describe(document: Document, title: str, stamp: Stamp) -> None:
    """Say in the file's properties what it is, whose, and under which 校验码; its times come with the packing."""
    about = document.core_properties
    station = _property(stamp.station)
    about.title, about.subject, about.comments = _property(title), station, _property(stamp.code)
    about.author = about.last_modified_by = station
    about.revision = 1
    about.keywords = about.category = ""


def packed(document: Document, at: datetime | None) -> bytes:
    """The file; every part of it bears that time."""
    loose = BytesIO()
    document.save(loose)
    return steady(loose.getvalue(), at)


def _property(text: str) -> str:
    return printable(text)[:_LONGEST]
