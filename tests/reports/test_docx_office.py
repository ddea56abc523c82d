"""LibreOffice opens every DOCX, keeps all of its words, and sets the official forms on the pages they should have."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from bot.reports.docx import render
from bot.reports.model import Kind
from tests.reports.samples import noted_everywhere, sample_package
from tests.reports.test_docx_hostile import NOTE
from tests.watch.stations import RUBRIC

if TYPE_CHECKING:
    from pathlib import Path

    from bot.reports.model import Package

pytestmark = pytest.mark.office

A4 = (595, 842)


def converted(package: Package, kind: Kind, folder: Path) -> PdfReader:
    """The document as LibreOffice prints it."""
    document = package.document(kind)
    assert document is not None
    source = folder / "document.docx"
    source.write_bytes(render(document, package.stamp))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source))
    subprocess.run(command, check=True, capture_output=True, timeout=300)  # noqa: S603 - our own words
    return PdfReader(folder / "document.pdf")


def squeezed(text: str) -> str:
    """The text without any room in it."""
    return "".join(text.split())


@pytest.mark.parametrize("kind", Kind)
def test_every_document_becomes_a4_pages_that_all_say_draft_and_bear_the_code(kind: Kind, tmp_path: Path) -> None:
    package = sample_package(is_draft=True)
    pages = converted(package, kind, tmp_path).pages
    for page in pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == A4
        text = squeezed(page.extract_text())
        assert package.stamp.draft in text
        assert package.stamp.code in text


def test_the_six_sheets_come_to_six_pages_each_with_its_caption(tmp_path: Path) -> None:
    pages = converted(sample_package(), Kind.TABLE, tmp_path).pages
    captions = [sheet.caption for sheet in RUBRIC.sheets]
    found = [[each for each in captions if each in squeezed(page.extract_text())] for page in pages]
    assert found == [[caption] for caption in captions]


@pytest.mark.parametrize("kind", [Kind.TABLE, Kind.FORM, Kind.LETTER])
def test_words_of_4000_letters_are_printed_to_their_end(kind: Kind, tmp_path: Path) -> None:
    """A word that a page's foot stands in the middle of is not found again; there is one a page at most."""
    sentences = [f"第{number}句。" for number in range(1000, 1660)]
    pages = converted(sample_package(assessment=noted_everywhere("".join(sentences))), kind, tmp_path).pages
    text = squeezed("".join(page.extract_text() for page in pages))
    assert sentences[-1] in text
    assert len([each for each in sentences if each not in text]) <= len(pages)


@pytest.mark.parametrize("kind", [Kind.TABLE, Kind.FORM, Kind.LETTER])
def test_a_paper_full_of_traps_becomes_pages(kind: Kind, tmp_path: Path) -> None:
    pages = converted(sample_package(assessment=noted_everywhere(NOTE)), kind, tmp_path).pages
    assert "𠀀" in "".join(page.extract_text() for page in pages)
    assert not any("/Annots" in page for page in pages)
