"""Workbooks as people send them back: edited, rearranged, broken, by two at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from bot.assessments.events import EntryWritten, apply
from bot.assessments.model import Assessment, ItemRecord, VetoRecord
from bot.errors import InvalidInputError
from bot.evidence.refusals import FileRefusedError
from bot.rubric.answers import Chosen, Counted, Excused, Sampled
from bot.rubric.scoring import summarize
from bot.workbooks import answer_cells, codec, gathering
from bot.workbooks.comparing import Diff, compare
from bot.workbooks.draft import Side
from bot.workbooks.reading import is_ours, read
from bot.workbooks.taking import decide, events
from bot.workbooks.targets import answer_text
from tests.dialogue.builders import ME, NOW
from tests.workbooks.builders import (
    BLANK,
    FORM,
    RUBRIC,
    ZH,
    add,
    column_of,
    compared,
    drafted,
    edited,
    entries,
    fill,
    made,
    row_of,
    rows,
    sheet_of,
)

STATION = replace(
    BLANK,
    items={"1.1.1": ItemRecord(Chosen("met"), 1, note="看过", by=ME)},
    entries={
        **entries(address="凉山州", postcode="615000"),
        **rows("registration.equipment", {"name": "计算机", "quantity": "30"}, {"name": "打印机", "quantity": "2"}),
    },
)


def values(diff: Diff) -> dict[str, tuple[str, str]]:
    """What a diff would write: before and after."""
    return {change.target.code: (change.before, change.after) for change in diff.changes}


def reasons(diff: Diff) -> dict[str, str]:
    """Why cells are not taken, by where they stand."""
    return {f"{each.spot.column}{each.spot.row}": each.why for each in diff.rejected}


def taken(assessment: Assessment, diff: Diff) -> Assessment:
    """The assessment once everything was taken over."""
    for event in events(diff, assessment, RUBRIC):
        assessment = apply(assessment, event, by=ME, at=NOW)
    return assessment


def test_what_was_typed_comes_back_as_new_changed_and_removed() -> None:
    with edited(made(STATION)) as (book, saved):
        fill(book, "registration", "contact", "value", "吉某")
        fill(book, "registration", "address", "value", "西昌市航天大道")
        fill(book, "registration", "postcode", "value", None)
        fill(book, "items", "1.1.1", "note", None)
    diff = compared(saved[0], STATION)
    assert values(diff) == {
        "entry:registration.contact": ("", "吉某"),
        "entry:registration.address": ("凉山州", "西昌市航天大道"),
        "entry:registration.postcode": ("615000", ""),
        "note:1.1.1": ("看过", ""),
    }
    assert not diff.rejected


def test_dates_numbers_and_full_width_digits_are_read_as_people_mean_them() -> None:
    with edited(made(BLANK)) as (book, saved):
        fill(book, "registration", "filled_on", "value", datetime(2017, 4, 21))  # noqa: DTZ001 - as Excel keeps it
        fill(book, "licence", "approved_on", "value", date(2012, 5, 1))
        fill(book, "registration", "postcode", "value", 615000.0)
        fill(book, "registration", "floor_area", "value", 120.5)
        fill(book, "items", "5.1.1", "problems", 2.0)
        fill(book, "items", "6.6.1", "sampled", "２００")
        fill(book, "items", "6.6.1", "errors", 5)
        add(book, "registration.appraisals", year=2016, occupation="保育员", intermediate=38.0)
    diff = compared(saved[0], BLANK)
    assert not diff.rejected
    assert {code: after for code, (_, after) in values(diff).items()} == {
        "entry:registration.filled_on": "2017-04-21",
        "entry:licence.approved_on": "2012-05-01",
        "entry:registration.postcode": "615000",
        "entry:registration.floor_area": "120.5",
        "answer:5.1.1": answer_text(Counted(2)),
        "answer:6.6.1": answer_text(Sampled(200, 5)),
    }
    assert [dict(new.row.cells) for new in diff.rows] == [
        {"year": "2016", "occupation": "保育员", "intermediate": "38"}
    ]


def test_what_cannot_be_taken_is_named_with_its_cell_and_the_rest_is_taken() -> None:
    with edited(made(BLANK)) as (book, saved):
        fill(book, "items", "1.1.1", "level", "=1+1")
        fill(book, "items", "1.2.1", "level", "大概可以")
        fill(book, "items", "3.3.1", "level", "不涉及")
        fill(book, "items", "6.6.1", "sampled", 3)
        fill(book, "items", "6.6.1", "errors", 5)
        fill(book, "items", "1.3.1", "note", "a\u202eb")
        fill(book, "registration", "postcode", "value", "六一五")
        fill(book, "registration", "organisation_code", "value", 123456789012345678)
        fill(book, "registration", "contact", "value", "吉某")
        sheet = sheet_of(book, "items")
        cell = {
            key: sheet.cell(row_of(sheet, item), column_of(sheet, column)).coordinate
            for key, item, column in (
                ("formula", "1.1.1", "level"),
                ("level", "1.2.1", "level"),
                ("reason", "3.3.1", "excuse"),
                ("unseen", "1.3.1", "note"),
            )
        }
    diff = compared(saved[0], BLANK)
    found = reasons(diff)
    assert found[cell["formula"]] == "workbook.why.formula"
    assert found[cell["level"]] == "workbook.why.level"
    assert found[cell["reason"]] == "workbook.why.reason"
    assert found[cell["unseen"]] == "workbook.why.unseen"
    assert {"workbook.why.more_errors", "workbook.why.long_number", "unclean.postcode"} <= set(found.values())
    assert values(diff) == {"entry:registration.contact": ("", "吉某")}


def test_rows_may_be_inserted_deleted_and_moved_and_columns_too() -> None:
    with edited(made(STATION)) as (book, saved):
        sheet = sheet_of(book, "registration.equipment")
        name, quantity = column_of(sheet, "name"), column_of(sheet, "quantity")
        sheet.delete_rows(row_of(sheet, "1"))
        sheet.insert_rows(4, 2)
        sheet.cell(4, name).value = "投影仪"
        sheet.cell(row_of(sheet, "2"), quantity).value = 3
        sheet.move_range(f"A1:{sheet.cell(sheet.max_row, quantity).coordinate}", cols=0)
        for row in sheet.iter_rows(min_col=name, max_col=quantity):
            first, last = row[0].value, row[-1].value
            row[0].value, row[-1].value = last, first
        sheet.title = "我们的设备"
    diff = compared(saved[0], STATION)
    assert not diff.rejected
    assert values(diff) == {
        "entry:registration.equipment/1/name": ("计算机", ""),
        "entry:registration.equipment/1/quantity": ("30", ""),
        "entry:registration.equipment/2/quantity": ("2", "3"),
    }
    assert [(new.number, dict(new.row.cells)) for new in diff.rows] == [(3, {"name": "投影仪"})]


def test_a_number_typed_for_a_new_row_takes_nobodys_place() -> None:
    with edited(made(STATION)) as (book, saved):
        row = add(book, "registration.equipment", name="投影仪")
        sheet_of(book, "registration.equipment").cell(row, 1).value = "3"
    meanwhile = replace(
        STATION,
        entries={
            **STATION.entries,
            **rows("registration.equipment", {}, {}, {"name": "扫描仪"}),
        },
    )
    diff = compared(saved[0], meanwhile)
    assert not diff.changes
    assert [(new.number, new.row.cells["name"]) for new in diff.rows] == [(4, "投影仪")]


def test_a_workbook_sent_twice_adds_nothing_twice() -> None:
    with edited(made(STATION)) as (book, saved):
        add(book, "registration.equipment", name="投影仪", quantity=1)
        fill(book, "registration", "contact", "value", "吉某")
    once = taken(STATION, compared(saved[0], STATION))
    assert compared(saved[0], once).is_empty


def test_a_sheet_that_is_gone_is_left_alone_and_named() -> None:
    with edited(made(STATION)) as (book, saved):
        del book[sheet_of(book, "registration.equipment").title]
        sheet_of(book, "registration").delete_rows(1)
    draft = drafted(saved[0])
    assert compare(draft, STATION, RUBRIC, FORM).is_empty
    assert draft.absent == ("登记表（附件3）", "设备设施情况")


def test_two_files_of_two_people_conflict_only_where_both_changed() -> None:
    data = made(STATION)
    with edited(data) as (book, first):
        fill(book, "registration", "address", "value", "西昌市一路")
        fill(book, "registration", "contact", "value", "吉某")
    with edited(data) as (book, second):
        fill(book, "registration", "address", "value", "西昌市二路")
        fill(book, "registration", "head", "value", "陈某")
    now = taken(STATION, compared(first[0], STATION))
    draft = drafted(second[0])
    diff = compare(draft, now, RUBRIC, FORM)
    assert values(diff) == {"entry:registration.head": ("", "陈某")}
    [conflict] = diff.conflicts
    assert (conflict.base, conflict.here, conflict.file) == ("凉山州", "西昌市一路", "西昌市二路")
    mine = compare(codec.from_text(codec.to_text(decide(draft, diff.conflicts, Side.FILE))), now, RUBRIC, FORM)
    assert values(mine)["entry:registration.address"] == ("西昌市一路", "西昌市二路")
    theirs = compare(decide(draft, diff.conflicts, Side.HERE), now, RUBRIC, FORM)
    assert (theirs.conflicts, values(theirs)) == ((), {"entry:registration.head": ("", "陈某")})


def test_a_decision_is_void_once_something_else_stands_here() -> None:
    with edited(made(STATION)) as (book, saved):
        fill(book, "registration", "address", "value", "西昌市二路")
    draft = drafted(saved[0])
    one, two = (
        apply(STATION, EntryWritten("registration.address", "凉山州", value), by=ME, at=NOW) for value in ("甲", "乙")
    )
    decided = decide(draft, compare(draft, one, RUBRIC, FORM).conflicts, Side.FILE)
    assert not compare(decided, one, RUBRIC, FORM).conflicts
    assert [each.here for each in compare(decided, two, RUBRIC, FORM).conflicts] == ["乙"]


def test_a_declared_condition_is_withdrawn_only_with_a_reason() -> None:
    declared = replace(BLANK, vetoes={"idle_three_years": VetoRecord("idle", declared=True, revision=1, by=ME)})
    with edited(made(declared)) as (book, without):
        fill(book, "vetoes", "idle_three_years", "choice", "近3年开展过鉴定")
    assert [each.why for each in compared(without[0], declared).rejected] == ["workbook.why.withdrawal"]
    with edited(made(declared)) as (book, reasoned):
        fill(book, "vetoes", "idle_three_years", "choice", "近3年开展过鉴定")
        fill(book, "vetoes", "idle_three_years", "words", "填错了，2016年鉴定过38人")
    now = taken(declared, compared(reasoned[0], declared))
    assert now.veto("idle_three_years").declared is False


def test_the_twin_filled_in_with_a_whole_station_gives_the_same_score_as_the_chat() -> None:
    special = {"5.1.1": Counted(3), "6.6.1": Sampled(1000, 30), "6.4.2": Excused("各职业都有国家题库")}
    answers = {item.id: special.get(item.id, Chosen(item.levels[-1].id)) for item in RUBRIC.items.values()}
    with edited(made(BLANK)) as (book, saved):
        for item_id, answer in answers.items():
            for column, words in answer_cells.to_cells(RUBRIC.items[item_id], answer, ZH).items():
                fill(book, "items", item_id, column, words)
        for veto in RUBRIC.vetoes:
            denies = next(choice for choice in veto.choices if not choice.declares)
            fill(book, "vetoes", veto.id, "choice", denies.label.by_locale["zh_CN"])
    now = taken(BLANK, compared(saved[0], BLANK))
    by_chat = summarize(RUBRIC, answers, {veto.id: False for veto in RUBRIC.vetoes})
    assert summarize(RUBRIC, now.answers, now.declarations) == by_chat


def test_merged_cells_are_refused_with_their_place() -> None:
    with edited(made(STATION, "registration.equipment")) as (book, saved):
        sheet_of(book, "registration.equipment").merge_cells("B4:B5")
    with pytest.raises(InvalidInputError) as refused:
        read(saved[0])
    assert [(each.code, each.details) for each in refused.value.problems] == [("X006", {"ranges": "B4:B5"})]


def test_a_foreign_workbook_is_refused_and_not_taken_for_ours() -> None:
    file = BytesIO()
    Workbook().save(file)
    assert not is_ours(file.getvalue())
    with pytest.raises(InvalidInputError) as refused:
        read(file.getvalue())
    assert refused.value.problems[0].code == "X004"


def test_a_workbook_of_another_version_is_refused() -> None:
    came = read(made(STATION))
    with pytest.raises(InvalidInputError) as refused:
        gathering.gather(came, RUBRIC, replace(FORM, version=2), ZH)
    assert refused.value.problems[0].code == "X005"


@pytest.mark.parametrize(
    "data", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), b"PK\x03\x04junk", b"%PDF-1.4", b"a,b\n1,2\n"]
)
def test_what_is_no_workbook_is_refused_plainly(data: bytes) -> None:
    assert not is_ours(data)
    with pytest.raises((FileRefusedError, InvalidInputError)):
        read(data)


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet2.xml"]
)
@pytest.mark.parametrize("content", [b"", b"<x/>", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"])
def test_a_damaged_or_dangerous_part_refuses_the_whole(part: str, content: bytes) -> None:
    with ZipFile(BytesIO(made(STATION, "registration.equipment"))) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    file = BytesIO()
    with ZipFile(file, "w") as broken:
        for name, kept in parts.items():
            broken.writestr(name, content if name == part else kept)
    try:
        draft = drafted(file.getvalue())
    except (FileRefusedError, InvalidInputError):
        return
    assert compare(draft, STATION, RUBRIC, FORM).is_empty
