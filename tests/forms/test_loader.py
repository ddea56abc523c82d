"""A form file is refused with every problem at once, each with its place and a sentence."""

from __future__ import annotations

import pytest

from bot.errors import InvalidInputError
from bot.forms.codes import FormCode
from bot.forms.loader import form_at, form_beside, forms, load
from bot.localization import LOCALES, Localizers

SOUND = """\
id: example
version: 1
title: 示例表
choices:
  kind:
    - {id: a, label: 甲, meaning: {zh_CN: 甲, en: first}}
    - {id: b, label: 乙, meaning: {zh_CN: 乙, en: second}}
sections:
  - id: one
    label: 一
    why: {zh_CN: 为什么, en: why}
    fields:
      - {id: sort, label: 种类, kind: choice, choices: kind, example: "", why: {zh_CN: 问, en: asked}}
      - {id: other, label: 其他, kind: text, example: 例, why: {zh_CN: 问, en: asked}, when: {field: sort, values: [b]}}
    tables:
      - id: list
        label: 表
        most: 3
        why: {zh_CN: 为什么, en: why}
        columns:
          - {id: name, label: 名称, kind: text, example: 例, why: {zh_CN: 问, en: asked}}
"""
BROKEN = {
    "F002": ("id: one\n", "id: One\n"),
    "F003": ("id: b, label", "id: a, label"),
    "F004": ("why: {zh_CN: 为什么, en: why}\n    fields", "why: {zh_CN: 为什么}\n    fields"),
    "F005": ("kind: choice, choices: kind, ", "kind: choice, choices: kinds, "),
    "F006": ("field: sort, values: [b]", "field: list, values: [b]"),
    "F007": (
        "kind: text, example: 例, why: {zh_CN: 问, en: asked}, when",
        'kind: text, example: "", why: {zh_CN: 问, en: asked}, when',
    ),
    "F008": ("id: name, label: 名称", f"id: {'n' * 40}, label: 名称"),
    "R002": ("version: 1\n", "version: 1\nversion: 1\n"),
    "R004": ("version: 1\n", "version: 1\ncolour: red\n"),
    "R005": ("title: 示例表\n", ""),
    "R011": (
        "kind: text, example: 例, why: {zh_CN: 问, en: asked}}\n",
        "kind: words, example: 例, why: {zh_CN: 问, en: asked}}\n",
    ),
    "R014": ("most: 3", "most: 0"),
}
LANGUAGES = Localizers.load("Asia/Shanghai")


def codes_of(text: str) -> set[str]:
    with pytest.raises(InvalidInputError) as refused:
        load(text)
    for problem in refused.value.problems:
        for locale in LOCALES:
            sentence = LANGUAGES.of(locale).problem(problem)
            assert problem.place in sentence
            assert "{" not in sentence
    return {str(problem.code) for problem in refused.value.problems}


def test_the_example_itself_is_sound() -> None:
    form = load(SOUND)
    assert form.field("one.other") is not None
    assert form.table("one.list") is not None
    assert form.section("two") is None


@pytest.mark.parametrize("code", BROKEN)
def test_a_broken_form_is_refused_for_exactly_its_code(code: str) -> None:
    find, put = BROKEN[code]
    assert SOUND.count(find) == 1
    expected = {code, "F006"} if code == "F005" else {code}
    assert codes_of(SOUND.replace(find, put)) - {"F006"} == expected - {"F006"}


def test_every_code_of_a_form_file_has_a_broken_example() -> None:
    assert {code.value for code in FormCode} - {FormCode.UNKNOWN_FORM.value} <= set(BROKEN)


@pytest.mark.parametrize("text", ["", "- a", "words", "a: [", "\x00", "[" * 5000])
def test_a_text_that_is_no_form_is_refused_and_never_raises_anything_else(text: str) -> None:
    assert codes_of(text)


def test_a_form_that_is_not_there_is_a_coded_problem() -> None:
    for key in (("nowhere", 1), ("sichuan-2017", 99)):
        with pytest.raises(InvalidInputError) as refused:
            forms().get(*key)
        assert [problem.code for problem in refused.value.problems] == [FormCode.UNKNOWN_FORM]


def test_a_rubric_goes_with_the_newest_form_of_its_own_id_or_with_none() -> None:
    assert form_beside("sichuan-2017") == ("sichuan-2017", 1)
    assert form_beside("example-workshop") is None
    assert form_at(None) is None
    assert form_at(("sichuan-2017", 1)) is forms().latest("sichuan-2017")
