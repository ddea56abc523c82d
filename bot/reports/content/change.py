"""变更登记申请: what differs from the licence, before and after, for a new licence (通知三（一）)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reports.content.changes import changes
from bot.reports.content.formalities import addressee_line, signature
from bot.reports.content.said import one_line
from bot.reports.model import Cell, CellKind, Document, Grid, Kind, Layout, Paragraph, Part, Row, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reports.content.brief import Brief
    from bot.reports.content.changes import Change
    from bot.reports.model import Block

_WIDTHS: Final = (24, 32, 32, 30, 38)
"""Of what changed, before, after, the reason and the day, in millimetres."""


def compiled(brief: Brief) -> Document | None:
    """The application; None where nothing changed."""
    changed = changes(brief)
    if not changed:
        return None
    name = brief.words("change.name")
    return Document(Kind.CHANGE, name, Layout.LETTER, (Part(name, tuple(_blocks(brief, changed))),))


def _blocks(brief: Brief, changed: tuple[Change, ...]) -> Iterator[Block]:
    labels = [each.label for each in changed]
    yield Paragraph(Style.TITLE, brief.words("change.title"))
    yield Paragraph(Style.ADDRESSEE, addressee_line(brief))
    yield Paragraph(Style.BODY, brief.words("change.opening", station=one_line(brief.case.name), labels=labels))
    yield _grid(brief, changed)
    yield Paragraph(Style.BODY, brief.words("change.request"))
    yield from signature(brief)


def _grid(brief: Brief, changed: tuple[Change, ...]) -> Grid:
    head = Row(tuple(Cell(each, CellKind.HEADING) for each in brief.words("change.columns").split("\n")))
    return Grid(_WIDTHS, (head, *map(_row, changed)), heading=1)


def _row(change: Change) -> Row:
    texts = (change.before, change.after, change.reason)
    return Row((Cell(change.label, CellKind.LABEL), *map(Cell, texts), Cell(change.since, CellKind.SHORT)))
