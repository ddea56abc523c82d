"""A workbook that comes back untouched says nothing, and nothing that people write becomes more than words."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from openpyxl import load_workbook

from bot.assessments.model import ItemRecord
from bot.workbooks import codec
from bot.workbooks.layout import WHOLE, scopes
from tests.workbooks.builders import (
    BLANK,
    FORM,
    HOSTILE,
    RUBRIC,
    compared,
    drafted,
    entries,
    filled,
    made,
    rows,
    sheet_of,
)

if TYPE_CHECKING:
    from bot.assessments.model import Assessment, EntryRecord

BLANK_ITEMS = tuple(RUBRIC.items)
STRANGE = (
    *HOSTILE,
    "长" * 4096,
    "\u202eexe.fdp\u202c",
    "a\x00b\x07\x1b[31m",
    "一\r\n二\n\n三",
    "\ud800",
    "\ufffe\uffff",
)


@given(assessment=filled())
@example(assessment=BLANK)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_an_untouched_workbook_proposes_nothing(assessment: Assessment) -> None:
    diff = compared(made(assessment), assessment)
    assert (diff.changes, diff.rows, diff.conflicts, diff.rejected) == ((), (), (), ())
    assert diff.is_empty


@pytest.mark.parametrize("scope", [WHOLE, *scopes(FORM)])
@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_every_scope_comes_back_untouched_in_every_language(scope: str, locale: str) -> None:
    assessment = replace(BLANK, entries=_some())
    diff = compared(made(assessment, scope, locale), assessment)
    assert diff.is_empty
    assert not diff.rejected


def test_strange_words_stay_words() -> None:
    notes = dict(zip(BLANK_ITEMS, STRANGE, strict=False))
    assessment = replace(
        BLANK,
        items={item_id: ItemRecord(note=text, revision=1) for item_id, text in notes.items()},
        entries=rows("registration.equipment", *({"name": text} for text in STRANGE)),
    )
    data = made(assessment)
    diff = compared(data, assessment)
    assert diff.is_empty
    assert not diff.rejected
    workbook = load_workbook(BytesIO(data))
    cells = [cell for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [cell.coordinate for cell in cells if cell.hyperlink is not None] == []
    assert sum(cell.value == "=1+1" for cell in cells) == 2


def test_words_that_look_like_a_formula_are_quoted() -> None:
    assessment = replace(BLANK, entries=entries(organiser="=1+1"))
    sheet = sheet_of(load_workbook(BytesIO(made(assessment, "registration"))), "registration")
    [cell] = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert (cell.data_type, cell.quotePrefix, cell.number_format) == ("s", True, "@")


def test_a_part_holds_nothing_of_the_rest() -> None:
    assessment = replace(BLANK, items={"1.1.1": ItemRecord(note="only in the twin", revision=1)}, entries=_some())
    data = made(assessment, "registration.equipment")
    workbook = load_workbook(BytesIO(data))
    texts = {str(cell.value) for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row}
    assert not any("only in the twin" in text or "王某" in text for text in texts)
    assert "计算机" in texts


def test_a_draft_is_kept_as_text_and_comes_back_the_same() -> None:
    assessment = replace(BLANK, entries=_some())
    draft = drafted(made(assessment))
    assert codec.from_text(codec.to_text(draft)) == draft


def _some() -> dict[str, EntryRecord]:
    return {
        **entries(address="凉山州", postcode="615000", category="a"),
        **rows("registration.managers", {"name": "王某", "post": "站长"}),
        **rows("registration.equipment", {"name": "计算机", "quantity": "30"}),
    }
