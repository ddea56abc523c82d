"""`zicha report` and `zicha import`: what goes out as files, and what comes back of it."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from bot.cli import commands, producing
from bot.cli.stored import in_database
from bot.localization import LOCALES, Localizers
from bot.reports.model import Kind
from bot.reports.transfer.model import Transfer, renumbered
from bot.services.transfers import take_in
from bot.stations.model import Membership, Role, Station
from storage.lock import hold
from tests.databases import setting
from tests.reports.fonts import needs_fonts
from tests.reports.samples import AUTHORITY, sample_assessment

if TYPE_CHECKING:
    from pathlib import Path

NOW: Final = datetime(2017, 5, 2, 8, tzinfo=UTC)
CODE: Final = "5134-01"
NAME: Final = "某某技工学校职业技能鉴定所"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own."""
    settle(monkeypatch, tmp_path / "data")
    return tmp_path


def settle(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """The commands work in that data folder from now on."""
    monkeypatch.setenv("ZICHA_DATA_DIR", str(folder))
    monkeypatch.setenv("ZICHA_DATABASE_URL", setting(folder))


def zicha(*arguments: str, locale: str = "en") -> Result:
    """The command, in a language."""
    return CliRunner().invoke(commands(Localizers.load("Asia/Shanghai").of(locale)), arguments)


def transfer(code: str = CODE, name: str = NAME) -> Transfer:
    """The self-assessment of the invented station, under a code and a name."""
    made = renumbered(sample_assessment(), dict.fromkeys(range(1000), 1))
    head = Membership(1, 0, Role.HEAD, "吉某", NOW, 1)
    entries = {**made.entries, "registration.name": replace(made.entry("registration.name"), value=name)}
    return Transfer(
        replace(made, entries=entries),
        Station(0, code, name, AUTHORITY.code),
        (replace(AUTHORITY, parent=""),),
        (head,),
    )


def found(code: str = CODE, name: str = NAME) -> None:
    """The station is there, and its self-assessment."""
    number = int(hashlib.sha256(code.encode()).hexdigest()[:10], 16)
    in_database(lambda tx: take_in(tx, transfer(code, name), number, NOW))


def files(folder: Path) -> dict[str, bytes]:
    """What was written, by the path in the folder."""
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_a_station_gets_each_document_in_the_format_asked_for(data: Path) -> None:
    found()
    result = zicha("report", CODE, "--format", "xlsx", "--out", str(data / "out"))
    assert result.exit_code == 0, result.output
    written = files(data / "out")
    assert len(written) == len(Kind)
    assert all(name.endswith(".xlsx") and load_workbook(BytesIO(content)) for name, content in written.items())
    assert f"[1/1] {CODE} {NAME}, files: {len(Kind)}" in result.stdout


def test_one_document_alone_may_be_asked_for(data: Path) -> None:
    found()
    zicha("report", CODE, "--format", "docx", "--document", "table", "--document", "letter", "--out", str(data / "out"))
    assert len(files(data / "out")) == 2


def test_csv_holds_the_items_and_the_tables(data: Path) -> None:
    found()
    zicha("report", CODE, "--format", "csv", "--out", str(data / "out"))
    items = next(content for name, content in files(data / "out").items() if name.startswith("1-"))
    assert len(list(csv.reader(StringIO(items.decode("utf-8-sig"), newline="")))) == 1 + 61


@needs_fonts
def test_a_zip_holds_every_format_and_its_sums_hold(data: Path) -> None:
    found()
    result = zicha("report", CODE, "--out", str(data / "out"))
    [(name, content)] = files(data / "out").items()
    assert name.endswith(".zip"), result.output
    with ZipFile(BytesIO(content)) as packed:
        names = packed.namelist()
        assert {each.rpartition(".")[2] for each in names} == {"docx", "pdf", "xlsx", "csv", "json", "SHA256SUMS"}
        for line in packed.read("SHA256SUMS").decode().splitlines():
            digest, _, part = line.partition("  ")
            assert hashlib.sha256(packed.read(part)).hexdigest() == digest


def test_all_stations_are_written_each_in_a_folder_and_those_without_anything_are_named(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In several processes, however few cores there are."""
    monkeypatch.setattr(producing.os, "cpu_count", lambda: 3)
    for number in range(1, 4):
        found(f"5134-0{number}", f"第{number}所/../x")
    in_database(lambda tx: tx.save_station(Station(0, "5134-99", "没有开始的所", AUTHORITY.code)))
    result = zicha("report", "--all", "--format", "csv", "--out", str(data / "out"))
    assert result.exit_code == 0, result.output
    folders = {name.partition("/")[0] for name in files(data / "out")}
    assert len(folders) == 3
    assert "[4/4] 5134-99" in result.stdout
    assert "5134-99 没有开始的所: nobody has begun" in result.stdout


@pytest.mark.parametrize("locale", LOCALES)
def test_a_station_that_is_unknown_or_has_not_begun_gets_nothing(data: Path, locale: str) -> None:
    found()
    in_database(lambda tx: tx.save_station(Station(0, "5134-99", "没有开始的所", AUTHORITY.code)))
    assert zicha("report", "nowhere", locale=locale).exit_code == 2
    assert zicha("report", "5134-99", "--out", str(data / "out"), locale=locale).exit_code == 2
    assert zicha("report", locale=locale).exit_code == 2
    assert zicha("report", CODE, "--all", locale=locale).exit_code == 2
    assert not (data / "out").exists()


def test_a_running_bot_is_neither_disturbed_nor_in_the_way(data: Path) -> None:
    found()
    with hold(data / "data"):
        result = zicha("report", CODE, "--format", "json", "--out", str(data / "out"))
    assert result.exit_code == 0, result.output


def test_a_folder_that_cannot_be_written_is_said(data: Path) -> None:
    found()
    (data / "file").write_text("in the way", encoding="utf-8")
    result = zicha("report", CODE, "--format", "csv", "--out", str(data / "file" / "out"))
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_an_authoritys_own_sentences_are_used(data: Path) -> None:
    found()
    own = data / "templates" / AUTHORITY.code
    own.mkdir(parents=True)
    (own / "sentences.yaml").write_text("checklist.name: 自定的清单\n", encoding="utf-8")
    arguments = ("--format", "xlsx", "--document", "checklist", "--templates", str(own.parent))
    zicha("report", CODE, *arguments, "--out", str(data / "out"))
    [name] = files(data / "out")
    assert name.startswith("自定的清单-")


def exported(data: Path) -> Path:
    """The JSON of the invented station."""
    found()
    zicha("report", CODE, "--format", "json", "--out", str(data / "json"))
    [path] = (data / "json").iterdir()
    return path


@pytest.mark.parametrize("locale", LOCALES)
def test_an_import_only_says_what_it_would_do(data: Path, monkeypatch: pytest.MonkeyPatch, locale: str) -> None:
    path = exported(data)
    settle(monkeypatch, data / "other")
    result = zicha("import", str(path), locale=locale)
    assert result.exit_code == 0, result.output
    assert f"{CODE} {NAME}" in result.stdout
    assert zicha("station", "list", locale=locale).stdout == ""


def test_what_is_imported_goes_out_again_equal_and_the_doctor_finds_nothing_wrong(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = exported(data)
    settle(monkeypatch, data / "other")
    result = zicha("import", str(path), "--apply")
    assert result.exit_code == 0, result.output
    zicha("report", CODE, "--format", "json", "--out", str(data / "again"))
    assert files(data / "again") == {path.name: path.read_bytes()}
    findings = json.loads(zicha("doctor", "--offline", "--json").stdout)
    assert not [each for each in findings if each["state"] == "wrong"]


def test_a_second_import_is_refused_and_changes_nothing(data: Path) -> None:
    path = exported(data)
    result = zicha("import", str(path), "--apply")
    assert result.exit_code == 2
    assert result.stderr.startswith("J015 ")


def test_a_file_that_is_not_there_or_broken_is_refused_before_a_database_is_made(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = exported(data)
    settle(monkeypatch, data / "other")
    assert zicha("import", str(data / "none.json")).stderr.startswith("J001 ")
    path.write_text(re.sub(r'"owner": \d+', '"owner": 99', path.read_text("utf-8")), encoding="utf-8")
    assert zicha("import", str(path), "--apply").stderr.startswith("J009 owner")
    assert not (data / "other").exists()
