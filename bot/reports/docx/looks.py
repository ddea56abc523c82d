"""How each kind of paragraph and cell looks on each layout: fonts, sizes and margins, as data."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from bot.data_files.strict_yaml import read

if TYPE_CHECKING:
    from bot.reports.model import Layout


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Page(_Data):
    """The margins of an A4 page, and how far header and footer stand from its edge, in millimetres."""

    top: int
    bottom: int
    left: int
    right: int
    header: int
    footer: int


class Look(_Data):
    """One look: sizes in points, indents in characters; `pitch` is a fixed distance of lines, 0 for the font's own.

    `keep` holds the paragraph on the page of the next one; `level` is its place in the outline, 0 for none.
    """

    font: str
    size: float
    align: Literal["left", "center", "right", "both"] = "left"
    pitch: float = 0
    before: float = 0
    after: float = 0
    indent: int = 0
    right: int = 0
    keep: bool = False
    level: int = 0
    color: str = "000000"


class Looks(_Data):
    """All looks of one layout by the names of their styles; `sides` puts page numbers at the outer edges."""

    page: Page
    sides: bool
    looks: dict[str, Look]


class _Wanted(_Data):
    fonts: dict[str, str]
    letter: Looks
    form: Looks


def looks_of(layout: Layout) -> Looks:
    """The looks of that layout."""
    found: Looks = getattr(_wanted(), layout.value)
    return found


def font_of(look: Look) -> str:
    """The name of the look's font, as Windows and WPS know it."""
    return _wanted().fonts[look.font]


@cache
def _wanted() -> _Wanted:
    text = (files("bot.reports.docx") / "looks.yaml").read_text(encoding="utf-8")
    return _Wanted.model_validate(read(text).data)
