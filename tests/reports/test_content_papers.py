"""变更登记申请, 佐证材料目录 and 清单: due or not, and nothing left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.evidence.kinds import Kind as FileKind
from bot.evidence.sets import EvidenceSet, KeptFile, place_subject, set_subject, write
from bot.reports.compiling import compile_package
from bot.reports.model import CellKind, Kind
from bot.watch.watching import watch
from tests.reports.reading import answered, body, document, grids, paragraphs, without_entries
from tests.reports.samples import AUTHORITY, STATION, TEMPLATES, sample_assessment, sample_case, sample_package
from tests.watch.stations import FORM, RUBRIC, TODAY

HASH = "0123456789abcdef" * 4


def rows_of(kind: Kind, entries: dict[str, str]) -> list[list[str]]:
    """The rows of the first grid below its head."""
    return [[cell.text for cell in row.cells] for row in grids(answered(kind, entries=entries))[0].rows[1:]]


def test_what_changed_stands_before_and_after() -> None:
    assert rows_of(Kind.CHANGE, {}) == [["负责人", "吉某", "何某", "人事调整", "2016年9月1日"]]


@pytest.mark.parametrize(
    ("field", "now"), [("head", "周某"), ("phone", "028-85550001"), ("contact", "王某"), ("address", "成都市某某路2号")]
)
def test_each_of_the_four_fields_asks_for_an_application(field: str, now: str) -> None:
    entries = {"registration.head": "吉某", f"registration.{field}": now}
    assert [(row[1], row[2]) for row in rows_of(Kind.CHANGE, entries)] == [
        (sample_assessment().entry(f"licence.{field}").value, now)
    ]


def test_an_untold_change_is_applied_for_with_room_for_its_reason() -> None:
    entries = {"changes.head_reason": "", "changes.head_date": ""}
    assert rows_of(Kind.CHANGE, entries) == [["负责人", "吉某", "何某", "", ""]]


@pytest.mark.parametrize("head", ["吉某", "吉某 ", ""])
def test_what_is_the_same_when_folded_asks_for_nothing(head: str) -> None:
    made = sample_assessment(entries={"registration.head": head})
    assert sample_package(assessment=made).document(Kind.CHANGE) is None
    found = watch(made, RUBRIC, FORM, TODAY)
    assert not [each for each in found if each.rule.startswith("change")]


def test_an_application_is_addressed_and_signed() -> None:
    said = paragraphs(document(sample_package(), Kind.CHANGE))
    assert said[1] == f"{AUTHORITY.name}："
    assert said[-2:] == [STATION.name, "2017年4月20日"]


def test_without_any_evidence_there_is_no_catalogue() -> None:
    case = without_entries(sample_case(), "evidence/")
    assert compile_package(case, TEMPLATES, is_draft=False).document(Kind.EVIDENCE) is None


def test_every_file_stands_with_its_hash_under_the_official_words() -> None:
    said = body(document(sample_package(), Kind.EVIDENCE))
    assert f"{RUBRIC.items['2.1.10'].text}\n1\n预案封面.jpg" in said
    assert "\n".join(["3f" * 8] * 4) in said
    assert f"{RUBRIC.items['3.3.1'].text}\n备查位置：档案室2号柜第3卷" in said
    assert "2.1.10" not in said


def test_evidence_stands_in_the_order_of_table_and_form_and_the_unplaced_last() -> None:
    one = write(EvidenceSet((KeptFile(HASH, FileKind.PDF, 1),)))
    abouts = ("", "registration.examiners/2", "registration", "10.1.1", "9.2.1", "leak_or_accident", "1.1.1")
    entries = {set_subject(about, 1): one for about in abouts}
    headings = [row[0] for row in rows_of(Kind.EVIDENCE, entries) if len(row) == 1]
    veto = RUBRIC.vetoes_by_id["leak_or_accident"].text
    items = [RUBRIC.items[each].text for each in ("1.1.1", "2.1.10")]
    place = f"{RUBRIC.items['3.3.1'].text}\n备查位置：档案室2号柜第3卷"
    form = ["登记表（附件3）", "考评人员第2行"]
    last = ["没有归到某一项的材料"] * 2
    assert headings == [*items, place, RUBRIC.items["9.2.1"].text, veto, *form, *last]


def test_a_set_says_its_note_once_for_all_its_files_and_numbers_run_on() -> None:
    pair = write(EvidenceSet((KeptFile(HASH, FileKind.PDF, 1), KeptFile(HASH[::-1], FileKind.PNG, 2048)), "两份"))
    grid = grids(answered(Kind.EVIDENCE, entries={set_subject("9.2.1", 2): pair}))[0]
    notes = [(cell.text, cell.down) for row in grid.rows for cell in row.cells if cell.text == "两份"]
    assert notes == [("两份", 2)]
    assert [row.cells[0].text for row in grid.rows[1:] if row.cells[0].across == 1] == ["1", "2", "3", "4"]


def test_a_place_to_inspect_is_enough_for_a_catalogue() -> None:
    case = without_entries(sample_case(), "evidence/2")
    said = body(document(compile_package(case, TEMPLATES, is_draft=False), Kind.EVIDENCE))
    assert "备查位置：档案室2号柜第3卷" in said
    assert place_subject("3.3.1") not in said


def test_the_checklist_names_everything_with_a_box() -> None:
    rows = grids(document(sample_package(), Kind.CHECKLIST))[0].rows[1:]
    assert [(row.cells[0].text, row.cells[2].text) for row in rows] == [
        ("□", each)
        for each in (
            "自查报告",
            RUBRIC.title,
            FORM.title,
            "职业技能鉴定许可证副本原件",
            "职业技能鉴定许可证副本复印件",
            "变更登记申请",
            "佐证材料目录",
            "其他材料：",
        )
    ]


def test_the_checklist_leaves_room_for_every_hand() -> None:
    signed = grids(document(sample_package(), Kind.CHECKLIST))[1]
    assert [row.cells[0].text[:3] for row in signed.rows] == ["移交人", "接收人", "许可证"]
    assert all([cell.kind for cell in row.cells].count(CellKind.INK) == 2 for row in signed.rows)


def test_the_checklist_says_who_receives() -> None:
    assert f"接收单位：{AUTHORITY.name}" in body(document(sample_package(), Kind.CHECKLIST))
    direct = sample_package(station=replace(STATION, direct=True))
    assert "接收单位：省职业技能鉴定指导中心" in body(document(direct, Kind.CHECKLIST))
