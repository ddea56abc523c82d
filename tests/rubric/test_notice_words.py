"""Every official word of the 2017 rubric stands in the notice, which lies beside it byte for byte."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from bot.rubric.loader import library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.rubric.model import Chapter

FOLDER = files("bot.rubric") / "data" / "sichuan-2017"
RUBRIC = library().latest("sichuan-2017")
NOTICE = (FOLDER / "notice.txt").read_text(encoding="utf-8")
TABLE = NOTICE[NOTICE.index("附件2\n四川省") : NOTICE.index("附件3\n\n四川省")]
CELLS = ["".join(cell.split("\n")).strip() for cell in TABLE.split("\t")]
"""The cells of 附件2: only the line breaks inside a cell are joined, and its edges trimmed."""


def running_words() -> Iterator[tuple[str, str]]:
    yield "title", RUBRIC.title
    yield "document_number", RUBRIC.document_number
    yield "document_date", RUBRIC.document_date
    yield "issuer", RUBRIC.issuer
    for veto in RUBRIC.vetoes:
        yield veto.id, veto.text
    for quotation in RUBRIC.veto_consequences:
        yield quotation.clause, quotation.text
    for sheet in RUBRIC.sheets:
        yield sheet.id, sheet.caption
    for item in RUBRIC.items.values():
        for level in item.levels:
            if level.open_words:
                yield f"{item.id} {level.id}", level.open_words


def cell_words() -> Iterator[tuple[str, str]]:
    for sheet in RUBRIC.sheets:
        yield f"{sheet.id} head", sheet.head
        for column in sheet.columns:
            yield f"{sheet.id} {column}", column
        for run in sheet.chapters:
            yield f"{sheet.id} {run.chapter}", run.label
    yield from RUBRIC.section_labels.items()
    for item in RUBRIC.items.values():
        yield f"{item.id} text", item.text
        yield f"{item.id} guidance", item.guidance


@pytest.mark.parametrize("words", [pytest.param(words, id=name) for name, words in running_words()])
def test_running_words_stand_in_the_notice_verbatim(words: str) -> None:
    assert words in NOTICE


@pytest.mark.parametrize("words", [pytest.param(words, id=name) for name, words in cell_words()])
def test_words_of_the_form_are_whole_cells_of_the_notice(words: str) -> None:
    assert words in CELLS


@pytest.mark.parametrize("chapter", RUBRIC.chapters, ids=lambda chapter: chapter.id)
def test_a_chapter_is_named_as_on_every_sheet(chapter: Chapter) -> None:
    labels = [run.label for sheet in RUBRIC.sheets for run in sheet.chapters if run.chapter == chapter.id]
    assert labels
    assert all(chapter.title in label and f"{chapter.points}分" in label for label in labels)


def test_items_points_and_guidance_stand_in_the_order_of_the_table() -> None:
    """Read straight down the table: 小项, 分值, 评估方法和标准 (an empty cell where it is merged), 评估结果."""
    place = 0
    for item in RUBRIC.items.values():
        place = CELLS.index(item.text, place)
        printed = item.guidance if item.guidance_rows else ""
        assert CELLS[place + 1 : place + 3] == [str(item.points), printed], item.id


def test_the_notice_has_not_been_touched() -> None:
    digest, name = (FOLDER / "notice.sha256").read_text(encoding="utf-8").split()
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest


def test_no_official_cell_of_the_table_is_left_out() -> None:
    """All 61 score cells of the table are items."""
    assert sum(cell.isdigit() for cell in CELLS) == len(RUBRIC.items) == 61
