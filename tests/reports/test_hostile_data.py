"""Whatever people write, every file of figures opens, holds all of it, and runs nothing."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Final
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from bot.reports import xlsx
from bot.reports.bundle import bundle
from bot.reports.csv_files import csv_files
from bot.reports.transfer.model import renumbered
from bot.reports.transfer.reading import read_transfer
from bot.reports.transfer.writing import transfer_to_json
from bot.rubric.loader import library
from bot.workbooks.literal import needs_quote
from tests.reports.samples import TEMPLATES, noted_everywhere, sample_case, sample_package
from tests.storage.test_transferring import sample

LONG: Final = ("甲㐀𠀀{{ 7*7 }}{% raw %}<w:t>&amp;\"',;\n" * 200)[:4000]
WORDS: Final = (
    LONG,
    "=cmd|'/c calc'!A1",
    "+1-1",
    "-2+3",
    "@SUM(1+1)",
    "＝1+1",
    "{{ 7*7 }} {% for %} <w:t>甲</w:t> ]]> https://example.org file:///x",
    "\u202eoedocid.exe\u202c \u200b\u2028",
    "㐀𠀀𪚥 e\u0301 👩‍👩‍👧",
)


@pytest.mark.parametrize("words", WORDS)
def test_each_cell_of_csv_holds_the_words_and_none_begins_a_formula(words: str) -> None:
    case = sample_case(assessment=noted_everywhere(words))
    package = sample_package(assessment=case.assessment)
    for file in csv_files(case, TEMPLATES, package):
        rows = list(csv.reader(StringIO(file.content.decode("utf-8-sig"), newline=""), strict=True))
        assert not any(needs_quote(cell) for row in rows for cell in row)
    items, *_ = csv_files(case, TEMPLATES, package)
    _, *rows = csv.reader(StringIO(items.content.decode("utf-8-sig"), newline=""), strict=True)
    assert {row[9].removeprefix("'") if needs_quote(words) else row[9] for row in rows} == {words}


@pytest.mark.parametrize("words", [*WORDS, "\x01\x07\x1f\x7f"])
def test_json_holds_the_words_exactly(words: str) -> None:
    noted = renumbered(noted_everywhere("x"), dict.fromkeys(range(1000), 1))
    items = {key: replace(each, note=words, remedy=words) for key, each in noted.items.items()}
    raw = transfer_to_json(replace(sample(), assessment=replace(noted, items=items)))
    assert {each["note"] for each in json.loads(raw)["items"].values()} == {words}
    assert {each.note for each in read_transfer(raw, library()).assessment.items.values()} == {words}


def test_61_notes_of_4000_characters_make_workbooks_without_formulas_and_links() -> None:
    package = sample_package(assessment=noted_everywhere(LONG))
    for document in package.documents:
        workbook = load_workbook(BytesIO(xlsx.render(document, package.stamp)))
        found = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in found} <= {"s", "n"}
        assert not any(cell.hyperlink for cell in found)


def test_a_bundle_of_what_people_named_holds_no_path() -> None:
    case = sample_case(assessment=noted_everywhere("=1"))
    package = sample_package(assessment=case.assessment)
    stamp = replace(package.stamp, station="../../etc/passwd\x00\u202e", code="A/../B")
    files = csv_files(case, TEMPLATES, replace(package, stamp=stamp))
    assert not any(each in file.name for file in files for each in ("/", "\\", "\x00", "\u202e"))
    with ZipFile(BytesIO(bundle(stamp, files))) as packed:
        assert packed.testzip() is None
        assert [each.name for each in files] == packed.namelist()[: len(files)]
