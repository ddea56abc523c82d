"""The form over a database: what is written stays, with its history, and old assessments go on without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.assessments.events import EntryWritten
from bot.dialogue.form_intents import ConfirmPaste
from bot.dialogue.given import Command, Commanded, Tapped, Typed
from bot.dialogue.intents import Open, checksum
from bot.dialogue.position import Place, PlaceKind

if TYPE_CHECKING:
    from bot.assessments.model import EntryRecord
    from bot.services.ports import Transaction
    from tests.services.conftest import Desk

STOVES = "双头灶台,ZT-2,20\n冰柜,BG,2"


async def open_at(desk: Desk, number: int, kind: PlaceKind, subject: str) -> None:
    await desk.give(Tapped(Open(Place(kind, subject)), number))


async def written(desk: Desk, number: int) -> dict[str, EntryRecord]:
    """Every entry that stands, read in a transaction, as they are."""

    def read(tx: Transaction) -> dict[str, EntryRecord]:
        assessment = tx.assessment(number)
        assert assessment is not None
        return dict(assessment.entries)

    return await desk.storage.run(read)


async def test_a_practice_run_keeps_the_form_it_began_with_and_what_is_written_in_it(desk: Desk) -> None:
    number = await desk.begin()
    await open_at(desk, number, PlaceKind.FIELD, "registration.address")
    await desk.give(Typed("成都市某路１号"))
    assert (await desk.assessment(number)).form == ("sichuan-2017", 1)
    record = (await written(desk, number))["registration.address"]
    assert (record.value, record.revision, record.by) == ("成都市某路1号", 1, (await desk.person()).id)
    told = await desk.storage.run(lambda tx: tx.history(number, "registration.address", 5))
    assert [entry.event for entry in told] == [EntryWritten("registration.address", "", "成都市某路1号")]


async def test_pasted_rows_are_kept_together_and_undone_together(desk: Desk) -> None:
    number = await desk.begin()
    await open_at(desk, number, PlaceKind.TABLE, "registration.equipment")
    await desk.give(Typed(STOVES))
    assert await written(desk, number) == {}
    await desk.give(Tapped(ConfirmPaste(checksum(STOVES)), number))
    assert {subject: entry.value for subject, entry in (await written(desk, number)).items()} == {
        "registration.equipment/1/name": "双头灶台",
        "registration.equipment/1/model": "ZT-2",
        "registration.equipment/1/quantity": "20",
        "registration.equipment/2/name": "冰柜",
        "registration.equipment/2/model": "BG",
        "registration.equipment/2/quantity": "2",
    }
    await desk.give(Commanded(Command.UNDO))
    assert {entry.value for entry in (await written(desk, number)).values()} == {""}


async def test_lines_that_wait_to_be_confirmed_outlive_a_look_at_another_screen(desk: Desk) -> None:
    number = await desk.begin()
    await open_at(desk, number, PlaceKind.PASTE, "registration.equipment")
    await desk.give(Typed(STOVES))
    await desk.give(Commanded(Command.HELP))
    await open_at(desk, number, PlaceKind.PASTE, "registration.equipment")
    reply = await desk.give(Tapped(ConfirmPaste(checksum(STOVES)), number))
    assert reply.notice is not None
    assert reply.notice.text.key == "form.pasted"
