"""The letter's template can be made again, be replaced by an authority's own, and never takes words for commands."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import docx
import pytest

from bot.errors import InvalidInputError
from bot.reports.docx import render
from bot.reports.model import Cell, Document, Gap, Grid, Kind, Layout, Paragraph, Part, Row, Style
from bot.reports.templates import Templates
from gallery.letter import SHIPPED, template
from tests.reports.docx_reading import FIELD, count, marks, opened, parts, rows, words
from tests.reports.samples import sample_package

if TYPE_CHECKING:
    from pathlib import Path

STAMP = sample_package().stamp
TEXTS = {style: f"{style.value} 文字" for style in Style}


def letter(*blocks: Paragraph | Gap | Grid) -> Document:
    return Document(Kind.LETTER, "自查报告", Layout.LETTER, (Part("", blocks),))


def of_an_authority(folder: Path, *lines: str) -> Templates:
    """The templates of an authority whose letter has these lines."""
    own = docx.Document()
    for line in lines:
        own.add_paragraph(line)
    own.save(str(folder / "letter.docx"))
    return Templates("general", (folder,))


def test_the_template_is_the_one_that_the_workshop_makes() -> None:
    assert dict(parts(SHIPPED.read_bytes())) == dict(parts(template()))


def test_every_style_is_set_in_its_own_look() -> None:
    made = opened(render(letter(*(Paragraph(style, text) for style, text in TEXTS.items())), STAMP))
    read = {each.text: each.style.name for each in made.paragraphs if each.style is not None}
    assert read == {text: f"zicha-{style.value}" for style, text in TEXTS.items()}


def test_a_table_and_room_for_a_seal_stand_where_they_should() -> None:
    grid = Grid((30, 40), (Row((Cell("甲", across=2),)), Row((Cell("乙"), Cell("丙\n丁")))), heading=1)
    blocks = (Paragraph(Style.BODY, "前"), grid, Gap(16), Paragraph(Style.SIGNATURE, "后"))
    made = opened(render(letter(*blocks), STAMP))
    assert [each.tag.partition("}")[2] for each in made.element.body] == ["p", "tbl", "p", "p", "sectPr"]
    assert [[(cell.text, cell.across) for cell in row] for row in rows(made.tables[0])] == [
        [("甲", 2)],
        [("乙", 1), ("丙\n丁", 1)],
    ]


def test_a_running_text_has_a_paragraph_for_each_line() -> None:
    made = opened(render(letter(Paragraph(Style.BODY, "第一行\n第二行")), STAMP))
    assert [each.text for each in made.paragraphs] == ["第一行", "第二行"]


@pytest.mark.parametrize(
    "words_of_somebody",
    [
        "{{ 7*7 }}",
        "{% raw %}",
        "{%p for x in y %}",
        "{_{ x }_}",
        "{_% x %_}",
        "<w:t>&amp;</w:t>",
        "a\tb",
        "{# x #}",
        "\u202ex",
    ],
)
def test_what_somebody_wrote_stays_as_it_is(words_of_somebody: str) -> None:
    stamp = replace(STAMP, words=words_of_somebody, station=words_of_somebody)
    grid = Grid((60,), (Row((Cell(words_of_somebody),)),))
    file = render(letter(Paragraph(Style.BODY, words_of_somebody), grid), stamp)
    assert words(opened(file)).splitlines()[:2] == [words_of_somebody] * 2
    assert marks(opened(file))[1::2] == [f"— 1 —\n{words_of_somebody}"] * 2
    assert count(FIELD, file) == 2


def test_an_authority_s_own_letter_is_taken(tmp_path: Path) -> None:
    own = of_an_authority(tmp_path, "{%p for block in blocks %}", "我局格式：{{ block.text }}", "{%p endfor %}", "完")
    made = opened(render(letter(Paragraph(Style.BODY, "正文")), STAMP, own))
    assert [each.text for each in made.paragraphs] == ["我局格式：正文", "完"]


@pytest.mark.parametrize("wrong", ["{{ nothing }}", "{{ stamp.__class__.__mro__ }}", "{% if %}"])
def test_a_template_that_asks_for_what_it_may_not_have_is_refused(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(InvalidInputError, match=r"L001 letter\.docx"):
        render(letter(Paragraph(Style.BODY, "正文")), STAMP, of_an_authority(tmp_path, wrong))


def test_the_shipped_template_runs_nothing_and_links_nothing() -> None:
    with ZipFile(BytesIO(SHIPPED.read_bytes())) as archive:
        names = archive.namelist()
    assert not [name for name in names if "vba" in name.lower() or "embeddings" in name or "media" in name]
    assert count(FIELD, SHIPPED.read_bytes()) == 2
