"""附件3: word for word as the notice prints it, and filled without adding a box."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from bot.reports.compiling import compile_package
from bot.reports.model import CellKind, Kind, Style
from bot.reports.placing import placed
from bot.reports.templates import Templates
from tests.reports.reading import answered, body, document, grids, paragraphs, without_entries, words, written
from tests.reports.samples import TEMPLATES, sample_assessment, sample_case, sample_package
from tests.watch.stations import FORM, RUBRIC, row

if TYPE_CHECKING:
    from bot.reports.model import Package

NOTICE = files("bot.rubric") / "data" / RUBRIC.id / "notice.txt"
GENERIC = Templates("example-without-a-layout")


def squeezed(text: str) -> str:
    """The text without anything that is only room."""
    return "".join(text.split())


def test_an_empty_form_is_the_notices_word_for_word() -> None:
    case = replace(without_entries(sample_case(), ""), station=None)
    read = document(compile_package(case, TEMPLATES, is_draft=False), Kind.FORM)
    official = squeezed(NOTICE.read_text(encoding="utf-8"))
    start = official.rindex("附件3四川省职业技能鉴定站（所）登记表")
    assert squeezed("".join(words(read))) == official[start:]


def test_an_empty_form_has_the_blank_rows_of_the_paper() -> None:
    case = without_entries(sample_case(), "")
    grid = grids(document(compile_package(case, TEMPLATES, is_draft=False), Kind.FORM))[0]
    down = {squeezed(cell.text): cell.down for line in grid.rows for cell in line.cells if cell.down > 1}
    assert down == {
        "鉴定机构基本情况": 12,
        "管理人员": 3,
        "考评人员": 3,
        "督导人员": 2,
        "鉴定条件": 4,
        "设备设施情况": 3,
        "近3年鉴定情况": 2,
        "鉴定收费情况": 2,
    }


def test_every_row_is_as_wide_as_the_page() -> None:
    grid = grids(document(sample_package(), Kind.FORM))[0]
    assert sum(grid.widths) == 178
    assert len(placed(grid)) == sum(len(line.cells) for line in grid.rows)


def test_rows_grow_with_the_tables() -> None:
    people = {
        key: value
        for number in range(3, 41)
        for key, value in row("registration.examiners", number, name=f"考{number}").items()
    }
    said = body(answered(Kind.FORM, entries=people)).split("\n")
    assert [each for each in said if each.startswith("考") and each[1:].isdigit()] == [
        f"考{number}" for number in range(3, 41)
    ]


def test_personal_data_stand_whole() -> None:
    said = set(body(document(sample_package(), Kind.FORM)).split("\n"))
    personal = {key: each.value for key, each in sample_assessment().entries.items() if key.startswith("registration.")}
    fields = {key: FORM.field(key) for key in personal}
    printed = {value for key, value in personal.items() if (field := fields[key]) and field.personal and field.printed}
    assert {"何某", "028-85550000"} < printed <= said


def test_appraisals_are_summed_over_the_years() -> None:
    grid = grids(document(sample_package(), Kind.FORM))[0]
    line = next(each for each in grid.rows if each.cells[0].text == "中式烹调师")
    assert [(cell.text, cell.number) for cell in line.cells[1:]] == [
        ("24", Decimal(24)),
        ("69", Decimal(69)),
        ("", None),
    ]


def test_levels_without_a_box_stand_in_a_note_and_not_in_the_grid() -> None:
    entries = {
        **row("registration.appraisals", 3, year="2014", occupation="中式烹调师", technician="3"),
        **row("registration.appraisals", 4, year="2015", occupation="中式烹调师", technician="4", master="1"),
        **row("registration.appraisals", 5, year="2015", occupation="电工", junior="10", technician="0"),
    }
    read = answered(Kind.FORM, entries=entries)
    assert (
        paragraphs(read, Style.NOTE)[-1]
        == "近3年鉴定情况中，本表没有栏目的：中式烹调师，技师（人）7、高级技师（人）1。"
    )
    assert {cell.text for line in grids(read)[0].rows for cell in line.cells}.isdisjoint({"7", "技师（人）"})


def test_category_j_is_explained_below() -> None:
    read = written(Kind.FORM, registration__category="j", registration__category_other="某某科研院所")
    assert paragraphs(read, Style.LINE)[0].endswith("类别：J")
    assert paragraphs(read, Style.NOTE)[-1] == "类别为其它的说明：某某科研院所。"


def test_an_explanation_of_another_category_is_not_printed() -> None:
    assert "某某科研院所" not in body(written(Kind.FORM, registration__category_other="某某科研院所"))


def test_seal_and_opinion_are_left_to_ink() -> None:
    grid = grids(document(sample_package(), Kind.FORM))[0]
    assert grid.rows[-1].height >= 30
    assert [cell.kind for cell in grid.rows[-1].cells] == [CellKind.LABEL, CellKind.INK]


def test_any_form_prints_without_a_layout() -> None:
    read = document(sample_package_by(GENERIC), Kind.FORM)
    said = body(read).split("\n")
    for section in FORM.sections:
        labels = {each.label for each in section.fields if each.printed}
        assert labels <= set(said) if section.printed else not labels & set(said)
    assert "周某" in said
    assert paragraphs(read, Style.TITLE) == [FORM.title]


def sample_package_by(templates: Templates) -> Package:
    """The sample under other templates."""
    return compile_package(sample_case(), templates, is_draft=False)


@pytest.mark.parametrize("form", [None, replace(FORM, sections=FORM.sections[:1])])
def test_where_nothing_is_printed_there_is_no_form(form: object) -> None:
    assert compile_package(sample_case(form=form), GENERIC, is_draft=False).document(Kind.FORM) is None
