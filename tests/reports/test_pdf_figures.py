"""Every figure of 附件2 as PDF is the score's own, whatever was answered."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from bot.reports import pdf
from bot.reports.content import table
from bot.reports.content.brief import Brief
from bot.rubric.figures import figure_text
from bot.rubric.scoring import summarize
from tests.reports.fonts import letters, needs_fonts
from tests.reports.samples import TEMPLATES, sample_case, sample_package
from tests.reports.test_docx_figures import BATCHES, IN_A_BATCH, invented
from tests.watch.stations import RUBRIC

if TYPE_CHECKING:
    from bot.rubric.model import Item
    from bot.rubric.scoring import Summary

STAMP = sample_package().stamp
SENTENCES = TEMPLATES.sentences()

pytestmark = [needs_fonts, pytest.mark.slow]


def text_of(summary: Summary, seed: int) -> str:
    brief = Brief(sample_case(assessment=invented(seed)), summary, TEMPLATES, SENTENCES)
    reader = PdfReader(BytesIO(pdf.render(table.compiled(brief), STAMP)))
    return letters("".join(page.extract_text() for page in reader.pages))


def result_behind(item: Item, text: str) -> str:
    """What the text goes on with behind an item's words, points and, where its cell is its own, method."""
    method = letters(item.guidance) if item.guidance_rows == 1 else ""
    printed = letters(item.text) + figure_text(item.points) + method
    _, found, behind = text.partition(printed)
    assert found, item.id
    return behind


def check(summary: Summary, text: str) -> None:
    for item in RUBRIC.items.values():
        score, behind = summary.items.get(item.id), result_behind(item, text)
        if score is None:
            assert re.match(r"\D|\d[.．]", behind), f"{item.id}: neither words nor the number of a heading"
        else:
            assert behind.startswith(figure_text(score.reported)), item.id
            assert behind.startswith(f"{figure_text(score.reported)}（注") is (score.low < score.high), item.id
    by_chapter = "".join(figure_text(each.score.reported) for each in summary.chapters)
    assert f"自评得分{by_chapter}{figure_text(summary.total.reported)}自评总分" in text
    final = summary.final
    low, high, reported = map(figure_text, (final.low, final.high, final.reported))
    said = f"{reported}分" if low == high else f"{reported}分（待审定{low}—{high}分）"
    assert f"自评总分：{said}" in text


@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_figures_are_those_of_the_score(batch: int) -> None:
    for seed in range(batch * IN_A_BATCH, (batch + 1) * IN_A_BATCH):
        assessment = invented(seed)
        summary = summarize(RUBRIC, assessment.answers, assessment.declarations)
        check(summary, text_of(summary, seed))
