"""Every file format that documents are given out in, each behind one call."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.reports.model import Document, Stamp
    from bot.reports.pdf.fonts import FontChoice
    from bot.reports.templates import Templates


class Format(Enum):
    """The formats; the value is the ending of their names."""

    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Means:
    """What is needed beside a document: where its letter's template lies, and fonts that are wanted above others."""

    templates: Templates
    fonts: FontChoice | None = None


def render(form: Format, document: Document, stamp: Stamp, means: Means) -> bytes:
    """The document in that format; FontsMissingError for a PDF where there is no Chinese font."""
    match form:
        case Format.DOCX:
            from bot.reports import docx  # noqa: PLC0415 - loaded with the first document

            return docx.render(document, stamp, means.templates)
        case Format.PDF:
            from bot.reports import pdf  # noqa: PLC0415 - loaded with the first document

            return pdf.render(document, stamp) if means.fonts is None else pdf.render(document, stamp, means.fonts)
        case Format.XLSX:
            from bot.reports import xlsx  # noqa: PLC0415 - loaded with the first document

            return xlsx.render(document, stamp)
