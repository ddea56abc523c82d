"""Any rubric, any answers: CSV and JSON hold them."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING, Final, cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.assessments.model import ItemRecord
from bot.reports.case import Case
from bot.reports.compiling import compile_package
from bot.reports.csv_files import csv_files
from bot.reports.templates import Templates
from bot.reports.transfer.reading import read_transfer
from bot.reports.transfer.writing import transfer_to_json
from bot.rubric.figures import figure_text
from tests.rubric.examples import EXAMPLES, answer_sets
from tests.storage.test_transferring import sample
from tests.watch.stations import NOW

if TYPE_CHECKING:
    from bot.rubric.loader import Library
    from bot.rubric.model import Rubric


class OneRubric:
    """A library of one rubric, whichever is asked for."""

    def __init__(self, rubric: Rubric) -> None:
        self._rubric = rubric

    def get(self, file_id: str, version: int) -> Rubric:
        """The rubric."""
        assert (file_id, version) == (self._rubric.id, self._rubric.version)
        return self._rubric


ANY: Final = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)


@pytest.mark.parametrize("name", EXAMPLES)
@given(data=st.data())
@settings(max_examples=10, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_any_rubric_goes_out_and_json_comes_back(name: str, data: st.DataObject) -> None:
    rubric, words = EXAMPLES[name], data.draw(ANY)
    answers = data.draw(answer_sets(rubric))
    items = {item: ItemRecord(answer, 1, note=words, by=1, at=NOW) for item, answer in answers.items()}
    whole = sample()
    assessment = replace(
        whole.assessment,
        rubric_id=rubric.id,
        rubric_version=rubric.version,
        items=items,
        vetoes={},
        form=None,
        entries={},
        seal="",
    )
    raw = transfer_to_json(replace(whole, assessment=assessment))
    there = read_transfer(raw, cast("Library", OneRubric(rubric)))
    assert there.assessment.items == items
    assert json.loads(raw)["form"] is None

    case = Case(assessment, rubric, None, None, None, (), ZoneInfo("Asia/Shanghai"))
    templates = Templates(rubric.id)
    package = compile_package(case, templates, is_draft=True)
    [file] = csv_files(case, templates, package)
    _, *rows = csv.reader(StringIO(file.content.decode("utf-8-sig"), newline=""), strict=True)
    scores = {item: figure_text(score.reported) for item, score in package.summary.items.items()}
    assert [(row[0], row[5]) for row in rows] == [(item, scores.get(item, "")) for item in rubric.items]
