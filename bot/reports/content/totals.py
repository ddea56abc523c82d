"""What stands below the last sheet of 附件2: the score by chapters, total and result, remarks, room to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reports.content.results import result_sentence, total_sentence
from bot.reports.model import Cell, CellKind, Gap, Grid, Paragraph, Row, Style
from bot.rubric.figures import figure_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reports.content.brief import Brief
    from bot.reports.content.remarks import Remark
    from bot.reports.model import Block
    from bot.rubric.basics import Points

_LABEL: Final = 28
_WHOLE: Final = 178
_ROOM_TO_SIGN: Final = 8


def totals(brief: Brief, remarks: tuple[Remark, ...]) -> Iterator[Block]:
    """Everything below the table; remarks only where there are some."""
    if brief.case.rubric.has_points:
        yield Paragraph(Style.NOTE, brief.words("table.subtotals"))
        yield _subtotals(brief)
    yield Paragraph(Style.LINE, total_sentence(brief))
    yield Paragraph(Style.LINE, result_sentence(brief))
    for remark in remarks:
        yield Paragraph(Style.NOTE, brief.words("table.remark", number=remark.number, text=remark.text))
    yield Gap(_ROOM_TO_SIGN)
    yield Paragraph(Style.LINE, brief.words("table.signatures"))


def _subtotals(brief: Brief) -> Grid:
    chapters = [each for each in brief.summary.chapters if each.points]
    titles = [brief.words("table.subtotal", chapter=each.chapter_id) for each in chapters]
    full = [each.points for each in chapters]
    reached = [each.score.reported for each in chapters]
    width = (_WHOLE - _LABEL) // (len(chapters) + 1)
    return Grid(
        (_LABEL, *(width for _ in range(len(chapters) + 1))),
        (
            Row(tuple(Cell(each, CellKind.HEADING) for each in _line(brief, "table.by_chapter", titles, "table.sum"))),
            Row((_label(brief, "table.full"), *map(_figure, full), _figure(brief.summary.points))),
            Row((_label(brief, "table.reported"), *map(_figure, reached), _figure(brief.summary.total.reported))),
        ),
        heading=1,
    )


def _line(brief: Brief, first: str, between: list[str], last: str) -> tuple[str, ...]:
    return (brief.words(first), *between, brief.words(last))


def _label(brief: Brief, key: str) -> Cell:
    return Cell(brief.words(key), CellKind.LABEL)


def _figure(points: Points) -> Cell:
    return Cell(figure_text(points), CellKind.NUMBER, number=points)
