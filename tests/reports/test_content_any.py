"""Any words anywhere, any answers, any rubric: everything compiles, and every grid has a place for every cell."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.assessments.model import Assessment, EntryRecord, ItemRecord, VetoRecord
from bot.assessments.model import Kind as AssessmentKind
from bot.forms.subjects import cell_subject, field_subject
from bot.reports.case import Case, Explanation
from bot.reports.compiling import compile_package
from bot.reports.model import Kind
from bot.reports.placing import placed
from bot.reports.templates import Templates
from tests.reports.reading import blocks, body, document, grids
from tests.reports.samples import TEMPLATES, sample_assessment, sample_case
from tests.rubric.examples import EXAMPLES, answer_sets
from tests.watch.stations import FORM, NOW, RUBRIC

SUBJECTS = [field_subject(section.id, field.id) for section in FORM.sections for field in section.fields]
SUBJECTS += [
    cell_subject(section.id, table.id, number, column.id)
    for section in FORM.sections
    for table in section.tables
    for column in table.columns
    for number in (1, 2)
]
ANY = st.text(st.characters(), max_size=60)
PRINTABLE = "\n" + "".join(map(chr, range(32, 127)))


@given(st.dictionaries(st.sampled_from(SUBJECTS), ANY, max_size=30), ANY, answer_sets(RUBRIC))
@settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_any_words_anywhere_compile(entries: dict[str, str], words: str, answers: dict[str, object]) -> None:
    made = sample_assessment(entries=entries)
    items = {item: ItemRecord(answer, 1, note=words, remedy=words, at=NOW) for item, answer in answers.items()}
    vetoes = {veto.id: VetoRecord(note=words, revision=1, at=NOW) for veto in RUBRIC.vetoes}
    case = sample_case(assessment=replace(made, items=items, vetoes=vetoes), explanations=(Explanation(words, words),))
    for read in compile_package(case, TEMPLATES, is_draft=True).documents:
        for grid in grids(read):
            placed(grid)
        assert list(blocks(read))


@given(ANY)
@settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_what_cannot_be_printed_is_left_out_and_nothing_else(words: str) -> None:
    entries = dict.fromkeys(("report.other", "registration.organiser", "changes.head_reason"), f"{words}㐀𠀀")
    package = compile_package(sample_case(assessment=sample_assessment(entries=entries)), TEMPLATES, is_draft=True)
    said = "".join(body(each) for each in package.documents)
    assert said.count("㐀𠀀") >= 3
    assert not {each for each in said if each < " " and each not in "\n\t"}


@pytest.mark.parametrize("name", EXAMPLES)
@given(data=st.data())
@settings(max_examples=10, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_any_rubric_compiles(name: str, data: st.DataObject) -> None:
    rubric = EXAMPLES[name]
    items = {item: ItemRecord(answer, 1, at=NOW) for item, answer in data.draw(answer_sets(rubric)).items()}
    assessment = Assessment(1, rubric.id, rubric.version, AssessmentKind.PRACTICE, 1, NOW, items)
    case = Case(assessment, rubric, None, None, None, (), ZoneInfo("Asia/Shanghai"))
    package = compile_package(case, Templates(rubric.id), is_draft=True)
    assert [each.kind for each in package.documents] == [Kind.LETTER, Kind.TABLE, Kind.CHECKLIST]
    for grid in (grid for each in package.documents for grid in grids(each)):
        placed(grid)
    said = body(document(package, Kind.LETTER))
    assert all(f"{chapter.id}.{chapter.title}：" in said for chapter in rubric.chapters)


def test_an_untouched_assessment_compiles_and_claims_nothing() -> None:
    blank = Assessment(1, RUBRIC.id, RUBRIC.version, AssessmentKind.PRACTICE, 1, NOW)
    case = Case(blank, RUBRIC, FORM, None, None, (), ZoneInfo("Asia/Shanghai"))
    package = compile_package(case, TEMPLATES, is_draft=True)
    assert [each.kind for each in package.documents] == [Kind.LETTER, Kind.TABLE, Kind.FORM, Kind.CHECKLIST]
    said = body(document(package, Kind.LETTER))
    assert "已评0项，尚有61项未评" in said
    assert "没有失分" not in said
    assert said.count("尚未作答") == len(RUBRIC.vetoes)


def test_the_same_case_says_the_same() -> None:
    one, other = (compile_package(sample_case(), TEMPLATES, is_draft=True) for _ in range(2))
    assert one == other


def test_documents_stand_in_the_order_in_which_they_are_handed_in() -> None:
    assert [each.kind for each in compile_package(sample_case(), TEMPLATES, is_draft=True).documents] == list(Kind)


def test_what_waits_to_be_taken_over_is_never_printed() -> None:
    made = sample_assessment()
    waiting = {key: EntryRecord("不得印出", 1, 1, NOW) for key in ("import/1", "report/seal", "report/words")}
    case = sample_case(assessment=replace(made, entries={**made.entries, **waiting}))
    assert "不得印出" not in "".join(body(each) for each in compile_package(case, TEMPLATES, is_draft=True).documents)
