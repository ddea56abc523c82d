"""PDF: everything that the content says stands on its pages, as letters of an embedded font."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pytest
from pypdf import PdfReader

from bot.reports import pdf
from bot.reports.model import Document, Grid, Kind, Layout, Paragraph, Part, Style
from bot.reports.pdf.fonts import FontChoice, FontsMissingError, families, lacking, wanted
from tests.reports.fonts import letters, needs_fonts
from tests.reports.samples import noted_everywhere, sample_package

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.reports.model import Package

A4: Final = (595, 842)
HOSTILE: Final = (
    "{{ 7*7 }} {% raw %} <w:t> #eval(\"1\") $x$ *_`@ref` <label> =cmd|'/c' \\u{41} // https://example.org 㐀𠀀"
)
PACKAGE: Final = sample_package()

pytestmark = needs_fonts


def made(document: Document, package: Package = PACKAGE) -> PdfReader:
    return PdfReader(BytesIO(pdf.render(document, package.stamp)))


def words_of(document: Document) -> Iterator[str]:
    for part in document.parts:
        for block in part.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            elif isinstance(block, Grid):
                yield from (cell.text for row in block.rows for cell in row.cells)


def text_of(reader: PdfReader) -> str:
    return letters("".join(page.extract_text() for page in reader.pages))


def table(package: Package = PACKAGE) -> Document:
    found = package.document(Kind.TABLE)
    assert found is not None
    return found


def of(words: str) -> Document:
    """A document of one paragraph."""
    return Document(Kind.LETTER, "某某", Layout.LETTER, (Part("", (Paragraph(Style.BODY, words),)),))


def test_the_table_comes_to_six_pages_of_a4() -> None:
    reader = made(table())
    assert [(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages] == [A4] * 6


@pytest.mark.parametrize("document", PACKAGE.documents, ids=lambda each: each.kind.value)
def test_every_word_of_a_document_stands_on_its_pages(document: Document) -> None:
    reader = made(document)
    text = text_of(reader)
    for words in words_of(document):
        for line in words.split("\n"):
            assert _stands(letters(line), reader, text), line


def _stands(words: str, reader: PdfReader, text: str) -> bool:
    """On one page, or over the foot of one, where number and stamp come between."""
    pieces = re.findall(".{1,8}", words)
    return words in text or (len(reader.pages) > 1 and all(piece in text for piece in pieces))


@pytest.mark.parametrize("document", PACKAGE.documents, ids=lambda each: each.kind.value)
def test_every_page_bears_the_code_and_a_draft_says_that_it_is_one(document: Document) -> None:
    draft = sample_package(is_draft=True)
    assert all(PACKAGE.stamp.code in letters(page.extract_text()) for page in made(document).pages)
    assert all(draft.stamp.draft in letters(page.extract_text()) for page in made(document, draft).pages)
    assert not any(draft.stamp.draft in letters(page.extract_text()) for page in made(document).pages)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert pdf.render(table(), PACKAGE.stamp) == pdf.render(table(), PACKAGE.stamp)


def test_what_people_wrote_is_set_as_they_wrote_it_and_never_run() -> None:
    reader = made(of(HOSTILE))
    assert letters(HOSTILE) in text_of(reader)
    assert all("/Annots" not in page for page in reader.pages)


def test_a_letter_that_no_font_has_stands_as_its_number() -> None:
    text = text_of(made(of("甲\U000e0100乙\U0010fffd丙\U0001f642丁")))
    assert "\x00" not in text
    assert "乙〔U+10FFFD〕丙" in text


def test_the_longest_notes_of_all_items_are_set_whole() -> None:
    words = "甲乙丙丁戊己庚辛壬癸" * 400
    package = sample_package(assessment=noted_everywhere(words))
    for document in package.documents:
        wanted = sum(each.count("癸") for each in words_of(document))
        assert text_of(made(document, package)).count("癸") == wanted


def test_letters_are_embedded() -> None:
    fonts = [font for page in made(table()).pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    descriptors = [font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert descriptors
    assert all({"/FontFile2", "/FontFile3"} & set(each.get_object()) for each in descriptors)


def test_without_any_chinese_font_it_is_said_which_package_brings_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.reports.pdf.fonts._names", lambda _: {"dejavu sans": "DejaVu Sans"})
    families.cache_clear()
    with pytest.raises(FontsMissingError) as refused:
        pdf.render(table(), PACKAGE.stamp)
    families.cache_clear()
    assert refused.value.packages == wanted().packages
    assert lacking(FontChoice()) == tuple(wanted().families)


def test_the_operators_own_families_come_first(tmp_path: Path) -> None:
    every = families(FontChoice())
    last = every["hei"][-1]
    chosen = families(FontChoice((last,), (tmp_path,)))
    assert {names[0] for names in chosen.values()} == {last}


def test_a_document_without_a_moment_can_be_set() -> None:
    assert pdf.render(of("甲"), replace(PACKAGE.stamp, as_of=None)).startswith(b"%PDF")
