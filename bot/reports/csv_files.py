"""CSV for those who count on in a program of their own: the items with their scores, and each table of the form.

RFC 4180 with a byte order mark, by which spreadsheet programs know UTF-8. A text that such a program would take for a
formula has an apostrophe before it, as a person would type it; quotation marks alone do not keep it from being one.
Whoever reads the file by program takes the first apostrophe off a cell in which one of = + - @ or a tab follows it.
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Final

from bot.forms.showing import shown
from bot.reports.bundle import File, paper_name
from bot.reports.content.brief import Brief, printable
from bot.reports.content.losses import finding_of
from bot.reports.content.said import said_rows, written_rows
from bot.rubric.answers import Excused
from bot.rubric.figures import figure_text
from bot.workbooks.literal import needs_quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.forms.model import Table
    from bot.reports.case import Case
    from bot.reports.model import Package
    from bot.reports.templates import Templates
    from bot.rubric.model import Item, Points

_GUARD: Final = "'"


def csv_files(case: Case, templates: Templates, package: Package) -> tuple[File, ...]:
    """The files, numbered in the order of the form, whose tables may have any names."""
    brief = Brief(case, package.summary, templates, templates.sentences())
    named = [(brief.words("table.name"), _items(brief)), *_tables(brief)]
    return tuple(
        File(paper_name(package.stamp, f"{number}-{name}", "csv"), _content(rows))
        for number, (name, rows) in enumerate(named, start=1)
    )


def _items(brief: Brief) -> Iterator[Sequence[str]]:
    yield brief.words("csv.columns").split("\n")
    for chapter in brief.case.rubric.chapters:
        for section in chapter.sections:
            for item in section.items:
                yield (item.id, *map(_guarded, (chapter.title, section.title, item.text)), *_said(brief, item))


def _said(brief: Brief, item: Item) -> Iterator[str]:
    """The figures, empty where there are none, and what was found and written."""
    record, score = brief.case.assessment.item(item.id), brief.summary.items.get(item.id)
    yield _figure(item.points if item.has_points else None)
    for points in (None,) * 3 if score is None else (score.reported, score.low, score.high):
        yield _figure(points)
    match record.answer:
        case None:
            yield ""
        case Excused(reason):
            yield _guarded(reason)
        case answer:
            yield _guarded(finding_of(brief, item, answer))
    yield _guarded(record.note)
    yield _guarded(record.remedy)


def _tables(brief: Brief) -> Iterator[tuple[str, Iterator[Sequence[str]]]]:
    form = brief.case.form
    for section in () if form is None else form.sections:
        for table in section.tables:
            yield table.label, _table(brief, table, f"{section.id}.{table.id}")


def _table(brief: Brief, table: Table, path: str) -> Iterator[Sequence[str]]:
    yield [brief.words("csv.row"), *(_guarded(column.label) for column in table.columns)]
    for row, cells in zip(written_rows(brief, path), said_rows(brief, path), strict=True):
        yield [str(row.number), *(_guarded(shown(column, cells[column.id].id)) for column in table.columns)]


def _content(rows: Iterable[Sequence[str]]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _figure(points: Points | None) -> str:
    return "" if points is None else figure_text(points)


def _guarded(text: str) -> str:
    plain = printable(text)
    return _GUARD + plain if needs_quote(plain) else plain
