"""Every figure of XLSX, CSV and JSON is the score's own, whatever was answered."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Final

import pytest
from openpyxl import load_workbook

from bot.reports import xlsx
from bot.reports.content import table
from bot.reports.content.brief import Brief
from bot.reports.csv_files import csv_files
from bot.reports.transfer.model import renumbered
from bot.reports.transfer.reading import read_transfer
from bot.reports.transfer.writing import transfer_to_json
from bot.rubric.figures import figure_text
from bot.rubric.loader import library
from bot.rubric.scoring import summarize
from tests.reports.samples import TEMPLATES, sample_case, sample_package
from tests.reports.test_docx_figures import BATCHES, IN_A_BATCH, MARKED, invented
from tests.storage.test_transferring import sample
from tests.watch.stations import RUBRIC

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from bot.reports.case import Case
    from bot.rubric.scoring import Summary

RUBRICS: Final = library()
PACKAGE: Final = sample_package()
SENTENCES: Final = TEMPLATES.sentences()
ITEMS: Final = [item.text for item in RUBRIC.items.values()]
LABELS: Final = {"小项": 0, "评估分值": 1, "评估结果": 2}


def figure(value: object) -> str:
    """A number as it is written; of words with the number of a remark, the figure."""
    if value is None or isinstance(value, int | float):
        return "" if value is None else figure_text(Decimal(str(value)))
    found = MARKED.fullmatch(str(value))
    assert found is not None, value
    return found["figure"]


def lines(sheet: Worksheet) -> Iterator[tuple[str, str, str]]:
    """Item, points and result of each line below the heading."""
    columns = [0, 0, 0]
    for row in sheet.iter_rows():
        words = {"".join(str(cell.value).split()): cell.column for cell in row if cell.value is not None}
        for label in LABELS.keys() & words.keys():
            columns[LABELS[label]] = words[label]
        item, points, result = (sheet.cell(row[0].row, column).value if column else None for column in columns)
        if item in ITEMS:
            yield str(item), figure(points), figure(result)


def subtotals(sheet: Worksheet) -> list[list[str]]:
    """The lines of 分值 and 自评得分, each with its sum."""
    rows = [[each for each in row if each is not None] for row in sheet.iter_rows(values_only=True)]
    return [[figure(each) for each in row[1:]] for row in rows if row and row[0] in ("分值", "自评得分")]


def check_xlsx(case: Case, summary: Summary) -> None:
    brief = Brief(case, summary, TEMPLATES, SENTENCES)
    sheets = load_workbook(BytesIO(xlsx.render(table.compiled(brief), PACKAGE.stamp))).worksheets
    scores = [summary.items.get(item) for item in RUBRIC.items]
    reported = ["" if score is None else figure_text(score.reported) for score in scores]
    points = [figure_text(item.points) for item in RUBRIC.items.values()]
    assert [line for sheet in sheets for line in lines(sheet)] == list(zip(ITEMS, points, reported, strict=True))
    by_chapter = [figure_text(each.score.reported) for each in summary.chapters]
    full = [figure_text(each.points) for each in summary.chapters]
    assert subtotals(sheets[-1]) == [[*full, "100"], [*by_chapter, figure_text(summary.total.reported)]]


def check_csv(case: Case, summary: Summary) -> None:
    items, *_ = csv_files(case, TEMPLATES, replace(PACKAGE, summary=summary))
    _, *rows = csv.reader(StringIO(items.content.decode("utf-8-sig"), newline=""), strict=True)
    assert [row[0] for row in rows] == list(RUBRIC.items)
    for row in rows:
        score = summary.items.get(row[0])
        figures = ("", "", "") if score is None else map(figure_text, (score.reported, score.low, score.high))
        assert row[4:8] == [figure_text(RUBRIC.items[row[0]].points), *figures]


def check_json(case: Case, summary: Summary) -> None:
    assessment = renumbered(case.assessment, dict.fromkeys(range(1000), 1))
    there = read_transfer(transfer_to_json(replace(sample(), assessment=assessment)), RUBRICS).assessment
    assert summarize(RUBRIC, there.answers, there.declarations) == summary


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(BATCHES))
def test_figures_are_those_of_the_score_for_200_random_assessments(batch: int) -> None:
    for seed in range(batch * IN_A_BATCH, (batch + 1) * IN_A_BATCH):
        case = sample_case(assessment=invented(seed))
        summary = summarize(RUBRIC, case.assessment.answers, case.assessment.declarations)
        check_xlsx(case, summary)
        check_csv(case, summary)
        check_json(case, summary)
