"""What each event makes of an assessment, and who may touch one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.assessments.events import (
    AssessmentEvent,
    EntryWritten,
    ItemAnswered,
    NoteWritten,
    RemedyWritten,
    VetoAnswered,
    VetoStatement,
    apply,
    revision_after,
    subject_of,
)
from bot.assessments.model import Assessment, EntryRecord, Kind, VetoRecord
from bot.assessments.permissions import may_fill
from bot.rubric.answers import Chosen
from bot.rubric.loader import library

NOW = datetime(2017, 4, 21, 2, 42, tzinfo=UTC)
OWNER, COLLEAGUE = 1, 2
EMPTY = Assessment(7, "sichuan-2017", 1, Kind.PRACTICE, OWNER, NOW)
MET, PROBLEM = Chosen("met"), Chosen("problem")
NO = VetoStatement("none", declared=False)
YES = VetoStatement("leak", declared=True, note="2016年5月")


def test_an_answer_carries_its_author_its_time_and_a_grown_revision() -> None:
    once = apply(EMPTY, ItemAnswered("1.1.1", None, MET, grouped=True), by=OWNER, at=NOW)
    record = apply(once, ItemAnswered("1.1.1", MET, PROBLEM), by=COLLEAGUE, at=NOW).item("1.1.1")
    assert (record.answer, record.revision, record.by, record.at, record.grouped) == (PROBLEM, 2, COLLEAGUE, NOW, False)


def test_words_are_kept_without_touching_answer_or_revision() -> None:
    answered = apply(EMPTY, ItemAnswered("1.1.1", None, PROBLEM), by=OWNER, at=NOW)
    noted = apply(answered, NoteWritten("1.1.1", "", "见2号柜"), by=COLLEAGUE, at=NOW)
    mended = apply(noted, RemedyWritten("1.1.1", "", "月底前补"), by=COLLEAGUE, at=NOW)
    assert mended.item("1.1.1") == replace(answered.item("1.1.1"), note="见2号柜", remedy="月底前补")


def test_an_answer_taken_back_is_blank_but_remembered_by_its_revision() -> None:
    answered = apply(EMPTY, ItemAnswered("1.1.1", None, MET), by=OWNER, at=NOW)
    blank = apply(answered, ItemAnswered("1.1.1", MET, None), by=OWNER, at=NOW)
    assert blank.answers == {}
    assert blank.item("1.1.1").revision == 2


def test_an_event_leaves_the_assessment_that_it_was_applied_to_alone() -> None:
    apply(EMPTY, ItemAnswered("1.1.1", None, MET), by=OWNER, at=NOW)
    apply(EMPTY, VetoAnswered("leak_or_accident", VetoStatement(), YES), by=OWNER, at=NOW)
    assert EMPTY.answers == {}
    assert EMPTY.declarations == {}


def test_a_condition_is_declared_and_denied_with_its_words() -> None:
    declared = apply(EMPTY, VetoAnswered("leak_or_accident", VetoStatement(), YES), by=OWNER, at=NOW)
    assert declared.declarations == {"leak_or_accident": True}
    assert declared.veto("leak_or_accident").note == "2016年5月"
    withdrawn = apply(declared, VetoAnswered("leak_or_accident", YES, NO, "传言"), by=OWNER, at=NOW)
    assert withdrawn.declarations == {"leak_or_accident": False}
    assert withdrawn.veto("leak_or_accident").revision == 2
    assert withdrawn.veto("leak_or_accident").note == ""


def test_a_special_case_is_settled_but_neither_yes_nor_no() -> None:
    special = VetoStatement(note="新批准设立")
    explained = apply(EMPTY, VetoAnswered("idle_three_years", VetoStatement(), special), by=OWNER, at=NOW)
    assert explained.veto("idle_three_years").is_settled
    assert explained.declarations == {}
    assert not VetoRecord().is_settled


def test_declared_conditions_stand_in_the_order_of_the_notice() -> None:
    rubric = library().latest("sichuan-2017")
    declared = EMPTY
    for veto in reversed(rubric.vetoes):
        declared = apply(declared, VetoAnswered(veto.id, VetoStatement(), YES), by=OWNER, at=NOW)
    assert declared.declared(rubric) == tuple(veto.id for veto in rubric.vetoes)


def test_a_practice_run_is_its_owners_alone() -> None:
    assert may_fill(OWNER, EMPTY)
    assert not may_fill(COLLEAGUE, EMPTY)


def test_an_entry_keeps_its_author_and_counts_its_changes() -> None:
    written = apply(EMPTY, EntryWritten("registration.address", "", "西昌市"), by=OWNER, at=NOW)
    moved = apply(written, EntryWritten("registration.address", "西昌市", "德昌县"), by=COLLEAGUE, at=NOW)
    assert moved.entry("registration.address") == EntryRecord("德昌县", 2, COLLEAGUE, NOW)
    assert moved.entry("registration.phone") == EntryRecord()
    assert moved.items == EMPTY.items


@pytest.mark.parametrize(
    ("event", "subject"),
    [
        (ItemAnswered("2.1.10", None, Chosen("met")), "2.1.10"),
        (NoteWritten("2.1.10", "", "x"), "2.1.10"),
        (VetoAnswered("leak_or_accident", VetoStatement(), YES), "leak_or_accident"),
        (EntryWritten("registration.address", "", "x"), "registration.address"),
    ],
)
def test_an_event_knows_its_subject_and_the_revision_it_led_to(event: AssessmentEvent, subject: str) -> None:
    assert subject_of(event) == subject
    assert revision_after(apply(EMPTY, event, by=OWNER, at=NOW), event) == int(not isinstance(event, NoteWritten))
