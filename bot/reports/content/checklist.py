"""清单 of what goes along on paper, with a box for each, and room for who hands over, receives and returns it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reports.content.attachments import Attachment, attachments
from bot.reports.content.formalities import addressee
from bot.reports.content.said import one_line
from bot.reports.model import Cell, CellKind, Document, Grid, Kind, Layout, Paragraph, Part, Row, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reports.content.brief import Brief
    from bot.reports.model import Block

_WIDTHS: Final = (14, 14, 70, 60, 20)
"""Of box, number, paper, what is asked of it, and copies, in millimetres."""
_SIGNED: Final = (40, 58, 30, 50)
_HEIGHT_TO_SIGN: Final = 12


def compiled(brief: Brief) -> Document:
    """The list, on one page."""
    name = brief.words("checklist.name")
    return Document(Kind.CHECKLIST, name, Layout.FORM, (Part(name, tuple(_blocks(brief))),))


def _blocks(brief: Brief) -> Iterator[Block]:
    yield Paragraph(Style.TITLE, brief.words("checklist.name"))
    yield Paragraph(Style.LINE, brief.words("checklist.from", station=one_line(brief.case.name)))
    yield Paragraph(Style.LINE, brief.words("checklist.to", name=addressee(brief)))
    yield _papers(brief)
    yield Paragraph(Style.NOTE, brief.words("checklist.note"))
    yield _signed(brief)


def _papers(brief: Brief) -> Grid:
    letter = Attachment(brief.words("letter.name"), brief.words("demand.letter"))
    rest = Attachment(brief.words("checklist.rest"), "")
    papers = (letter, *attachments(brief), rest)
    rows = [_paper(brief, number, paper) for number, paper in enumerate(papers, start=1)]
    return Grid(_WIDTHS, (_head(brief, "checklist.columns"), *rows), heading=1)


def _paper(brief: Brief, number: int, paper: Attachment) -> Row:
    box = Cell(brief.words("checklist.box"), CellKind.SHORT)
    words = (Cell(paper.name), Cell(paper.demand))
    return Row((box, Cell(str(number), CellKind.SHORT), *words, Cell("", CellKind.INK)))


def _signed(brief: Brief) -> Grid:
    """A line for each hand that the papers go through: what happens, a signature, a day."""
    lines = brief.words("checklist.hands").splitlines()
    blank = (Cell("", CellKind.INK), Cell(brief.words("checklist.day"), CellKind.LABEL), Cell("", CellKind.INK))
    rows = [Row((Cell(line, CellKind.LABEL), *blank), height=_HEIGHT_TO_SIGN) for line in lines]
    return Grid(_SIGNED, tuple(rows))


def _head(brief: Brief, key: str) -> Row:
    return Row(tuple(Cell(each, CellKind.HEADING) for each in brief.words(key).splitlines()))
