"""`zicha authority`, `zicha station` and `zicha invite`: lists are taken over whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from bot.cli import commands
from bot.localization import LOCALES, Localizers
from tests.databases import setting

if TYPE_CHECKING:
    from pathlib import Path

AUTHORITIES = "编码,名称,级别,上级\n51,四川省人社厅,省级,\n5134,凉山州人社局,city,51\n"
STATIONS = "code,name,authority,direct\nLS-1,凉山××职业技能鉴定所,5134,否\nLS-2,乙站,51,yes\n"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own."""
    monkeypatch.setenv("ZICHA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ZICHA_DATABASE_URL", setting(tmp_path / "data"))
    return tmp_path


def zicha(*arguments: str, locale: str = "en") -> Result:
    """The command, in a language."""
    return CliRunner().invoke(commands(Localizers.load("Asia/Shanghai").of(locale)), arguments)


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> str:
    """A file with that text."""
    path = folder / name
    path.write_text(text, encoding=encoding)
    return str(path)


def imported(folder: Path) -> None:
    """Both lists are taken over."""
    assert zicha("authority", "import", written(folder, "a.csv", AUTHORITIES), "--apply").exit_code == 0
    assert zicha("station", "import", written(folder, "s.csv", STATIONS), "--apply").exit_code == 0


@pytest.mark.parametrize("locale", LOCALES)
def test_without_apply_nothing_is_taken_over(data: Path, locale: str) -> None:
    result = zicha("authority", "import", written(data, "a.csv", AUTHORITIES), locale=locale)
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 3
    assert "T006 " in zicha("station", "import", written(data, "s.csv", STATIONS), locale=locale).stderr


def test_a_list_is_taken_over_and_a_second_time_changes_nothing(data: Path) -> None:
    imported(data)
    again = zicha("station", "import", str(data / "s.csv"), "--apply")
    assert [line.partition(" LS")[0] for line in again.stdout.splitlines()[:2]] == ["as it stands", "as it stands"]
    changed = written(data, "s.csv", STATIONS.replace("乙站", "丙站"))
    assert "changed LS-2 丙站" in zicha("station", "import", changed, "--apply").stdout
    listed = zicha("station", "list").stdout.splitlines()
    assert listed == ["LS-1 凉山××职业技能鉴定所, people: 0", "LS-2 丙站, people: 0"]


def test_every_wrong_row_is_named_and_nothing_of_the_list_is_taken_over(data: Path) -> None:
    imported(data)
    rows = (
        "LS-3,丁,5134,no\nLS-4,戊,9999,no\nLS-3,己,51,no\n,庚,51,no\nLS-5,辛,51,maybe\nLS-6," + "长" * 101 + ",51,no\n"
    )
    result = zicha("station", "import", written(data, "s.csv", "code,name,authority,direct\n" + rows), "--apply")
    assert result.exit_code == 2
    said = [line.split()[0] for line in result.stderr.splitlines()]
    assert said == ["T005", "T003", "T004", "T008", "T006"]
    assert "row 4" in result.stderr
    assert "LS-3" not in zicha("station", "list").stdout


def test_a_missing_column_and_an_unreadable_file_are_said(data: Path) -> None:
    assert "T002 " in zicha("station", "import", written(data, "s.csv", "code,name\n")).stderr
    assert "T001 " in zicha("station", "import", str(data / "none.csv")).stderr
    assert "T001 " in zicha("station", "import", written(data, "s.xlsx", "no workbook")).stderr


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_is_read_in_whatever_encoding_spreadsheets_write(data: Path, encoding: str) -> None:
    result = zicha("authority", "import", written(data, "a.csv", AUTHORITIES, encoding))
    assert "凉山州人社局" in result.stdout


def test_a_workbook_is_read_like_a_text_file(data: Path) -> None:
    book = Workbook()
    for line in AUTHORITIES.splitlines():
        book.active.append([int(cell) if cell.isdigit() else cell for cell in line.split(",")])
    book.save(data / "a.xlsx")
    result = zicha("authority", "import", str(data / "a.xlsx"))
    assert result.stdout.splitlines()[:2] == ["new 51 四川省人社厅", "new 5134 凉山州人社局"]


def test_an_invitation_is_a_link_a_code_and_a_picture(data: Path) -> None:
    imported(data)
    result = zicha("invite", "LS-1", "head", "--bot", "@zicha_bot", "--qr")
    assert result.exit_code == 0
    link, _, code, *picture = result.stdout.splitlines()
    assert link.startswith("https://t.me/zicha_bot?start=j_")
    assert len(link.rpartition("j_")[2]) == 43
    assert "Code: " in code
    assert len(picture) > 10


def test_an_invitation_to_no_station_is_refused() -> None:
    result = zicha("invite", "none", "head", "--bot", "zicha_bot")
    assert (result.exit_code, result.stderr[:5]) == (2, "T007 ")
