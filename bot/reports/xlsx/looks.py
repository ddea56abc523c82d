"""How paragraphs and cells look on a worksheet: font, size, where they stand, and whether they are framed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.reports.model import CellKind, Style


@dataclass(frozen=True, slots=True)
class Look:
    """One look; `name` is that of its style in the workbook."""

    name: str
    font: str
    size: float
    across: str
    down: str = "center"
    is_framed: bool = False


_SONG: Final = "SimSun"
_HEI: Final = "SimHei"
_FANG: Final = "FangSong"

_LOOKS: Final[dict[Style | CellKind, Look]] = {
    Style.ATTACHMENT: Look("attachment", _HEI, 12, "left"),
    Style.TITLE: Look("title", _SONG, 16, "center"),
    Style.ADDRESSEE: Look("addressee", _FANG, 12, "left"),
    Style.HEADING: Look("heading", _HEI, 12, "left"),
    Style.SUBHEADING: Look("subheading", "KaiTi", 12, "left"),
    Style.BODY: Look("body", _FANG, 12, "left"),
    Style.LINE: Look("line", _FANG, 11, "left"),
    Style.NOTE: Look("note", _FANG, 10, "left"),
    Style.SIGNATURE: Look("signature", _FANG, 12, "right"),
    CellKind.HEADING: Look("column", _HEI, 10.5, "center", is_framed=True),
    CellKind.LABEL: Look("label", _FANG, 10.5, "center", is_framed=True),
    CellKind.TEXT: Look("text", _FANG, 10.5, "left", is_framed=True),
    CellKind.SHORT: Look("short", _FANG, 10.5, "center", is_framed=True),
    CellKind.NUMBER: Look("number", _SONG, 10.5, "center", is_framed=True),
    CellKind.INK: Look("ink", _FANG, 10.5, "left", "top", is_framed=True),
}


def look_of(style: Style | CellKind) -> Look:
    """The look of a paragraph's style or of a cell's kind."""
    return _LOOKS[style]
