"""Cancelled qualifications: lists are taken whole or refused by rows, and names that are alike are found."""

from __future__ import annotations

import pytest

from bot.assessments.model import EntryRecord
from bot.forms.cancelled import Alike, Cancelled, alike, occupations_of
from bot.forms.cancelled_lists import Stated, cancelled

DOCUMENT, DAY = "国发〔2015〕11号", "2015-02-24"
HEADING = ("document", "date", "name", "code", "note")
ITEM = Cancelled(DOCUMENT, "保育员", DAY)


@pytest.mark.parametrize(
    ("occupation", "name"),
    [
        ("保育员", "保育员"),
        ("保育", "保育员"),
        ("保育师", "保育员"),
        ("保育员（初级）", "保育员"),
        ("汽车维修工、保育员", "保育员"),
        ("插 花 员", "插花员"),
        ("网络编辑员", "网络编辑"),
        ("电工", "电工"),
        ("Ｗｅｂ设计师", "web设计"),
    ],
)
def test_names_that_differ_by_signs_and_endings_are_alike(occupation: str, name: str) -> None:
    item = Cancelled(DOCUMENT, name, DAY)
    assert alike([occupation], [item]) == (Alike(occupation, item),)


@pytest.mark.parametrize(
    ("occupation", "name"),
    [
        ("中式烹调师", "保育员"),
        ("电工", "电梯安装维修工"),
        ("", "保育员"),
        ("员", "保育员"),
        ("（）", "【】"),
        ("、", ""),
    ],
)
def test_others_are_not_alike(occupation: str, name: str) -> None:
    assert alike([occupation], [Cancelled(DOCUMENT, name, DAY)]) == ()


def test_every_occupation_that_the_station_names_is_looked_at_once() -> None:
    written = {
        "cancelled.occupations/1/occupation": "保育员",
        "licence.scope/1/occupation": "中式烹调师",
        "licence.scope/2/occupation": "",
        "registration.appraisals/1/occupation": "保育员",
        "registration.appraisals/2/occupation": "插花员",
        "registration.examiners/1/occupation": "焊工",
    }
    entries = {subject: EntryRecord(value, 1) for subject, value in written.items()}
    assert occupations_of(entries) == ("保育员", "中式烹调师", "插花员")


def test_a_list_is_read_with_its_documents_and_dates_in_one_form() -> None:
    rows = (HEADING, ("国发[2015]11号", "2015年2月24日", " 保育员 ", "", "说明"), ("", "", "", "", ""))
    listed = cancelled(rows, {}, Stated())
    assert listed.problems == ()
    assert listed.found == (Cancelled(DOCUMENT, "保育员", DAY, note="说明"),)


def test_what_was_stated_beside_the_list_fills_what_rows_leave_out() -> None:
    rows = (("name", "document"), ("保育员", ""), ("插花员", "国发〔2014〕50号"))
    listed = cancelled(rows, {}, Stated(DOCUMENT, DAY))
    assert [(each.document, each.date) for each in listed.found] == [(DOCUMENT, DAY), ("国发〔2014〕50号", DAY)]


def test_every_wrong_row_is_named_by_its_number() -> None:
    rows = (
        HEADING,
        (DOCUMENT, DAY, "保育员"),
        (DOCUMENT, "二月", "插花员"),
        (DOCUMENT, DAY, ""),
        ("", DAY, "花艺师"),
        (DOCUMENT, DAY, "保育员"),
        (DOCUMENT, DAY, "长" * 101),
    )
    problems = cancelled(rows, {}, Stated()).problems
    assert [(each.code, each.place) for each in problems] == [
        ("T009", "3"),
        ("T003", "4"),
        ("T003", "5"),
        ("T005", "6"),
        ("T008", "7"),
    ]


def test_one_name_may_stand_in_two_documents() -> None:
    rows = (HEADING, (DOCUMENT, DAY, "保育员"), ("国发〔2014〕50号", "2014-10-23", "保育员"))
    assert len(cancelled(rows, {}, Stated()).found) == 2


def test_columns_that_nothing_stands_in_for_are_missed() -> None:
    problems = cancelled((("name",),), {}, Stated(date=DAY)).problems
    assert [(each.code, each.place) for each in problems] == [("T002", "document")]
