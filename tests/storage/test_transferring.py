"""An assessment leaves one database and enters another: the same state, whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest
from click.testing import CliRunner

from bot.assessments.model import EntryRecord, ItemRecord, VetoRecord
from bot.assessments.sealing import SEAL, Seal, write_seal
from bot.cli import commands
from bot.errors import InvalidInputError
from bot.localization import Localizers
from bot.reports.transfer.model import Transfer, renumbered
from bot.reports.transfer.reading import read_transfer
from bot.reports.transfer.writing import transfer_to_json
from bot.rubric.loader import library
from bot.services import transfers
from bot.services.transfers import take_in, transfer_of
from bot.stations.model import Authority, Level, Membership, Role, Station
from storage.inspection import inspect
from tests.reports.samples import sample_assessment

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bot.services.ports import Storage, Transaction

NOW: Final = datetime(2017, 5, 2, 8, tzinfo=UTC)
WRITTEN: Final = datetime(2017, 4, 30, 1, 2, 3, 456789, tzinfo=UTC)
CODE: Final = "7K3M-Q8ZT-1B4C"
PROVINCE: Final = Authority("51", "四川省人力资源和社会保障厅", Level.PROVINCE)
CITY: Final = Authority("5134", "某某州人力资源和社会保障局", Level.CITY, PROVINCE.code)
STATION: Final = Station(0, "5134-01", "某某技工学校职业技能鉴定所", CITY.code, direct=True)
RUBRICS: Final = library()
MEMBERS: Final = (
    Membership(1, 0, Role.HEAD, "吉某", NOW, 2),
    Membership(2, 0, Role.FILLER, "", NOW, 1, ended_at=NOW),
    Membership(3, 0, Role.CONTACT, "李某 㐀𠀀", NOW, 2, deputy=True),
)


def sample() -> Transfer:
    """A sealed self-assessment written by three members and somebody who never was one."""
    made = renumbered(sample_assessment(), {0: 1, **dict.fromkeys(range(1, 1000), 2)})
    hostile = ItemRecord(
        None, 3, note="=cmd|'/c calc'!A1 {{ 7*7 }} <w:t> 㐀𠀀\u202e\x07", remedy="改", by=4, at=WRITTEN
    )
    special = VetoRecord(declared=None, note="另有说明", revision=2, by=3, at=WRITTEN)
    entries = {
        **made.entries,
        "import/2": EntryRecord("{}", 1, 2, NOW),
        "registration.phone": EntryRecord("", 2, 3, NOW),
        "explained.first": EntryRecord("两者都对", 1, 0, None),
        SEAL: EntryRecord(write_seal(Seal(CODE, 12)), 1, 1, NOW),
    }
    assessment = replace(
        made,
        items={**made.items, "1.1.1": hostile},
        vetoes={**made.vetoes, "idle_three_years": special},
        entries=entries,
        seal=CODE,
    )
    return Transfer(assessment, STATION, (CITY, PROVINCE), MEMBERS, (4,))


def again(tx: Transaction, number: int) -> bytes:
    """The file of a stored assessment."""
    stored = tx.assessment(number)
    assert stored is not None
    return transfer_to_json(transfer_of(tx, stored))


async def test_what_goes_out_comes_back_and_goes_out_again_equal(storage: Storage) -> None:
    first = transfer_to_json(sample())
    await storage.run(lambda tx: take_in(tx, read_transfer(first, RUBRICS), 77, NOW))
    assert await storage.run(lambda tx: again(tx, 77)) == first


async def test_whoever_wrote_keeps_name_and_authorship_but_cannot_be_written_to(storage: Storage) -> None:
    await storage.run(lambda tx: tx.person(100, NOW))
    await storage.run(lambda tx: take_in(tx, sample(), 77, NOW))

    def read(tx: Transaction) -> None:
        station = tx.station_by_code(STATION.code)
        assert station is not None
        assert tx.begun(station.id) == 77
        members = tx.members(station.id)
        assert [each.name for each in members] == [each.name for each in MEMBERS]
        people = [tx.person_by_id(each.person) for each in members]
        assert all(each is not None and each.telegram_id < 0 for each in people)
        stored = tx.assessment(77)
        assert stored is not None
        assert stored.seal == CODE
        assert stored.veto("idle_three_years").by == members[2].person
        assert tx.history(77, "1.1.1", 9)[0].by == stored.item("1.1.1").by != 0

    await storage.run(read)


async def test_the_history_hangs_together_and_its_entries_are_nobodys_to_undo(storage: Storage) -> None:
    await storage.run(lambda tx: take_in(tx, sample(), 77, NOW))
    entries = await storage.run(lambda tx: tx.action(77, transfers.ACTION))
    assert [each.at for each in entries] == sorted(each.at for each in entries)
    assert transfers.ACTION < 0
    assert len(entries) > len(sample().assessment.items)


async def test_a_self_assessment_is_never_overwritten(storage: Storage) -> None:
    await storage.run(lambda tx: take_in(tx, sample(), 77, NOW))
    before = await storage.run(lambda tx: again(tx, 77))
    with pytest.raises(InvalidInputError) as refused:
        await storage.run(lambda tx: take_in(tx, sample(), 78, NOW))
    assert [each.code for each in refused.value.problems] == ["J015"]
    assert await storage.run(lambda tx: again(tx, 77)) == before
    assert await storage.run(lambda tx: tx.assessment(78)) is None


async def test_what_is_known_of_the_station_stays_as_it_is(storage: Storage) -> None:
    renamed = replace(CITY, name="改了名")
    await storage.run(lambda tx: tx.save_authority(renamed))
    await storage.run(lambda tx: tx.save_station(replace(STATION, name="另一个名字")))
    known = await storage.run(lambda tx: take_in(tx, sample(), 77, NOW))
    assert known.authorities == (renamed,)
    assert await storage.run(lambda tx: tx.authority(CITY.code)) == renamed
    assert await storage.run(lambda tx: tx.authority(PROVINCE.code)) == PROVINCE
    station = await storage.run(lambda tx: tx.station_by_code(STATION.code))
    assert station is not None
    assert station.name == "另一个名字"


async def test_a_failure_in_the_middle_leaves_nothing(storage: Storage) -> None:
    """The last thing written has an author whom the file does not name."""
    whole = sample()
    with pytest.raises(KeyError):
        await storage.run(lambda tx: take_in(tx, replace(whole, others=()), 77, NOW))
    assert await storage.run(lambda tx: tx.station_by_code(STATION.code)) is None
    assert await storage.run(lambda tx: tx.authorities()) == []


async def test_the_inspection_finds_a_sound_database(
    open_sqlite: Callable[[], AbstractAsyncContextManager[Storage]], database: Path
) -> None:
    async with open_sqlite() as storage:
        await storage.run(lambda tx: take_in(tx, sample(), 77, NOW))
    assert inspect(f"sqlite:///{database}", NOW).soundness.is_sound


async def test_the_inspection_of_a_server_finds_the_same(
    open_postgresql: Callable[[], Awaitable[Storage]], postgresql_url: str
) -> None:
    storage = await open_postgresql()
    await storage.run(lambda tx: take_in(tx, sample(), 77, NOW))
    assert inspect(postgresql_url, NOW).soundness.is_sound


async def test_a_practice_run_is_not_transferred(storage: Storage) -> None:
    with pytest.raises(ValueError, match="only a station's"):
        await storage.run(lambda tx: transfer_of(tx, replace(sample().assessment, station=None)))


def test_a_server_gives_out_what_was_taken_in(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the commands, as an operator does it."""
    monkeypatch.setenv("ZICHA_DATABASE_URL", postgresql_url)
    monkeypatch.setenv("ZICHA_DATA_DIR", str(tmp_path / "data"))
    zicha = commands(Localizers.load("Asia/Shanghai").of("en"))
    first = tmp_path / "first.json"
    first.write_bytes(transfer_to_json(sample()))
    taken = CliRunner().invoke(zicha, ("import", str(first), "--apply"))
    assert taken.exit_code == 0, taken.output
    given = CliRunner().invoke(zicha, ("report", STATION.code, "--format", "json", "--out", str(tmp_path / "out")))
    assert given.exit_code == 0, given.output
    [again] = (tmp_path / "out").iterdir()
    assert again.read_bytes() == first.read_bytes()
