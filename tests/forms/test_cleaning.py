"""Every kind of field brings what people write into one form, or refuses it in plain words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.data_files.wording import Wording
from bot.forms.cleaning import Context, clean
from bot.forms.loader import forms
from bot.forms.model import Choice, Field, FieldKind, Need
from bot.forms.outcomes import Cleaned, Fault, Remark, Unclean
from bot.forms.words import has_unseen
from bot.localization import LOCALES, Localizers

FORM = forms().latest("sichuan-2017")
CHENGDU = Context(area_code="028")
NASTY = (
    "=1+1",
    "＝1+1",
    "</b>",
    "{{7*7}}",
    "'; --",
    "../../x",
    "%s{0}",
    "😀" * 40,
    "ש" * 30,
    "x" * 4096,
    "\x00",
    "\u202e",
)


def field_of(kind: FieldKind) -> Field:
    """The first field of a kind in the form that ships."""
    every = [field for section in FORM.sections for field in section.fields]
    every += [column for section in FORM.sections for table in section.tables for column in table.columns]
    return next(field for field in every if field.kind is kind)


def cleaned(kind: FieldKind, text: str) -> str | Fault:
    found = clean(field_of(kind), text, CHENGDU)
    return found.value if isinstance(found, Cleaned) else found.code


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FieldKind.TEXT, "  某某  技工学校（东区）１号 ", "某某 技工学校（东区）1号"),
        (FieldKind.TEXT, "a\tb\nc", "a b c"),
        (FieldKind.TEXT, "=1+1", "=1+1"),
        (FieldKind.LONG_TEXT, " 一 \n\n\n\n二 ", "一\n\n二"),
        (FieldKind.NAME, " 张　三 ", "张 三"),
        *((FieldKind.DATE, each, "2017-03-01") for each in ("2017年3月1日", "2017.3.1", "2017-03-01", "20170301")),
        *((FieldKind.DATE, each, "2017-03-01") for each in ("２０１７年０３月０１日", "2017/3/1", "2017 年 3 月 1 号")),
        *(
            (FieldKind.PERIOD, each, "2016-03-01/2019-02-28")
            for each in (
                "2016年3月1日至2019年2月28日",
                "2016.3.1-2019.2.28",
                "20160301—20190228",
                "自2016-03-01起 至 2019-02-28止",
                "2016-03-01/2019-02-28",
            )
        ),
        *((FieldKind.YEAR, each, "2016") for each in ("2016", "２０１６年", "2016年度")),
        *((FieldKind.NUMBER, each, "38") for each in ("38", "３８人", "38 名", "0038")),
        (FieldKind.NUMBER, "1,200", "1200"),
        (FieldKind.NUMBER, "0", "0"),
        *(
            (FieldKind.AREA, each, "1200.5")
            for each in ("1200.5", "1,200.50㎡", "1200.5平方米", "1200.5 M²", "1200.5m2")
        ),
        (FieldKind.AREA, "1200", "1200"),
        (FieldKind.POSTCODE, "６１０ ０００", "610000"),
        *((FieldKind.PHONE, each, "028-85550000") for each in ("028-85550000", "85550000", "(028)8555 0000")),
        *(
            (FieldKind.PHONE, each, "028-85550000")
            for each in ("+86 28 8555 0000", "028—85550000（传真）", "电话：02885550000")
        ),
        *(
            (FieldKind.PHONE, each, "028-85550000-801")
            for each in ("85550000转801", "028-85550000 分机 801", "028-85550000-801")
        ),
        (FieldKind.PHONE, "0834-2161234", "0834-2161234"),
        (FieldKind.PHONE, "138 0013 8000", "13800138000"),
        (FieldKind.PHONE, "4008208820转1", "400-820-8820-1"),
        (FieldKind.ORG_CODE, "91110000 600037341l", "91110000600037341L"),
        (FieldKind.APPROVAL_NUMBER, "川人社函[2012]100号", "川人社函〔2012〕100号"),
        *(
            (FieldKind.APPROVAL_NUMBER, each, "川人社函〔2012〕100号")
            for each in ("川人社函（２０１２）100号", "川人社函【2012】100", "川人社函 〔2012〕 100 号")
        ),
        (FieldKind.CARD_NUMBER, "川职鉴 5100000001", "川职鉴5100000001"),
        *(
            (FieldKind.LEVELS, each, "junior,intermediate")
            for each in ("中级、初级", "初级工 中级工", "五级，四级", "1,2")
        ),
        (FieldKind.OCCUPATION, "中式烹调师", "中式烹调师"),
    ],
)
def test_what_people_write_comes_to_one_form(kind: FieldKind, text: str, value: str) -> None:
    assert cleaned(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text", "fault"),
    [
        (FieldKind.TEXT, "a\x00b", Fault.UNSEEN),
        (FieldKind.TEXT, "gnp.\u202eexe", Fault.UNSEEN),
        (FieldKind.TEXT, "x" * 201, Fault.TOO_LONG),
        (FieldKind.LONG_TEXT, "x" * 1001, Fault.TOO_LONG),
        (FieldKind.TEXT, " \u3000\n", Fault.EMPTY),
        (FieldKind.NAME, "张3", Fault.NOT_A_NAME),
        (FieldKind.NAME, "=+", Fault.NOT_A_NAME),
        *(
            (FieldKind.DATE, each, Fault.NOT_A_DATE)
            for each in ("2017年3月", "17.3.1", "2017-02-30", "昨天", "201703011")
        ),
        (FieldKind.DATE, "0017-03-01", Fault.NOT_A_DATE),
        *(
            (FieldKind.PERIOD, each, Fault.NOT_A_PERIOD)
            for each in ("2016.3-2019.2", "2016-03-01", "2016-03-012019-02-28")
        ),
        (FieldKind.PERIOD, "2019-02-28 至 2016-03-01", Fault.PERIOD_BACKWARDS),
        (FieldKind.YEAR, "16", Fault.NOT_A_YEAR),
        *((FieldKind.NUMBER, each, Fault.NOT_A_NUMBER) for each in ("-1", "3.5", "三十", "1,20", "99999999", "38吨")),
        *((FieldKind.AREA, each, Fault.NOT_AN_AREA) for each in ("0", "1.005", "1.2万", "大")),
        *((FieldKind.POSTCODE, each, Fault.NOT_A_POSTCODE) for each in ("61000", "6100000", "61000O")),
        *(
            (FieldKind.PHONE, each, Fault.NOT_A_PHONE)
            for each in ("12345", "028-8555", "138001380001", "028-85550000、13800138000")
        ),
        (FieldKind.CHOICE, "随便", Fault.NOT_A_CHOICE),
        *((FieldKind.LEVELS, each, Fault.NOT_LEVELS) for each in ("特级", "初级、特级", "、")),
        (FieldKind.CARD_NUMBER, "没有", Fault.NOT_A_CARD_NUMBER),
    ],
)
def test_what_cannot_be_brought_into_form_is_refused_for_its_reason(kind: FieldKind, text: str, fault: Fault) -> None:
    assert cleaned(kind, text) == fault


def test_a_local_number_asks_for_the_area_code_where_the_city_is_unknown() -> None:
    found = clean(field_of(FieldKind.PHONE), "85550000")
    assert found == Unclean(Fault.NO_AREA_CODE)


@pytest.mark.parametrize("text", ["d", "D", "4", "普通高校", "Ｄ"])
def test_a_choice_is_meant_by_letter_number_or_words(text: str) -> None:
    category = FORM.field("registration.category")
    assert category is not None
    assert clean(category, text) == Cleaned("d")


@pytest.mark.parametrize(
    ("text", "value", "remarked"),
    [
        ("12345678-8", "12345678-8", False),
        ("123456788", "12345678-8", False),
        ("12345678-1", "12345678-1", True),
        ("没有代码", "没有代码", True),
        ("91110000600037341X", "91110000600037341X", True),
    ],
)
def test_an_organisation_code_with_a_wrong_check_digit_is_kept_with_a_remark(
    text: str,
    value: str,
    remarked: bool,  # noqa: FBT001 - a column of the table above
) -> None:
    found = clean(field_of(FieldKind.ORG_CODE), text)
    assert isinstance(found, Cleaned)
    assert found.value == value
    assert (found.remark is not None) is remarked


def test_a_document_number_of_another_make_is_kept_with_a_remark() -> None:
    found = clean(field_of(FieldKind.APPROVAL_NUMBER), "2012年县政府会议纪要")
    assert isinstance(found, Cleaned)
    assert found.value == "2012年县政府会议纪要"
    assert found.remark is not None
    assert found.remark.code is Remark.APPROVAL_NUMBER


@pytest.mark.parametrize(
    ("text", "name"), [("中式烹饪师", "中式烹调师"), ("育婴师", "育婴员"), ("汽车修理工", "汽车维修工")]
)
def test_an_occupation_that_is_nearly_listed_is_kept_as_written_and_asked_about(text: str, name: str) -> None:
    found = clean(field_of(FieldKind.OCCUPATION), text)
    assert isinstance(found, Cleaned)
    assert found.value == text
    assert found.remark is not None
    assert found.remark.args["name"] == name


KINDS = {
    kind: Field(
        "x",
        "甲",
        kind,
        Need.REQUIRED,
        Wording({}),
        "",
        choices=(Choice("a", "A", Wording({"zh_CN": "甲"})), Choice("b", "B", Wording({"zh_CN": "乙"}))),
    )
    for kind in FieldKind
}
odd_words = (
    st.text(max_size=60)
    | st.sampled_from(NASTY)
    | st.text(alphabet="0123456789-/.年月日至转[]()〔〕,、 ABXx号人㎡", max_size=30)
)


@pytest.mark.parametrize("kind", FieldKind)
@settings(max_examples=150, deadline=None, database=None)
@given(text=odd_words, area_code=st.sampled_from(["", "028", "0834"]))
def test_anything_is_kept_in_one_form_or_refused_with_a_sentence(kind: FieldKind, text: str, area_code: str) -> None:
    context = Context(area_code)
    found = clean(KINDS[kind], text, context)
    if isinstance(found, Cleaned):
        assert clean(KINDS[kind], found.value, context) == found
        assert 0 < len(found.value) <= 1000
        assert not has_unseen(found.value)
        assert found.value == found.value.strip()
    else:
        for locale in LOCALES:
            assert SPEAKERS.of(locale).say(found.code, **found.args) not in ("", found.code)


SPEAKERS = Localizers.load("Asia/Shanghai")
