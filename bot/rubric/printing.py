"""The printed form of a 评估表: its pages, and the quotations that stand on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.rubric.basics import ItemId


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of the notice with the clause where they stand, such as "通知二（二）2"."""

    clause: str
    text: str


@dataclass(frozen=True, slots=True)
class SheetChapter:
    """The part of a chapter that one printed sheet holds; `label` is its first cell as printed."""

    chapter: str
    label: str
    items: tuple[ItemId, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One printed page of the form, such as 表2-1, with its heading words as they stand there."""

    id: str
    caption: str
    head: str
    columns: tuple[str, ...]
    chapters: tuple[SheetChapter, ...]
