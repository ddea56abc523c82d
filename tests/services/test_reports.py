"""What documents are compiled from: one moment of the database, the authority's own words, what was explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.assessments.model import Assessment, EntryRecord, Kind
from bot.assessments.sealing import SEAL, Seal, write_seal
from bot.reports.case import Explanation
from bot.rubric.loader import library
from bot.services.documents import Errand
from bot.services.reports import Compiler, TakesCommissions, case_of
from bot.stations.model import Authority, Level, Membership, Role, Station
from tests.services.conftest import ME, NOW, SOMEBODY_ELSE, Desk
from tests.watch import stations
from tests.watch.stations import FORM, RUBRIC

if TYPE_CHECKING:
    from pathlib import Path

    from bot.dialogue.screen import Say
    from bot.reports.case import Case
    from bot.services.ports import Transaction
    from bot.services.reports import Commission

NUMBER = 7001
PROVINCE, CITY, COUNTY = "51", "5134", "513401"


def chinese(text: Say) -> str:
    return text.key


def founded(tx: Transaction) -> int:
    """A station under three authorities, with a self-assessment in which one contradiction is explained."""
    tx.save_authority(Authority(PROVINCE, "省", Level.PROVINCE))
    tx.save_authority(Authority(CITY, "州", Level.CITY, PROVINCE))
    tx.save_authority(Authority(COUNTY, "县", Level.COUNTY, CITY))
    tx.save_station(Station(0, "LS-1", "某所", COUNTY))
    station, head = tx.station_by_code("LS-1"), tx.person(ME, NOW)
    assert station is not None
    tx.save_membership(Membership(head.id, station.id, Role.HEAD, "吉站长", NOW, 1))
    form = (FORM.id, FORM.version)
    own = Assessment(
        NUMBER, RUBRIC.id, RUBRIC.version, Kind.SELF_ASSESSMENT, head.id, NOW, station=station.id, form=form
    )
    tx.add_assessment(own)
    filled = stations.station(entries={"registration.fiscal_account": "no"})
    for item, record in filled.items.items():
        tx.save_item(NUMBER, item, record)
    for subject, entry in filled.entries.items():
        tx.save_entry(NUMBER, subject, entry)
    tx.save_entry(NUMBER, "explained.fiscal_account/2.1.4", EntryRecord("按县里规定缴入国库", 1, head.id, NOW))
    return station.id


def compiler(folder: Path | None = None) -> Compiler:
    return Compiler(library(), chinese, folder)


def case(tx: Transaction) -> Case:
    own = tx.assessment(NUMBER)
    assert own is not None
    return case_of(tx, own, RUBRIC, FORM, chinese)


async def test_the_case_holds_the_station_its_authority_and_what_was_explained(desk: Desk) -> None:
    await desk.storage.run(founded)
    found = await desk.storage.run(case)
    assert found.station is not None
    assert found.authority is not None
    assert (found.station.name, found.authority.code) == ("某所", COUNTY)
    assert found.explanations == (Explanation("watch.rule.fiscal_account", "按县里规定缴入国库"),)


async def test_the_case_outlives_its_transaction(desk: Desk) -> None:
    await desk.storage.run(founded)
    found = await desk.storage.run(case)
    assert found.value("explained.fiscal_account/2.1.4") == "按县里规定缴入国库"


async def test_the_nearest_authority_has_the_first_word(desk: Desk, tmp_path: Path) -> None:
    for code, words in ((CITY, "州"), (COUNTY, "县")):
        (tmp_path / code).mkdir()
        (tmp_path / code / "sentences.yaml").write_text(f"stamp.draft: {words}草稿\n", encoding="utf-8")
    (tmp_path / CITY / "sentences.yaml").write_text(
        'stamp.draft: 州草稿\nstamp.words: "州 {{ code }}"\n', encoding="utf-8"
    )
    await desk.storage.run(founded)

    def compiled(tx: Transaction) -> tuple[str, str, str]:
        own = tx.assessment(NUMBER)
        assert own is not None
        stamp = compiler(tmp_path)(tx, own, RUBRIC, FORM).stamp
        return stamp.draft, stamp.words, stamp.code

    draft, words, code = await desk.storage.run(compiled)
    assert (draft, words) == ("县草稿", f"州 {code}")


async def commissioned(desk: Desk, telegram_id: int) -> Commission | None:
    takes = TakesCommissions(desk.conversation, compiler())

    def taken(tx: Transaction) -> Commission | None:
        return takes(tx, Errand("report", f"{NUMBER}:table", tx.person(telegram_id, NOW).id, "en"))

    return await desk.storage.run(taken)


async def test_only_who_belongs_to_the_station_gets_its_documents(desk: Desk) -> None:
    await desk.storage.run(founded)
    assert await commissioned(desk, ME) is not None
    assert await commissioned(desk, SOMEBODY_ELSE) is None


async def test_the_sealed_version_bears_no_word_of_a_draft_and_the_same_code(desk: Desk) -> None:
    await desk.storage.run(founded)
    draft = await commissioned(desk, ME)
    assert draft is not None
    stamp = draft.compiled().stamp
    seal = EntryRecord(write_seal(Seal(stamp.code, stamp.revision)), 1, 1, NOW)
    await desk.storage.run(lambda tx: tx.save_entry(NUMBER, SEAL, seal))
    final = await commissioned(desk, ME)
    assert final is not None
    assert stamp.is_draft
    assert (final.compiled().stamp.draft, final.compiled().stamp.code) == ("", stamp.code)
    assert [each.kind.value for each in final.wanted(final.compiled())] == ["table"]
