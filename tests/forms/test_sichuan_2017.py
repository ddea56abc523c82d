"""The form that ships: the words of 附件3, complete in both languages, every example in its own form."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from bot.forms.cleaning import clean
from bot.forms.model import FieldKind
from bot.forms.outcomes import Cleaned
from bot.localization import LOCALES
from tests.forms.builders import FORM, every_field, table

if TYPE_CHECKING:
    from bot.forms.model import Field

NOTICE = (files("bot.rubric") / "data" / "sichuan-2017" / "notice.txt").read_text(encoding="utf-8")
ATTACHMENT_3 = re.sub(r"\s", "", NOTICE.rpartition("附件3")[2])
FIRST_ATTACHMENT = re.sub(r"\s", "", NOTICE)
PRINTED = [field for subject, field in every_field() if field.printed and subject.startswith("registration.")]
EVERY = every_field()
DOCUMENTS = (
    *("国发〔2014〕27号", "国发〔2014〕50号", "国发〔2015〕11号", "国发〔2015〕41号"),
    *("国发〔2016〕5号", "国发〔2016〕35号", "国发〔2016〕68号"),
)


def test_the_copy_of_the_notice_holds_attachment_3() -> None:
    assert "四川省职业技能鉴定站（所）登记表" in ATTACHMENT_3
    assert ATTACHMENT_3.endswith("J、其它")


@pytest.mark.parametrize("field", PRINTED, ids=lambda field: field.id)
def test_a_printed_label_is_the_official_one_word_for_word(field: Field) -> None:
    assert field.label in ATTACHMENT_3


@pytest.mark.parametrize("label", ["管理人员", "考评人员", "督导人员", "设备设施情况", "近3年鉴定情况"])
def test_a_printed_table_bears_its_official_name(label: str) -> None:
    assert label in ATTACHMENT_3
    section = FORM.section("registration")
    assert section is not None
    assert label in [each.label for each in section.tables]


@pytest.mark.parametrize(
    ("path", "labels"),
    [
        ("registration.managers", ["姓名", "学历", "职业资格（专业技术职务）", "现任职务", "工作单位"]),
        ("registration.examiners", ["姓名", "学历", "职业资格（专业技术职务）", "考评职业（工种）", "工作单位"]),
        ("registration.supervisors", ["姓名", "学历", "职业资格（专业技术职务）", "考评职业（工种）", "工作单位"]),
        ("registration.equipment", ["名称", "规格（型号）", "数量"]),
        ("registration.appraisals", ["职业（工种）", "初级（人）", "中级（人）", "高级（人）"]),
    ],
)
def test_a_table_prints_just_the_columns_of_the_paper(path: str, labels: list[str]) -> None:
    assert [column.label for column in table(path).columns if column.printed] == labels
    assert "".join(labels) in ATTACHMENT_3


def test_the_categories_are_those_of_the_instructions_word_for_word() -> None:
    category = FORM.field("registration.category")
    assert category is not None
    told = "；".join(f"{choice.label}、{choice.meaning.by_locale['zh_CN']}" for choice in category.choices)
    assert told in ATTACHMENT_3
    assert [choice.label for choice in category.choices] == list("ABCDEFGHIJ")


def test_category_j_asks_what_it_is_and_no_other_does() -> None:
    other = FORM.field("registration.category_other")
    assert other is not None
    assert other.when is not None
    assert (other.when.field, other.when.values) == ("category", ("j",))


def test_the_seven_documents_are_those_that_attachment_1_names() -> None:
    named = FORM.field("cancelled.occupations/1/document")
    assert named is not None
    assert tuple(choice.label for choice in named.choices[1:]) == DOCUMENTS
    assert "、".join(DOCUMENTS) in FIRST_ATTACHMENT


@pytest.mark.parametrize("question", ["lawful", "training", "entry", "wording", "emblem"])
def test_a_finding_on_cancelled_items_asks_reason_measure_and_deadline(question: str) -> None:
    asked = FORM.field(f"cancelled.{question}")
    assert asked is not None
    assert [choice.id for choice in asked.choices] == ["clean", "found"]
    for about in ("reason", "measure", "deadline"):
        field = FORM.field(f"cancelled.{question}_{about}")
        assert field is not None
        assert field.when is not None
        assert (field.when.field, field.when.values) == (question, ("found",))


def test_an_occupation_that_goes_on_asks_reason_measure_and_deadline() -> None:
    columns = {column.id: column for column in table("cancelled.occupations").columns}
    for about in ("reason", "measure", "deadline"):
        when = columns[about].when
        assert when is not None
        assert (when.field, when.values) == ("stopped", ("other_form", "continues"))


@pytest.mark.parametrize(("subject", "field"), EVERY, ids=[subject for subject, _ in EVERY])
def test_every_field_says_why_in_every_language_and_its_example_is_taken(subject: str, field: Field) -> None:
    assert set(field.why.by_locale) == set(LOCALES)
    for choice in field.choices:
        assert set(choice.meaning.by_locale) == set(LOCALES)
        assert clean(field, choice.label) == Cleaned(choice.id)
    if field.example:
        cleaned = clean(field, field.example)
        assert isinstance(cleaned, Cleaned), subject
        assert cleaned.remark is None, subject
    else:
        assert field.choices


def test_what_is_about_a_person_is_marked_so_that_cards_mask_it() -> None:
    masked = {subject for subject, field in EVERY if field.personal}
    assert {subject for subject, field in EVERY if field.kind in (FieldKind.NAME, FieldKind.PHONE)} <= masked
