"""What every Storage promises about assessments and their history."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from bot.assessments.entries import evidence_in
from bot.assessments.events import (
    AssessmentEvent,
    EntryWritten,
    ItemAnswered,
    NoteWritten,
    RemedyWritten,
    VetoAnswered,
    VetoStatement,
)
from bot.assessments.model import EntryRecord, ItemRecord, Kind, VetoRecord
from bot.rubric.answers import Chosen, Counted, Excused, Measured, Sampled, Ticked
from tests.storage.builders import NOW, answer, begin, entry, later

if TYPE_CHECKING:
    from bot.rubric.answers import Answer
    from bot.services.ports import Storage, Transaction

ANSWERS = [
    None,
    Chosen("met"),
    Counted(0),
    Counted(4, serious=True),
    Sampled(1000, 30, "份"),
    Sampled(100, 0),
    Measured(Decimal("85.5")),
    Ticked(("plan", "photos")),
    Ticked(()),
    Excused("本站不涉及“远程”项目\n"),
]
EVENTS = [
    ItemAnswered("2.1.10", None, Chosen("met"), grouped=True),
    ItemAnswered("2.1.10", Counted(3), None),
    NoteWritten("2.1.10", "", "证书在楼上"),
    RemedyWritten("2.1.10", "旧", ""),
    VetoAnswered("2.1.10", VetoStatement(), VetoStatement("yes", declared=True, note="何时何事")),
    VetoAnswered("2.1.10", VetoStatement("yes", declared=True), VetoStatement(), "误填"),
    EntryWritten("2.1.10", "", "凉山州"),
]


async def test_a_new_assessment_is_empty(storage: Storage) -> None:
    assessment = await storage.run(begin)
    assert await storage.run(lambda tx: tx.assessment(7)) == assessment
    assert await storage.run(lambda tx: tx.assessment(8)) is None


@pytest.mark.parametrize("answer", ANSWERS)
async def test_what_is_written_about_an_item_is_read_back(storage: Storage, answer: Answer | None) -> None:
    assessment = await storage.run(begin)
    record = ItemRecord(answer, 3, grouped=True, note="见档案", remedy="补齐", by=assessment.owner, at=later(1))
    await storage.run(lambda tx: tx.save_item(7, "2.1.10", ItemRecord(Chosen("other"))))
    await storage.run(lambda tx: tx.save_item(7, "2.1.10", record))
    read = await storage.run(lambda tx: tx.assessment(7))
    assert read is not None
    assert dict(read.items) == {"2.1.10": record}


@pytest.mark.parametrize("said", [VetoRecord("yes", declared=True), VetoRecord("no", declared=False), VetoRecord()])
async def test_what_is_written_about_a_condition_is_read_back(storage: Storage, said: VetoRecord) -> None:
    assessment = await storage.run(begin)
    record = replace(said, note="原因", revision=2, by=assessment.owner, at=NOW)
    await storage.run(lambda tx: tx.save_veto(7, "1", VetoRecord()))
    await storage.run(lambda tx: tx.save_veto(7, "1", record))
    read = await storage.run(lambda tx: tx.assessment(7))
    assert read is not None
    assert dict(read.vetoes) == {"1": record}


async def test_what_is_written_beside_the_answers_is_read_back(storage: Storage) -> None:
    assessment = await storage.run(begin)
    record = EntryRecord("凉山州西昌市", 2, assessment.owner, NOW)
    await storage.run(lambda tx: tx.save_entry(7, "registration.address", EntryRecord()))
    await storage.run(lambda tx: tx.save_entry(7, "registration.address", record))

    def read(tx: Transaction) -> dict[str, EntryRecord]:
        found = tx.assessment(7)
        assert found is not None
        assert found.entry("registration.phone") == EntryRecord()
        return dict(found.entries)

    assert await storage.run(read) == {"registration.address": record}


async def test_which_evidence_stands_is_known_without_reading_what_it_says(storage: Storage) -> None:
    said = EntryRecord("{}", 1)
    values = {
        "evidence/2.1.10/1": said,
        "evidence/2.1.10/2": replace(said, value=""),
        "evidence/licence/1": said,
        "evidence//1": said,
        "evidence": said,
        "evidences/2.1.10/1": said,
        "registration.address": said,
    }

    def work(tx: Transaction) -> frozenset[str]:
        begin(tx)
        tx.save_item(7, "2.1.10", ItemRecord(Chosen("met"), 1))
        for subject, record in values.items():
            tx.save_entry(7, subject, record)
        found = tx.assessment(7)
        assert found is not None
        assert set(found.items) == {"2.1.10"}
        known = evidence_in(found.entries)
        assert set(found.entries) == values.keys()
        assert evidence_in(dict(found.entries)) == known
        return known

    assert await storage.run(work) == {"evidence/2.1.10/1", "evidence/licence/1", "evidence//1"}


async def test_a_stations_assessment_keeps_its_station_and_form(storage: Storage) -> None:
    practice = await storage.run(begin)
    own = replace(practice, id=8, kind=Kind.SELF_ASSESSMENT, station=3, form=("sichuan-2017", 1))
    await storage.run(lambda tx: tx.add_assessment(own))
    assert await storage.run(lambda tx: tx.assessment(8)) == own


@pytest.mark.parametrize("event", EVENTS)
async def test_an_event_is_read_from_the_history_as_it_happened(storage: Storage, event: AssessmentEvent) -> None:
    assessment = await storage.run(begin)
    written = entry(assessment, event, 2**52)
    await storage.run(lambda tx: tx.append_history(written))
    assert await storage.run(lambda tx: tx.history(7, "2.1.10", 5)) == (written,)


async def test_the_history_of_an_item_comes_newest_first_and_no_more_than_asked(storage: Storage) -> None:
    assessment = await storage.run(begin)
    for number in range(1, 6):
        note = NoteWritten("1.1.1", "", str(number))
        await storage.run(lambda tx, note=note, number=number: tx.append_history(entry(assessment, note, number)))
    await storage.run(lambda tx: tx.append_history(entry(assessment, NoteWritten("1.1.2", "", "x"), 6)))
    read = await storage.run(lambda tx: tx.history(7, "1.1.1", 3))
    assert [each.action for each in read] == [5, 4, 3]


async def test_everything_that_one_action_brought_about_comes_in_its_order(storage: Storage) -> None:
    assessment = await storage.run(begin)
    for item, action in [("1.1.2", 1), ("1.1.1", 1), ("1.1.3", 2)]:
        event = ItemAnswered(item, None, Chosen("met"), grouped=True)
        await storage.run(lambda tx, event=event, action=action: tx.append_history(entry(assessment, event, action)))
    read = await storage.run(lambda tx: tx.action(7, 1))
    assert [each.event.item for each in read if isinstance(each.event, ItemAnswered)] == ["1.1.2", "1.1.1"]
    assert await storage.run(lambda tx: tx.action(8, 1)) == ()


async def test_the_shelf_lists_what_was_changed_last_first_and_counts_answers_only(storage: Storage) -> None:
    old = await storage.run(lambda tx: begin(tx, 1))
    await storage.run(lambda tx: begin(tx, 2, at=later(1)))
    await storage.run(lambda tx: begin(tx, 3, telegram_id=200))
    await storage.run(lambda tx: answer(tx, old, "1.1.1", at=later(2)))
    await storage.run(lambda tx: tx.save_item(1, "1.1.2", ItemRecord(note="nothing answered yet")))
    shelf = await storage.run(lambda tx: tx.shelf(old.owner, 5))
    assert [(each.id, each.answered, each.changed_at) for each in shelf] == [(1, 1, later(2)), (2, 0, later(1))]
    assert [each.id for each in await storage.run(lambda tx: tx.shelf(old.owner, 1))] == [1]
