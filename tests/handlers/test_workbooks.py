"""A workbook from the bot to a person and back over real HTTP: fetched, filled in, proposed, confirmed."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from bot.cli.plain import screen_text
from bot.dialogue.workbook_intents import FetchWorkbook, TakeOver
from bot.rubric.answers import Chosen
from bot.rubric.loader import library
from bot.services import workbooks
from bot.services.conversation import Conversation
from bot.services.ports import OutboxRow, OwedReply
from storage.files import FileStore
from tests.evidence import samples
from tests.handlers.harness import LOCALIZERS, QUOTA, Harness, calls, now, until
from tests.handlers.test_files import ITEM, MANAGER, SECRET_ITEM, ZH, Station
from tests.workbooks.builders import add, edited, fill

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.services.ports import Storage, Transaction
    from sandbox.server import Running

MAP = "/map"


@pytest.fixture
async def station(running: Running, storage: Storage, tmp_path: Path) -> AsyncIterator[Station]:
    here = Station(running, storage, tmp_path / "data")
    rubrics = library()
    conversation = Conversation(rubrics, rubrics.latest("sichuan-2017"), ("zh_CN", "en"), "zh_CN", lambda: 7001)
    builders = {workbooks.KIND: workbooks.SendsWorkbooks(conversation, rubrics, LOCALIZERS.of)}
    here.store = FileStore(tmp_path / "data")
    here.harness = Harness(running, storage, builders=builders, conversation=conversation, files=here.store)
    async with here.harness:
        await here.begin()
        yield here


async def fetched(station: Station) -> bytes:
    """The twin, as it came to the telephone."""
    station.running.controls.say(MANAGER, MAP)
    await until(lambda: ZH.say("button.twin") in str(station.running.sandbox.world.chats[MANAGER].messages))
    await station.tap(FetchWorkbook("whole"))
    await until(station.documents)
    files = station.running.sandbox.world.files
    [document] = station.documents()
    assert document["document"]["file_name"] == "离线填报表.xlsx"
    return files.content(files.find(document["document"]["file_id"]))


async def test_the_twin_goes_out_comes_back_and_is_taken_over(station: Station) -> None:
    with edited(await fetched(station)) as (book, saved):
        fill(book, "items", "1.1.1", "level", "职责明确且未发现问题")
        fill(book, "registration", "address", "value", "西昌市一路")
        add(book, "registration.equipment", name="计算机", quantity=30)
    station.send(("填好了.xlsx", saved[0]))
    await until(lambda: ZH.say("import.title") in station.last)
    before = await station.assessment()
    assert before.answers == {}
    assert station.left() == []
    await station.tap(TakeOver(before.entry("import/1").revision))
    await until(lambda: ZH.say("workbook.taken", count=4) in str(calls(station.running, "answerCallbackQuery")))
    after = await station.assessment()
    assert after.item("1.1.1").answer == Chosen("met")
    assert after.entry("registration.address").value == "西昌市一路"
    assert after.entry("registration.equipment/1/quantity").value == "30"
    assert after.entry("import/1").value == ""


async def test_a_workbook_sent_at_a_confidential_item_is_an_import_and_no_evidence(station: Station) -> None:
    with edited(await fetched(station)) as (book, saved):
        fill(book, "registration", "address", "value", "西昌市一路")
    await station.go(SECRET_ITEM)
    station.send(("填好了.xlsx", saved[0]))
    await until(lambda: ZH.say("import.title") in station.last)
    assert station.left() == []
    assert await station.sets(SECRET_ITEM) == ()
    await station.tap(TakeOver((await station.assessment()).entry("import/1").revision))
    assert (await station.assessment()).entry("registration.address").value == "西昌市一路"


async def test_a_workbook_of_a_station_that_has_sent_enough_is_an_import(station: Station) -> None:
    with edited(await fetched(station)) as (book, saved):
        fill(book, "registration", "address", "value", "西昌市一路")
    await station.harness.storage.run(lambda tx: tx.note_file(station.number, "ab" * 32, QUOTA, now()))
    await station.go(ITEM)
    station.send(("考评.xlsx", samples.workbook()))
    await until(lambda: ZH.say("evidence.refused.quota", name="考评.xlsx", item="", megabytes=30) in station.last)
    station.send(("填好了.xlsx", saved[0]))
    await until(lambda: ZH.say("import.title") in station.last)
    assert station.left() == []


def planted(twin: bytes, content: bytes) -> bytes:
    """The twin with one more sheet in its archive."""
    made = BytesIO(twin)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet99.xml", content)
    return made.getvalue()


@pytest.mark.parametrize(("content", "reason"), [(bytes(100 * 2**20), "bomb"), (samples.DOCTYPE.encode(), "entities")])
async def test_a_twin_in_which_something_was_hidden_is_refused_and_leaves_nothing(
    station: Station, content: bytes, reason: str
) -> None:
    station.send(("填好了.xlsx", planted(await fetched(station), content)))
    words = ZH.say(f"evidence.refused.{reason}", name="填好了.xlsx", item="", megabytes=20)
    await until(lambda: words in station.last)
    assert station.left() == []
    assert not any(record.value for record in (await station.assessment()).entries.values())


async def test_a_proposal_is_drawn_again_after_a_restart(station: Station) -> None:
    with edited(await fetched(station)) as (book, saved):
        fill(book, "registration", "address", "value", "西昌市一路")
    station.send(("填好了.xlsx", saved[0]))
    await until(lambda: ZH.say("import.title") in station.last)
    rubrics = library()
    restarted = Conversation(rubrics, rubrics.latest("sichuan-2017"), ("zh_CN", "en"), "zh_CN", lambda: 7002)

    def redraw(tx: Transaction) -> str:
        person = tx.known(MANAGER)
        assert person is not None
        owed = OwedReply(MANAGER, person.id)
        screen = restarted.redraw(tx, OutboxRow(tx.owe(owed, now()), owed), now()).screen
        assert screen is not None
        return screen_text(screen, ZH)

    assert "西昌市一路" in await station.harness.storage.run(redraw)
