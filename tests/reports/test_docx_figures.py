"""Every figure of 附件2 as DOCX is the score's own, whatever was answered."""

from __future__ import annotations

import re
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Final

import pytest

from bot.reports.content import table
from bot.reports.content.brief import Brief
from bot.reports.docx import render
from bot.rubric.figures import figure_text
from bot.rubric.scoring import Result, summarize
from tests.dialogue.builders import possible_answers
from tests.reports.docx_reading import opened, rows, words
from tests.reports.samples import TEMPLATES, sample_assessment, sample_case, sample_package
from tests.watch.stations import RUBRIC

if TYPE_CHECKING:
    from docx.document import Document

    from bot.assessments.model import Assessment
    from bot.rubric.answers import Answer
    from bot.rubric.scoring import Summary

MARKED: Final = re.compile(r"(?P<figure>[\d.]*)(?:（注\d+）)?")
BATCHES, IN_A_BATCH = 8, 25


def invented(seed: int) -> Assessment:
    """Any answers, good ones more or less often, some items left blank, any of the six conditions said or not."""
    dice = Random(seed)  # noqa: S311 - the same papers each time
    blank, good = dice.choice((0.0, 0.0, 0.1)), dice.choice((0.0, 0.7, 0.95, 1.0))
    answers: dict[str, Answer | None] = {}
    for item in RUBRIC.items.values():
        several = possible_answers(item)
        answers[item.id] = several[0] if dice.random() < good else dice.choice(several)
        if dice.random() < blank:
            answers[item.id] = None
    vetoes = {veto.id: dice.choice(dice.choice(((False,), (False, False, True, None)))) for veto in RUBRIC.vetoes}
    if good >= 0.95:
        vetoes = dict.fromkeys(vetoes, False)
    return sample_assessment(answers, vetoes)


def figures(document: Document) -> tuple[list[str], list[str], list[list[str]]]:
    """The points and the results of the sheets, and the lines of the subtotals."""
    *sheets, subtotals = map(rows, document.tables)
    items = [row for sheet in sheets for row in sheet[2:]]
    results = [MARKED.fullmatch(row[-1].text) for row in items]
    assert None not in results
    return (
        [row[3].text for row in items],
        [found["figure"] for found in results if found is not None],
        [[cell.text for cell in row[1:]] for row in subtotals[1:]],
    )


def check(document: Document, summary: Summary) -> None:
    points, results, (full, reached) = figures(document)
    assert points == [figure_text(item.points) for item in RUBRIC.items.values()]
    scores = (summary.items.get(item) for item in RUBRIC.items)
    assert results == ["" if score is None else figure_text(score.reported) for score in scores]
    assert full == [*(figure_text(each.points) for each in summary.chapters), "100"]
    by_chapter = [figure_text(each.score.reported) for each in summary.chapters]
    assert reached == [*by_chapter, figure_text(summary.total.reported)]
    assert sum(map(Decimal, filter(None, results))) == summary.total.reported
    score, text = summary.final, words(document)
    if score.low == score.high:
        assert f"自评总分：{figure_text(score.reported)}分" in text
    else:
        low, high, reported = map(figure_text, (score.low, score.high, score.reported))
        assert f"自评总分：{reported}分（待审定{low}—{high}分）" in text


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(BATCHES))
def test_figures_are_those_of_the_score_for_200_random_assessments(batch: int) -> None:
    stamp, sentences = sample_package().stamp, TEMPLATES.sentences()
    for seed in range(batch * IN_A_BATCH, (batch + 1) * IN_A_BATCH):
        assessment = invented(seed)
        summary = summarize(RUBRIC, assessment.answers, assessment.declarations)
        brief = Brief(sample_case(assessment=assessment), summary, TEMPLATES, sentences)
        check(opened(render(table.compiled(brief), stamp)), summary)


def test_the_invented_assessments_are_of_every_kind() -> None:
    """So that the claim above is about blanks, open cases, passes and failures alike."""
    found = [invented(seed) for seed in range(BATCHES * IN_A_BATCH)]
    summaries = [summarize(RUBRIC, each.answers, each.declarations) for each in found]
    assert {each.result for each in summaries} == set(Result)
    assert {bool(each.blank) for each in summaries} == {True, False}
    assert {each.final.low == each.final.high for each in summaries} == {True, False}
