"""`zicha cancelled`: a document's list is taken over whole, in the place of the one it had, or not at all."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from bot.localization import LOCALES
from tests.cli.test_stations import data, written, zicha

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["data"]

LIST = "文件,日期,名称,编码\n国发〔2015〕11号,2015-02-24,甲员,X1\n国发[2015]11号,2015年2月24日,乙师,\n"
OTHER = "name\n丙工\n"
STATED = ("--document", "国发〔2014〕50号", "--date", "2014-10-23")


@pytest.mark.parametrize("locale", LOCALES)
def test_without_apply_no_list_is_taken_over(data: Path, locale: str) -> None:
    result = zicha("cancelled", "import", written(data, "l.csv", LIST), locale=locale)
    assert result.exit_code == 0
    assert [line.rpartition(" ")[2] for line in result.stdout.splitlines()[:2]] == ["甲员", "乙师"]
    assert "国发" not in zicha("cancelled", "list", locale=locale).stdout


def test_lists_of_several_documents_stand_side_by_side(data: Path) -> None:
    assert zicha("cancelled", "import", written(data, "l.csv", LIST), "--apply").exit_code == 0
    assert zicha("cancelled", "import", written(data, "o.csv", OTHER), *STATED, "--apply").exit_code == 0
    assert zicha("cancelled", "list").stdout.splitlines() == [
        "国发〔2014〕50号 (2014-10-23): 1",
        "国发〔2015〕11号 (2015-02-24): 2",
    ]


def test_a_list_takes_the_place_of_its_documents_own(data: Path) -> None:
    zicha("cancelled", "import", written(data, "l.csv", LIST), "--apply")
    shorter = LIST.replace("X1", "X2").replace("乙师", "丁师")
    result = zicha("cancelled", "import", written(data, "l.csv", shorter), "--apply")
    assert [line.split()[0] for line in result.stdout.splitlines()[:3]] == ["changed", "new", "removed"]
    again = zicha("cancelled", "import", str(data / "l.csv"), "--apply")
    assert [line.partition(" 国")[0] for line in again.stdout.splitlines()[:-1]] == ["as it stands", "as it stands"]


def test_one_wrong_row_and_nothing_is_taken_over(data: Path) -> None:
    wrong = LIST + "国发〔2015〕11号,昨天,丙员,\n,2015-02-24,丁员,\n"
    result = zicha("cancelled", "import", written(data, "l.csv", wrong), "--apply")
    assert result.exit_code == 2
    assert [line.split()[0] for line in result.stderr.splitlines()] == ["T009", "T003"]
    assert "row 4" in result.stderr
    assert zicha("cancelled", "list").stdout.strip() == "No list is loaded."


def test_a_day_in_a_workbook_is_read_as_a_day(data: Path) -> None:
    book = Workbook()
    for row in (("document", "date", "name"), ("国发〔2015〕11号", datetime(2015, 2, 24), "甲员")):  # noqa: DTZ001 - Excel's
        book.active.append(row)
    book.save(data / "l.xlsx")
    assert zicha("cancelled", "import", str(data / "l.xlsx"), "--apply").exit_code == 0
    assert zicha("cancelled", "list").stdout == "国发〔2015〕11号 (2015-02-24): 1\n"


def test_what_cannot_be_read_is_refused(data: Path) -> None:
    assert "T001 " in zicha("cancelled", "import", str(data / "none.csv")).stderr
    assert "T002 " in zicha("cancelled", "import", written(data, "l.csv", OTHER)).stderr
