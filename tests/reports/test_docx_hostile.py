"""Whatever people write, a DOCX opens, says all of it, and holds no link and no field but its page numbers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final
from xml.parsers.expat import ParserCreate

import pytest

from bot.reports.content.brief import printable
from bot.reports.docx import render
from bot.reports.model import Cell, Document, Grid, Kind, Layout, Paragraph, Part, Row, Style
from tests.reports.docx_reading import FIELD, LINK, bare, count, marks, opened, parts, said, words
from tests.reports.samples import noted_everywhere, sample_package

if TYPE_CHECKING:
    from bot.reports.model import Package

NASTY: Final = (
    "㐀𠀀 {{ 7*7 }} {% raw %} {%p for x in y %} {_{ }_} <w:t> </w:p> &amp; ]]> =cmd|' /C calc'!A0 +1 @SUM(1) "
    'HYPERLINK("http://a.example") {PAGE} http://a.example a@a.example \x00\x07\x0c\x1b\x85\ufffe '
    "\u202eשלום مرحبا\u202c \u200b\u2028 %s {0} ${x} \\n #{x}\t制表"
)
LONGEST: Final = 4000
NOTE: Final = (NASTY * (LONGEST // len(NASTY) + 1))[:LONGEST]
KINDS: Final = (Kind.LETTER, Kind.TABLE, Kind.FORM)


@cache
def package() -> Package:
    """Every item with 4,000 letters of it as note, remedy and reason, and the form with it as well."""
    return sample_package(assessment=noted_everywhere(NOTE))


@cache
def made(kind: Kind) -> bytes:
    document = package().document(kind)
    assert document is not None
    return render(document, package().stamp)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_it_opens_and_the_text_is_complete(kind: Kind) -> None:
    document, read = package().document(kind), words(opened(made(kind)))
    assert document is not None
    assert bare(read) == bare("".join(said(document)))
    assert "".join(printable(NOTE).split()) in "".join(read.split())


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_in_it_is_a_link_or_a_field_but_the_number_of_the_page(kind: Kind) -> None:
    assert count(LINK, made(kind)) == 0
    assert count(FIELD, made(kind)) == (2 if kind is Kind.LETTER else 1)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_part_of_it_is_xml_that_a_strict_reader_takes(kind: Kind) -> None:
    for name, content in parts(made(kind)):
        assert ParserCreate().Parse(content, True) == 1, name  # noqa: FBT003 - as the reader wants it


def test_what_cannot_be_printed_is_left_out_even_of_the_properties() -> None:
    stamp = replace(sample_package().stamp, station="站\x00\x07\ud800名\x1b", words="站\x00\ud800名", draft="草\x0b稿")
    grid = Grid((60,), (Row((Cell("值\x00\ufffe\ud800"),)),))
    blocks = (Paragraph(Style.BODY, "文\x00\x1f字"), grid)
    for kind in Kind:
        file = opened(render(Document(kind, "名\x01称", Layout.FORM, (Part("", blocks),)), stamp))
        assert words(file).split() == ["文字", "值"]
        assert (file.core_properties.author, file.core_properties.title) == ("站名", "名称")
        assert marks(file)[:2] == ["草稿", "— 1 —\n站名"]
