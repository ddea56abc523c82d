"""What documents are made of: paragraphs and grids in which every value has its place, before any file format."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from bot.rubric.scoring import Summary


class Kind(Enum):
    """The documents of the package, in the order in which they are handed in."""

    LETTER = "letter"
    """自查报告"""
    TABLE = "table"
    """附件2: 检查评估表"""
    FORM = "form"
    """附件3: 登记表"""
    CHANGE = "change"
    """变更登记申请, where something differs from the licence"""
    EVIDENCE = "evidence"
    """佐证材料目录"""
    CHECKLIST = "checklist"
    """清单 of what goes along on paper"""


class Style(Enum):
    """What a paragraph is; each format has one look for each (GB/T 9704-2012)."""

    ATTACHMENT = "attachment"
    """“附件2”, flush left at the top"""
    TITLE = "title"
    ADDRESSEE = "addressee"
    """主送机关, flush left"""
    HEADING = "heading"
    """一、"""
    SUBHEADING = "subheading"
    """（一）"""
    BODY = "body"
    """Indented by two characters"""
    LINE = "line"
    """Flush left, as the head of a form"""
    NOTE = "note"
    """Small, below a grid"""
    SIGNATURE = "signature"
    """署名 and 成文日期, at the right"""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words in one style; a line feed is a new line of the same paragraph."""

    style: Style
    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Room for seal and ink, or before a part of a letter, in millimetres."""

    height: int


class CellKind(Enum):
    """What stands in a cell, and so how it is set."""

    HEADING = "heading"
    """At the head of a column, centred"""
    LABEL = "label"
    """An official label beside its value, centred"""
    TEXT = "text"
    """Words, flush left"""
    SHORT = "short"
    """A short value, centred"""
    NUMBER = "number"
    """A figure, centred; a number where the format knows numbers"""
    INK = "ink"
    """Left free for handwriting and seal"""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, merged over `across` columns and `down` rows; `number` is the exact figure that `text` says."""

    text: str
    kind: CellKind = CellKind.TEXT
    across: int = 1
    down: int = 1
    number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that begin in this row, from the left; `height` is the least, in millimetres, 0 for what is needed."""

    cells: tuple[Cell, ...]
    height: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: `widths` of its columns in millimetres; the first `heading` rows are repeated on each page."""

    widths: tuple[int, ...]
    rows: tuple[Row, ...]
    heading: int = 0


Block: TypeAlias = Paragraph | Gap | Grid


@dataclass(frozen=True, slots=True)
class Part:
    """What begins on a page of its own: a sheet of 附件2, or the whole of a letter."""

    name: str
    blocks: tuple[Block, ...]


class Layout(Enum):
    """The page: A4 upright with the margins of an official letter, or with narrow ones for a form."""

    LETTER = "letter"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Document:
    """One document; `name` is what it is called in lists and file names."""

    kind: Kind
    name: str
    layout: Layout
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every page bears; `words` is all of it in one line, and `draft` the word across a page that is no 定稿.

    `as_of` is when the last answer or entry was given (UTC), None where there is none; `revision` counts their
    changes; `code` is the 校验码 of all documents together.
    """

    station: str
    rubric: str
    as_of: datetime | None
    revision: int
    code: str
    words: str
    draft: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether it may still change."""
        return bool(self.draft)


@dataclass(frozen=True, slots=True)
class Unprintable:
    """Nothing can be compiled, since an authority's templates are wrong: the codes of what is."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """Everything that is handed in, of one consistent moment; `summary` is what the documents say of the score.

    `total` is the total in the words that every document uses.
    """

    stamp: Stamp
    documents: tuple[Document, ...]
    summary: Summary
    total: str = ""

    def document(self, kind: Kind) -> Document | None:
        """The document of that kind; None where none is due."""
        return next((each for each in self.documents if each.kind is kind), None)
