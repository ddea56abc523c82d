"""`zicha workbook`: the twin goes out to a file, and what comes back is shown before it is written."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from bot.assessments.events import EntryWritten, ItemAnswered
from bot.assessments.model import Assessment, EntryRecord, Kind
from bot.cli import commands
from bot.cli.stored import in_database
from bot.localization import LOCALES, Localizers
from bot.rubric.answers import Chosen
from bot.stations.invitations import CONSENT
from bot.stations.model import Authority, Level, Membership, Role, Station
from bot.workbooks.reading import read
from tests.databases import setting
from tests.evidence import samples
from tests.workbooks.builders import FORM, RUBRIC, add, edited, fill

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.assessments.history import HistoryEntry
    from bot.services.ports import Transaction

NOW = datetime(2017, 4, 21, 2, 42, tzinfo=UTC)
NUMBER = 7001
ADDRESS = "registration.address"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A station with a head and a filler, who have begun; the command runs in a folder of the test's own."""
    monkeypatch.setenv("ZICHA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ZICHA_DATABASE_URL", setting(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    in_database(founded)
    return tmp_path


def founded(tx: Transaction) -> None:
    """Stations, people, and the self-assessment of one."""
    tx.save_authority(Authority("51", "四川省人社厅", Level.PROVINCE))
    for code in ("LS-1", "LS-2"):
        tx.save_station(Station(0, code, "凉山××职业技能鉴定所", "51"))
    station = tx.station_by_code("LS-1")
    assert station is not None
    for telegram_id, name in ((100, "吉站长"), (200, "陈老师"), (300, "同名"), (400, "同名")):
        person = tx.person(telegram_id, NOW)
        tx.save_membership(Membership(person.id, station.id, Role.FILLER, name, NOW, CONSENT))
    form = (FORM.id, FORM.version)
    tx.add_assessment(
        Assessment(NUMBER, RUBRIC.id, RUBRIC.version, Kind.SELF_ASSESSMENT, 1, NOW, station=station.id, form=form)
    )


def zicha(*arguments: str, locale: str = "zh_CN") -> Result:
    """The command, in a language."""
    return CliRunner().invoke(commands(Localizers.load("Asia/Shanghai").of(locale)), ("workbook", *arguments))


def stored() -> Assessment:
    """The self-assessment, entries and all."""

    def loaded(tx: Transaction) -> Assessment:
        found = tx.assessment(NUMBER)
        assert found is not None
        assert len(found.entries) >= 0
        return found

    return in_database(loaded)


def history(subject: str) -> tuple[HistoryEntry, ...]:
    """What happened to a subject."""
    return in_database(lambda tx: tx.history(NUMBER, subject, 10))


def filled(folder: Path, hand: Callable[..., None] | None = None) -> str:
    """The twin, fetched and filled in."""
    assert zicha("LS-1", "--out", "twin.xlsx").exit_code == 0
    with edited((folder / "twin.xlsx").read_bytes()) as (book, saved):
        fill(book, "items", "1.1.1", "level", "职责明确且未发现问题")
        fill(book, "registration", "address", "value", "西昌市一路")
        fill(book, "registration", "postcode", "value", "六一五")
        add(book, "registration.equipment", name="计算机", quantity=30)
        if hand is not None:
            hand(book)
    (folder / "filled.xlsx").write_bytes(saved[0])
    return "filled.xlsx"


@pytest.mark.parametrize("locale", LOCALES)
def test_the_twin_is_written_with_what_stands(folder: Path, locale: str) -> None:
    in_database(lambda tx: tx.save_entry(NUMBER, ADDRESS, EntryRecord("西昌市一路", 1)))
    result = zicha("LS-1", locale=locale)
    assert result.exit_code == 0
    [file] = folder.glob("*.xlsx")
    assert file.name in result.stdout
    came = read(file.read_bytes())
    assert (came.marker.assessment, came.marker.locale) == (NUMBER, locale)
    assert "西昌市一路" in came.marker.base.values()


def test_a_file_that_exists_is_not_replaced(folder: Path) -> None:
    (folder / "mine.xlsx").write_bytes(b"mine")
    result = zicha("LS-1", "--out", "mine.xlsx")
    assert (result.exit_code, result.stderr[:5]) == (2, "X014 ")
    assert (folder / "mine.xlsx").read_bytes() == b"mine"


def test_a_folder_that_is_not_there_is_said() -> None:
    assert zicha("LS-1", "--out", "nowhere/twin.xlsx").stderr.startswith("X014 ")


@pytest.mark.parametrize(("station", "code"), [("none", "T007 "), ("LS-2", "X011 ")])
def test_a_station_that_has_nothing_is_refused(station: str, code: str) -> None:
    result = zicha(station)
    assert (result.exit_code, result.stderr[:5]) == (2, code)


@pytest.mark.parametrize("locale", LOCALES)
def test_without_apply_everything_is_shown_and_nothing_is_written(folder: Path, locale: str) -> None:
    file = filled(folder)
    result = zicha("LS-1", "--import", file, "--by", "陈老师", locale=locale)
    assert result.exit_code == 0
    assert all(words in result.stdout for words in ("1.1.1", "西昌市一路", "计算机", "六一五", "--apply"))
    assert stored().answers == {}
    assert not stored().entries


def test_what_is_taken_over_is_one_action_of_the_member(folder: Path) -> None:
    result = zicha("LS-1", "--import", filled(folder), "--by", "陈老师", "--apply")
    assert result.exit_code == 0
    assert "已写入4处" in result.stdout
    after = stored()
    assert after.item("1.1.1").answer == Chosen("met")
    assert after.entry(ADDRESS).value == "西昌市一路"
    assert after.entry("registration.equipment/1/quantity").value == "30"
    assert after.entry("registration.postcode").value == ""
    [answered], [written] = history("1.1.1"), history(ADDRESS)
    assert answered.event == ItemAnswered("1.1.1", None, Chosen("met"))
    assert written.event == EntryWritten(ADDRESS, "", "西昌市一路")
    assert answered.action == written.action > 0
    assert answered.by == written.by == in_database(lambda tx: tx.person(200, NOW)).id


def test_the_same_file_twice_changes_nothing_more(folder: Path) -> None:
    file = filled(folder)
    zicha("LS-1", "--import", file, "--by", "陈老师", "--apply")
    again = zicha("LS-1", "--import", file, "--by", "陈老师", "--apply")
    assert "已写入0处" in again.stdout
    assert len(history(ADDRESS)) == 1


def test_what_both_sides_changed_is_shown_and_left_to_the_chat(folder: Path) -> None:
    file = filled(folder)
    in_database(lambda tx: tx.save_entry(NUMBER, ADDRESS, EntryRecord("西昌市二路", 1, 1, NOW)))
    shown = zicha("LS-1", "--import", file, "--by", "陈老师")
    assert all(words in shown.stdout for words in ("西昌市一路", "西昌市二路", "吉站长"))
    refused = zicha("LS-1", "--import", file, "--by", "陈老师", "--apply")
    assert (refused.exit_code, refused.stderr[:5]) == (2, "X013 ")
    assert stored().answers == {}


@pytest.mark.parametrize("by", ["", "外人", "同名"])
def test_only_a_member_known_by_name_hands_in(folder: Path, by: str) -> None:
    result = zicha("LS-1", "--import", filled(folder), "--by", by, "--apply")
    assert (result.exit_code, result.stderr[:5]) == (2, "X012 ")
    assert "陈老师" in result.stderr
    assert stored().answers == {}


def test_the_twin_of_another_self_assessment_is_refused(folder: Path) -> None:
    file = filled(folder)

    def begun_anew(tx: Transaction) -> None:
        found, later = tx.assessment(NUMBER), datetime(2018, 1, 1, tzinfo=UTC)
        assert found is not None
        station, form = found.station, found.form
        tx.add_assessment(
            Assessment(8, RUBRIC.id, RUBRIC.version, Kind.SELF_ASSESSMENT, 1, later, station=station, form=form)
        )

    in_database(begun_anew)
    assert zicha("LS-1", "--import", file, "--by", "陈老师").stderr.startswith("X010 ")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (samples.workbook(), "X004 "),
        (samples.PDF, "X004 "),
        (samples.EXE, "X003 "),
        (samples.bomb(), "X003 "),
        (samples.with_entities(), "X003 "),
        (b"", "X003 "),
    ],
    ids=["foreign", "pdf", "exe", "bomb", "entities", "empty"],
)
def test_what_is_no_workbook_of_ours_is_refused(folder: Path, content: bytes, code: str) -> None:
    (folder / "came.xlsx").write_bytes(content)
    result = zicha("LS-1", "--import", "came.xlsx", "--by", "陈老师", "--apply")
    assert (result.exit_code, result.stderr[:5]) == (2, code)


def test_merged_cells_are_refused_as_in_the_chat(folder: Path) -> None:
    file = filled(folder, lambda book: book.worksheets[1].merge_cells("H5:H6"))
    assert zicha("LS-1", "--import", file, "--by", "陈老师").stderr.startswith("X006 ")


def test_a_file_that_is_not_there_is_said() -> None:
    assert zicha("LS-1", "--import", "none.xlsx", "--by", "陈老师").stderr.startswith("T001 ")
