"""What every Storage promises about the lists of cancelled qualifications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.forms.cancelled import Cancelled

if TYPE_CHECKING:
    from bot.services.ports import Storage

EARLY, LATE = "国发〔2014〕50号", "国发〔2015〕11号"


def line(document: str, name: str, code: str = "") -> Cancelled:
    """A line of a document's list."""
    return Cancelled(document, name, "2014-10-23" if document == EARLY else "2015-02-24", code, "附注")


async def test_lists_are_read_as_they_were_stored_by_date_and_name(storage: Storage) -> None:
    await storage.run(lambda tx: tx.list_cancelled(LATE, [line(LATE, "甲员", "X1")]))
    await storage.run(lambda tx: tx.list_cancelled(EARLY, [line(EARLY, "甲员"), line(EARLY, "乙师")]))
    stands = await storage.run(lambda tx: tx.cancelled())
    assert stands == (line(EARLY, "乙师"), line(EARLY, "甲员"), line(LATE, "甲员", "X1"))


async def test_a_new_list_takes_the_place_of_that_documents_old_one_alone(storage: Storage) -> None:
    await storage.run(lambda tx: tx.list_cancelled(LATE, [line(LATE, "甲员"), line(LATE, "乙师")]))
    await storage.run(lambda tx: tx.list_cancelled(EARLY, [line(EARLY, "甲员")]))
    await storage.run(lambda tx: tx.list_cancelled(LATE, [line(LATE, "丙工")]))
    assert await storage.run(lambda tx: tx.cancelled()) == (line(EARLY, "甲员"), line(LATE, "丙工"))
