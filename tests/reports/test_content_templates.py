"""An authority's own letter and layout: taken where they lie, refused in coded words where they are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.errors import InvalidInputError
from bot.reports.codes import TemplateCode
from bot.reports.compiling import compile_package
from bot.reports.content.numerals import numeral
from bot.reports.model import Gap, Kind, Style
from bot.reports.templates import Templates
from bot.reports.trial import faults
from tests.reports.reading import blocks, document, grids, paragraphs
from tests.reports.samples import sample_case
from tests.watch.stations import FORM, RUBRIC

if TYPE_CHECKING:
    from pathlib import Path

    from bot.reports.model import Package

GROUP = "groups: [{label: 甲, width: 20, rows: [{cells: [{width: 80}]}, %s]}]"

WRONG_LETTERS = {
    "- {style: body, text: '{{ station'}": (TemplateCode.UNREADABLE_TEMPLATE, ":1 [#1].text"),
    "- {style: body, text: a, when: 1 +}": (TemplateCode.UNREADABLE_TEMPLATE, ":1 [#1].when"),
    "- {style: body, text: a, each: '['}": (TemplateCode.UNREADABLE_TEMPLATE, ":1 [#1].each"),
    "- {style: body, text: '{{ nobody }}'}": (TemplateCode.UNREADABLE_TEMPLATE, "{{ nobody }}"),
    "- {style: body, text: a, when: nobody}": (TemplateCode.UNREADABLE_TEMPLATE, "nobody"),
    "- {style: body, text: a, each: items}": (TemplateCode.UNREADABLE_TEMPLATE, "items"),
    "- {style: body, text: \"{{ said('registration.nothing') }}\"}": (TemplateCode.UNREADABLE_TEMPLATE, "nothing"),
    "- {style: body, text: \"{{ rows('registration.nothing') }}\"}": (TemplateCode.UNREADABLE_TEMPLATE, "nothing"),
    '- {style: body, text: "{{ said.__globals__ }}"}': (TemplateCode.UNREADABLE_TEMPLATE, "__globals__"),
    "- {style: body}": (TemplateCode.ONE_OF_TWO, ":1 [#1]"),
    "- {text: a}": (TemplateCode.ONE_OF_TWO, ":1 [#1]"),
    "- when: 'true'\n  blocks:\n    - {text: a, blocks: [{style: body, text: a}]}": (
        TemplateCode.ONE_OF_TWO,
        ":3 [#1].blocks[#1]",
    ),
    "- {style: shout, text: a}": ("R011", ":1 [#1].style"),
    "- {style: body, text: a, colour: red}": ("R004", ":1 [#1].colour"),
    "- {style: body, text: a, before: 1000}": ("R014", ":1 [#1].before"),
    "a: b": ("R008", ":1"),
    "- [": ("R001", ":2"),
}

WRONG_SENTENCES = {
    "score.total: '{% if %}'": (TemplateCode.UNREADABLE_TEMPLATE, "sentences.yaml:1 score.total"),
    "score.total: '{{ nobody }}'": (TemplateCode.UNREADABLE_TEMPLATE, "score.total"),
    "score.total: '{{ total.__class__.__mro__ }}'": (TemplateCode.UNREADABLE_TEMPLATE, "score.total"),
    "score.totals: 共": ("R004", "sentences.yaml:1 score.totals"),
    "score.total: 3": ("R006", "sentences.yaml:1 score.total"),
    "- 共": ("R009", "sentences.yaml:1"),
    "score.total: [": ("R001", "sentences.yaml:2"),
}

WRONG_LAYOUTS = {
    "attachment: a\n" + GROUP % "{cells: [{width: 70}]}": (TemplateCode.UNEQUAL_WIDTH, ":2 groups[#1].rows[#2]"),
    "attachment: a\n" + GROUP % "{height: 3}": (TemplateCode.ONE_OF_TWO, ":2 groups[#1].rows[#2]"),
    "attachment: a\n" + GROUP % "{cells: [{width: 80, value: a.b}]}": (
        TemplateCode.UNKNOWN_SUBJECT,
        ":2 groups[#1].rows[#2].cells[#1]",
    ),
    "attachment: a\n" + GROUP % "{table: {path: a.b, columns: {c: 80}}}": (
        TemplateCode.UNKNOWN_SUBJECT,
        ":2 groups[#1].rows[#2].table",
    ),
    "attachment: a\n" + GROUP % "{table: {path: registration.equipment, columns: {c: 80}}}": (
        TemplateCode.UNKNOWN_SUBJECT,
        ":2 groups[#1].rows[#2].table",
    ),
    "attachment: a\nbelow: ['{{ a']\n" + GROUP % "{cells: [{width: 80}]}": (
        TemplateCode.UNREADABLE_TEMPLATE,
        ":2 below[#1]",
    ),
    "attachment: a\ngroups: []": ("R012", ":2 groups"),
}


def compiled(folder: Path, name: str, text: str) -> Package:
    """The sample's package under an authority's own file."""
    (folder / name).write_text(text, encoding="utf-8")
    return compile_package(sample_case(), Templates(RUBRIC.id, (folder,)), is_draft=True)


@pytest.mark.parametrize("text", WRONG_LETTERS)
def test_a_wrong_letter_is_refused_with_its_place(text: str, tmp_path: Path) -> None:
    code, place = WRONG_LETTERS[text]
    with pytest.raises(InvalidInputError) as caught:
        compiled(tmp_path, "letter.yaml", text)
    problem = caught.value.problems[0]
    assert problem.code == code
    assert problem.place.endswith(place) or place in problem.place


@pytest.mark.parametrize("text", WRONG_SENTENCES)
def test_a_wrong_sentence_is_refused_with_its_place(text: str, tmp_path: Path) -> None:
    code, place = WRONG_SENTENCES[text]
    with pytest.raises(InvalidInputError) as caught:
        compiled(tmp_path, "sentences.yaml", text)
    [problem] = caught.value.problems
    assert problem.code == code
    assert problem.place.endswith(place)


def test_an_authority_says_one_sentence_its_own_way(tmp_path: Path) -> None:
    letter = document(compiled(tmp_path, "sentences.yaml", "score.open: 共{{ score.reported }}分"), Kind.LETTER)
    assert any("共91分" in each for each in paragraphs(letter))


@pytest.mark.parametrize("name", ["sentences.yaml", "letter.yaml", "form.yaml", "letter.docx"])
def test_templates_are_tried_before_anybody_needs_them(name: str, tmp_path: Path) -> None:
    assert faults(tmp_path, RUBRIC, FORM) == ()
    (tmp_path / name).write_text("a: [", encoding="utf-8")
    assert [each.place.rpartition("/")[2].partition(":")[0] for each in faults(tmp_path, RUBRIC, FORM)] == [name]


@pytest.mark.parametrize("text", WRONG_LAYOUTS)
def test_a_wrong_layout_is_refused_with_its_place(text: str, tmp_path: Path) -> None:
    code, place = WRONG_LAYOUTS[text]
    with pytest.raises(InvalidInputError) as caught:
        compiled(tmp_path, "form.yaml", text)
    assert [(each.code, each.place) for each in caught.value.problems] == [(code, f"{tmp_path / 'form.yaml'}{place}")]


def test_an_authority_writes_the_letter_its_own_way(tmp_path: Path) -> None:
    text = """
- {style: title, text: "{{ rubric }}自查情况"}
- {style: heading, text: 得分}
- each: chapters
  as: chapter
  when: chapter.losses
  blocks:
    - {style: body, each: chapter.losses, as: loss, text: "{{ chapter.id }}之{{ number }}：{{ loss.points }}"}
- {style: body, when: blank, text: 没有评完}
- {style: body, text: "{% if blank %}没有评完{% endif %}"}
- {style: signature, before: 12, text: "{{ day }}"}
"""
    letter = document(compiled(tmp_path, "letter.yaml", text), Kind.LETTER)
    assert paragraphs(letter) == [
        f"{RUBRIC.title}自查情况",
        "一、得分",
        *("2之1：1", "4之1：2", "5之1：2", "6之1：0", "6之2：1", "9之1：3"),
        "2017年4月20日",
    ]
    assert [each for each in blocks(letter) if isinstance(each, Gap)] == [Gap(12)]


def test_an_authority_lays_the_form_out_its_own_way(tmp_path: Path) -> None:
    text = "attachment: ''\nabove: ['{{ station }}']\n" + GROUP % "{cells: [{width: 80, value: registration.head}]}"
    form = document(compiled(tmp_path, "form.yaml", text), Kind.FORM)
    assert paragraphs(form, Style.ATTACHMENT) == []
    assert [[cell.text for cell in row.cells] for row in grids(form)[0].rows] == [["甲", ""], ["何某"]]


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")]
)
def test_headings_are_numbered_as_they_are_counted(number: int, words: str) -> None:
    assert numeral("一二三四五六七八九十", number) == words
