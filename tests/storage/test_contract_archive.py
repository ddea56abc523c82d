"""What every Storage promises about seals and about what was compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.assessments.model import EntryRecord
from bot.assessments.sealing import SEAL, Seal, write_seal
from tests.storage.builders import NOW, begin, later

if TYPE_CHECKING:
    from bot.assessments.model import Assessment
    from bot.services.ports import Storage, Transaction

CODE, OTHER = "7K3M-Q8ZT-1B4C", "0000-0000-0000"
SUM, NEWER = "ab" * 32, "cd" * 32


async def test_a_seal_is_read_with_the_assessment_until_it_is_taken_back(storage: Storage) -> None:
    def sealed(tx: Transaction) -> Assessment | None:
        begin(tx)
        tx.save_entry(7, SEAL, EntryRecord(write_seal(Seal(CODE, 5)), 1))
        return tx.assessment(7)

    def reopened(tx: Transaction) -> Assessment | None:
        tx.save_entry(7, SEAL, EntryRecord("", 2))
        return tx.assessment(7)

    first, second = await storage.run(sealed), await storage.run(reopened)
    assert first is not None
    assert second is not None
    assert (first.seal, second.seal) == (CODE, "")


async def test_another_entry_leaves_the_seal_alone(storage: Storage) -> None:
    def work(tx: Transaction) -> str:
        begin(tx)
        tx.save_entry(7, SEAL, EntryRecord(write_seal(Seal(CODE, 5)), 1))
        tx.save_entry(7, "report/reopened", EntryRecord("{}", 1))
        kept = tx.assessment(7)
        return "" if kept is None else kept.seal

    assert await storage.run(work) == CODE


async def test_what_was_compiled_is_found_by_assessment_and_code(storage: Storage) -> None:
    def work(tx: Transaction) -> None:
        begin(tx, 7)
        begin(tx, 8)
        for number, code, name in ((7, CODE, "a"), (7, CODE, "b"), (7, OTHER, "a"), (8, CODE, "c")):
            tx.note_archived(number, code, name, sha256=SUM, size=10, at=NOW)
        tx.note_archived(7, CODE, "a", sha256=NEWER, size=11, at=later(1))

    await storage.run(work)
    assert await storage.run(lambda tx: tx.archived(7, CODE)) == {"a": NEWER, "b": SUM}
    assert await storage.run(lambda tx: tx.archived(9, CODE)) == {}
