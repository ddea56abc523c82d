"""CSV: the score's own figures, whole texts, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Final

import pytest

from bot.reports.csv_files import csv_files
from bot.rubric.scoring import summarize
from tests.reports.samples import TEMPLATES, noted_everywhere, sample_assessment, sample_case, sample_package
from tests.watch.stations import FORM, RUBRIC

if TYPE_CHECKING:
    from bot.assessments.model import Assessment

FORMULAS: Final = ("=cmd|'/c calc'!A1", "+1", "-1+2", "@SUM(1)", "\t=1", "＝1")


def made(assessment: Assessment | None = None) -> dict[str, list[list[str]]]:
    """The rows of every file, by its name."""
    case = sample_case(assessment=assessment or sample_assessment())
    files = csv_files(case, TEMPLATES, sample_package(assessment=case.assessment))
    texts = {each.name: each.content.decode("utf-8-sig") for each in files}
    return {name: list(csv.reader(StringIO(text, newline=""), strict=True)) for name, text in texts.items()}


def items(assessment: Assessment | None = None) -> list[list[str]]:
    """The rows of the items."""
    return next(iter(made(assessment).values()))[1:]


def test_there_is_a_file_for_the_items_and_one_for_each_table_of_the_form() -> None:
    names = list(made())
    tables = [table.label for section in FORM.sections for table in section.tables]
    assert len(names) == len(set(names)) == 1 + len(tables)
    assert all(label[:20] in name for label, name in zip(tables, names[1:], strict=True))


def test_a_file_begins_with_a_mark_and_its_lines_end_as_the_standard_says() -> None:
    case = sample_case()
    for file in csv_files(case, TEMPLATES, sample_package()):
        assert file.content.startswith(b"\xef\xbb\xbf")
        assert file.content.endswith(b"\r\n")


def test_every_row_is_as_long_as_its_heading() -> None:
    for rows in made().values():
        assert {len(row) for row in rows} == {len(rows[0])}


def test_the_items_hold_the_figures_of_the_score() -> None:
    assessment = sample_assessment()
    summary = summarize(RUBRIC, assessment.answers, assessment.declarations)
    for row in items(assessment):
        score = summary.items[row[0]]
        assert row[4:8] == [f"{each:f}" for each in (RUBRIC.items[row[0]].points, *_three(score))]
    assert sum(int(row[5]) for row in items(assessment)) == summary.total.reported


def _three(score: object) -> tuple[object, ...]:
    return tuple(getattr(score, name) for name in ("reported", "low", "high"))


def test_a_blank_item_has_points_and_nothing_else() -> None:
    [row] = [row for row in items(sample_assessment({"1.1.1": None})) if row[0] == "1.1.1"]
    assert row[4]
    assert set(row[5:9]) == {""}


def test_a_table_holds_what_was_written_in_it() -> None:
    [examiners] = [rows for name, rows in made().items() if "考评" in name]
    assert [row[1] for row in examiners[1:]] == ["王某", "周某"]


@pytest.mark.parametrize("words", FORMULAS)
def test_what_a_spreadsheet_would_run_has_an_apostrophe_before_it(words: str) -> None:
    notes = {row[9] for row in items(noted_everywhere(words))}
    assert notes == {f"'{words}"}


def test_the_longest_words_with_everything_in_them_are_whole() -> None:
    words = '逗号,引号"换行\n㐀𠀀{{ 7*7 }}<w:t>' * 200
    assert {row[9] for row in items(noted_everywhere(words))} == {words}
