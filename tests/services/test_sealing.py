"""定稿 over a real database: kept with its history, the others told, the documents owed, everything else locked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.dialogue.flows.stamped import copies
from bot.dialogue.given import Command, Commanded, Sent, Tapped, Typed
from bot.dialogue.intents import Choose, Open, PickUp
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.report_intents import ReopenReport, SealReport
from bot.evidence.kinds import Kind as FileKind
from bot.evidence.sets import KeptFile
from bot.services.reports import Compiler
from bot.stations.model import Membership, Role
from tests.services.conftest import ME, NOW, SOMEBODY_ELSE, Desk
from tests.services.test_reports import NUMBER, chinese, founded
from tests.watch import stations
from tests.watch.stations import RUBRIC

if TYPE_CHECKING:
    from bot.dialogue.intents import Intent
    from bot.services.ports import Transaction
    from bot.services.requests import Reply

ITEM = RUBRIC.items["1.1.1"]
WORST = ITEM.zero_levels[0].id


def ready(tx: Transaction) -> None:
    """The station with a colleague, and every condition denied."""
    station, colleague = founded(tx), tx.person(SOMEBODY_ELSE, NOW)
    tx.save_membership(Membership(colleague.id, station, Role.FILLER, "陈老师", NOW, 1))
    for veto, record in stations.station().vetoes.items():
        tx.save_veto(NUMBER, veto, record)


def kept_sizes(tx: Transaction) -> list[int]:
    """The size of each stamped copy."""
    stands = tx.assessment(NUMBER)
    return [] if stands is None else [file.size for each in copies(stands) for file in each.set.files]


async def tap(desk: Desk, intent: Intent, sender: int = ME) -> Reply:
    return await desk.give(Tapped(intent, NUMBER), sender)


async def at_the_station(desk: Desk) -> Desk:
    """Both are in the self-assessment; papers are compiled from the database."""
    desk.conversation = replace(desk.conversation, compiles=Compiler(desk.conversation.library, chinese))
    await desk.storage.run(ready)
    for each in (ME, SOMEBODY_ELSE):
        await desk.give(Commanded(Command.START), each)
        await tap(desk, PickUp(NUMBER), each)
    return desk


async def made_final(desk: Desk) -> Reply:
    """The head opens the confirmation, and taps what it offers."""
    asked = await tap(desk, Open(Place(PlaceKind.SEAL)))
    assert asked.screen is not None
    [sure] = [each.intent for row in asked.screen.rows for each in row if isinstance(each.intent, SealReport)]
    return await tap(desk, sure)


async def test_it_is_kept_the_others_are_told_and_the_documents_are_owed(desk: Desk) -> None:
    await at_the_station(desk)
    reply = await made_final(desk)
    stands = await desk.assessment(NUMBER)
    assert stands.seal
    assert reply.owed.document == f"report:{NUMBER}:all"
    [told] = reply.told
    assert told.owed.chat_id == SOMEBODY_ELSE
    assert told.notice is not None
    assert told.notice.text.args["code"] == stands.seal


async def test_a_colleague_changes_nothing_until_it_is_open_again(desk: Desk) -> None:
    await at_the_station(desk)
    await made_final(desk)
    sealed = await desk.assessment(NUMBER)
    choose = Choose(ITEM.id, WORST, sealed.item(ITEM.id).revision)
    refused = await tap(desk, choose, SOMEBODY_ELSE)
    assert refused.notice is not None
    assert refused.notice.text.key == "report.locked"
    assert (await desk.assessment(NUMBER)).item(ITEM.id) == sealed.item(ITEM.id)
    await tap(desk, Open(Place(PlaceKind.REOPEN)))
    asked = await desk.give(Typed("地址写错了"))
    assert asked.screen is not None
    [sure] = [each.intent for row in asked.screen.rows for each in row if isinstance(each.intent, ReopenReport)]
    opened = await tap(desk, sure)
    assert [each.owed.chat_id for each in opened.told] == [SOMEBODY_ELSE]
    assert (await desk.assessment(NUMBER)).seal == ""
    await tap(desk, choose, SOMEBODY_ELSE)
    assert (await desk.assessment(NUMBER)).item(ITEM.id).revision == sealed.item(ITEM.id).revision + 1


async def test_a_second_tap_on_the_confirmation_seals_and_promises_nothing_twice(desk: Desk) -> None:
    await at_the_station(desk)
    await made_final(desk)
    again = await tap(desk, SealReport((await desk.assessment(NUMBER)).seal))
    assert (again.owed.document, again.told) == (None, ())


async def test_the_stamped_copy_is_kept_beside_what_is_final(desk: Desk) -> None:
    await at_the_station(desk)
    await made_final(desk)
    code = (await desk.assessment(NUMBER)).seal
    await tap(desk, Open(Place(PlaceKind.STAMPED)))
    await desk.give(Typed(code.lower()))
    kept = await desk.give(Sent(KeptFile("ab" * 32, FileKind.PDF, 1234, "盖章.pdf")))
    assert kept.notice is not None
    assert kept.notice.text.key == "report.stamped_kept"
    assert await desk.read(kept_sizes) == [1234]
    assert (await desk.assessment(NUMBER)).seal == code
    assert await desk.read(lambda tx: tx.bytes_kept(NUMBER)) == 1234
