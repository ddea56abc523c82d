"""Any form on paper, section by section: what is printed where nobody has laid the form out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reports.content.said import said, said_rows
from bot.reports.model import Cell, CellKind, Grid, Paragraph, Row, Style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.forms.model import Field, Form, Section
    from bot.reports.content.brief import Brief
    from bot.reports.model import Block

_WHOLE: Final = 178
_LABEL: Final = 50
LEAST_ROWS: Final = 2
"""So many rows a table has on paper, however little was written in it."""


def printed_sections(form: Form) -> tuple[Section, ...]:
    """The sections that stand on the official paper."""
    return tuple(each for each in form.sections if each.printed and not each.is_free)


def plain_blocks(brief: Brief, form: Form) -> Iterator[Block]:
    """Every printed section under its label: fields first, then a grid for each table."""
    for section in printed_sections(form):
        yield Paragraph(Style.LINE, section.label)
        fields = [each for each in section.fields if each.printed]
        if fields:
            rows = [(each.label, said(brief, f"{section.id}.{each.id}").text) for each in fields]
            yield Grid((_LABEL, _WHOLE - _LABEL), tuple(Row((_label(label), Cell(text))) for label, text in rows))
        for table in section.tables:
            columns = [each for each in table.columns if each.printed]
            if columns:
                yield Paragraph(Style.LINE, table.label)
                yield _table(brief, f"{section.id}.{table.id}", columns)


def _table(brief: Brief, path: str, columns: Sequence[Field]) -> Grid:
    head = Row(tuple(Cell(each.label, CellKind.HEADING) for each in columns))
    texts = [[row[each.id].text for each in columns] for row in said_rows(brief, path)]
    texts += [["" for _ in columns]] * (LEAST_ROWS - len(texts))
    rows = (Row(tuple(map(Cell, each))) for each in texts)
    return Grid(tuple(_WHOLE // len(columns) for _ in columns), (head, *rows), heading=1)


def _label(text: str) -> Cell:
    return Cell(text, CellKind.LABEL)
