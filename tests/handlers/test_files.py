"""Files from a telephone to the disk, over real HTTP: taken whole, or refused with a sentence and without a trace."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from bot.dialogue import intents
from bot.dialogue.evidence_intents import RemoveEvidence, ShowEvidence
from bot.dialogue.intents import decode, encode
from bot.dialogue.position import Place, PlaceKind
from bot.evidence.limits import MOST_BYTES, MOST_OF_A_WORKBOOK
from bot.evidence.sets import UNPLACED, place_subject, set_subject, sets_of
from bot.rubric.loader import library
from bot.services import evidence
from bot.services.conversation import Conversation
from storage.files import FileStore
from tests.databases import opened
from tests.evidence import samples
from tests.handlers.harness import LOCALIZERS, Harness, calls, shown, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.assessments.model import Assessment
    from bot.evidence.sets import Standing
    from bot.services.ports import Storage, Transaction
    from sandbox.server import Running

MANAGER = 5_000_101
ITEM, SECRET_ITEM = "2.1.10", "6.6.1"
ZH = LOCALIZERS.of("zh_CN")


class Station:
    """Somebody with a telephone at an item of a practice run, and the bot with its disk."""

    def __init__(self, running: Running, storage: Storage, data: Path) -> None:
        rubrics, ids = library(), count(7001)
        self.running = running
        self.store = FileStore(data)
        conversation = Conversation(
            rubrics, rubrics.latest("sichuan-2017"), ("zh_CN", "en"), "zh_CN", lambda: next(ids)
        )
        builders = {evidence.KIND: evidence.SendsEvidence(conversation, self.store)}
        self.harness = Harness(running, storage, builders=builders, conversation=conversation, files=self.store)
        self.number = 0

    async def begin(self, item: str = ITEM) -> None:
        """Start a practice run, and open an item of it."""
        self.running.controls.say(MANAGER, "/start")
        await self.card()
        await self.tap(intents.StartPractice())
        await until(lambda: "【试填】" in self.last)
        button = next(iter(self._buttons()))
        self.number = decode(button)[1] or 0
        await self.go(item)

    async def go(self, item: str) -> None:
        """Type the id of an item."""
        before = len(shown(self.running, MANAGER))
        self.running.controls.say(MANAGER, item)
        await until(lambda: len(shown(self.running, MANAGER)) > before)

    async def card(self) -> int:
        """The newest message of the bot."""
        await until(lambda: shown(self.running, MANAGER))
        chat = self.running.sandbox.world.chats[MANAGER]
        return max(number for number, each in chat.messages.items() if each["from"]["is_bot"] and "text" in each)

    async def tap(self, intent: intents.Intent) -> None:
        """Tap a button with that meaning."""
        data = encode(intent, self.number or None)
        await self.running.controls.tap(MANAGER, await self.card(), data=data, wait=5)

    @property
    def last(self) -> str:
        """The newest text of the bot."""
        return shown(self.running, MANAGER)[-1]

    def send(self, *files: tuple[str, bytes], kind: str = "document", caption: str = "") -> dict[str, Any]:
        """Send files, several as an album."""
        contents = [{"name": name, "content": content} for name, content in files]
        return self.running.controls.attach(MANAGER, contents, kind, caption=caption)

    async def assessment(self) -> Assessment:
        """As it is stored, entries and all."""

        def read(tx: Transaction) -> Assessment:
            found = tx.assessment(self.number)
            assert found is not None
            return replace(found, entries=dict(found.entries))

        return await self.harness.storage.run(read)

    async def sets(self, about: str = ITEM) -> tuple[Standing, ...]:
        """The sets that stand."""
        return sets_of((await self.assessment()).entries, about)

    def left(self) -> list[str]:
        """Every file on the disk, whole or not."""
        return [path.name for path in self.store._root.rglob("*") if path.is_file()]

    def documents(self) -> list[dict[str, Any]]:
        """The messages by which the bot sent a document."""
        messages = self.running.sandbox.world.chats[MANAGER].messages.values()
        return [each for each in messages if "document" in each and each["from"]["is_bot"]]

    def _buttons(self) -> list[str]:
        chat = self.running.sandbox.world.chats[MANAGER]
        newest = max(number for number, each in chat.messages.items() if each["from"]["is_bot"])
        rows = chat.messages[newest]["reply_markup"]["inline_keyboard"]
        return [button["callback_data"] for row in rows for button in row]


@pytest.fixture
async def station(running: Running, storage: Storage, tmp_path: Path) -> AsyncIterator[Station]:
    here = Station(running, storage, tmp_path / "data")
    async with here.harness:
        await here.begin()
        yield here


async def test_a_file_at_an_item_is_kept_with_its_note_and_acknowledged(station: Station) -> None:
    station.send(("制度.pdf", samples.PDF), caption="2017年版")
    await until(lambda: ZH.say("evidence.kept", count=1, item=ITEM, number=1) in station.last)
    [kept] = await station.sets()
    assert (kept.set.note, [file.name for file in kept.set.files]) == ("2017年版", ["制度.pdf"])
    assert station.left() == [kept.set.files[0].sha256]
    assert station.store.read(kept.set.files[0].sha256) == samples.PDF
    assert calls(station.running, "sendChatAction")


async def test_a_photo_is_kept_without_the_place_it_was_taken(station: Station) -> None:
    station.send(("x.jpg", samples.photo()), kind="photo")
    await until(lambda: ZH.say("evidence.kept", count=1, item=ITEM, number=1) in station.last)
    [kept] = await station.sets()
    assert samples.PLACE_OF_PHOTO not in station.store.read(kept.set.files[0].sha256)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("制度.pdf", samples.EXE, "foreign"),
        ("大.pdf", samples.PDF + bytes(MOST_BYTES), "too_large"),
        ("bomb.xlsx", samples.bomb(), "bomb"),
        ("huge.png", samples.huge_png(), "pixels"),
        ("x", samples.EXE, "foreign"),
        ("locked.xlsx", samples.ENCRYPTED_OFFICE, "encrypted"),
        ("entities.xlsx", samples.with_entities(), "entities"),
        ("macros.xlsx", samples.packed({"xl/vbaProject.bin": b"x"}), "active"),
        ("IMG_1.heic", samples.HEIC, "heic"),
    ],
)
async def test_a_file_that_is_refused_gets_a_sentence_and_leaves_nothing(
    station: Station, name: str, content: bytes, reason: str
) -> None:
    station.send((name, content))
    words = ZH.say(f"evidence.refused.{reason}", name=name, item="", megabytes=20)
    await until(lambda: words in station.last)
    assert station.left() == []
    assert await station.sets() == ()


async def test_a_file_that_turns_out_to_be_empty_is_refused(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(station.running.sandbox.world.files, "content", lambda _: b"")
    station.send(("空.pdf", samples.PDF))
    await until(lambda: ZH.say("evidence.refused.empty", name="空.pdf", item="", megabytes=20) in station.last)
    assert station.left() == []


async def test_a_file_that_is_larger_than_telegram_said_is_refused(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(station.running.sandbox.world.files, "content", lambda _: samples.PDF + bytes(MOST_BYTES))
    station.send(("大.pdf", samples.PDF))
    await until(lambda: ZH.say("evidence.refused.too_large", name="大.pdf", item="", megabytes=20) in station.last)
    assert station.left() == []


async def test_21_megabytes_are_refused_before_anything_is_fetched(station: Station) -> None:
    station.send(("大.pdf", samples.PDF + bytes(21 * 2**20)))
    await until(lambda: "大.pdf" in station.last)
    assert not calls(station.running, "getFile")


async def test_a_name_is_never_a_path(station: Station) -> None:
    sent = station.send(("x.pdf", samples.PDF))["message"]
    await until(lambda: ZH.say("evidence.kept", count=1, item=ITEM, number=1) in station.last)
    document = {**sent["document"], "file_name": "../../x.pdf"}
    station.running.controls.update({"message": {**sent, "message_id": 9_000, "document": document}})
    await until(lambda: ZH.say("evidence.kept", count=1, item=ITEM, number=2) in station.last)
    assert "../../x.pdf" in station.last
    first, second = await station.sets()
    assert second.set.files[0].name == "../../x.pdf"
    assert station.left() == [first.set.files[0].sha256]
    await station.tap(ShowEvidence(ITEM, 2))
    await until(station.documents)
    assert station.documents()[0]["document"]["file_name"] == "_.._x.pdf"


async def test_five_photos_of_an_album_are_one_set_with_one_acknowledgement(station: Station) -> None:
    before = len(shown(station.running, MANAGER))
    photos = [(f"{number}.jpg", samples.photo(size=(32 + number, 32))) for number in range(5)]
    station.send(*photos, kind="photo", caption="会议室")
    await until(lambda: ZH.say("evidence.kept", count=5, item=ITEM, number=1) in station.last)
    assert len(shown(station.running, MANAGER)) == before + 1
    [kept] = await station.sets()
    assert (len(kept.set.files), kept.set.note) == (5, "会议室")
    assert len(station.left()) == 5


async def test_an_album_cut_in_two_by_a_restart_is_still_one_set(
    running: Running, database: str, tmp_path: Path
) -> None:
    photos = [(f"{number}.jpg", samples.photo(size=(32 + number, 32))) for number in range(3)]
    async with opened(database) as storage:
        first = Station(running, storage, tmp_path / "data")
        async with first.harness:
            await first.begin()
            running.controls.faults([{"method": "getFile", "kind": "delay", "seconds": 60, "nth": 2}])
            first.send(*photos, kind="photo")
            await until(lambda: len(first.left()) == 1)
        number = first.number
    running.controls.clear_faults()
    async with opened(database) as storage:
        again = Station(running, storage, tmp_path / "data")
        again.number = number
        async with again.harness:
            await until(lambda: ZH.say("evidence.kept", count=3, item=ITEM, number=1) in again.last)
        [kept] = await again.sets()
    assert len(kept.set.files) == 3


async def test_the_same_file_twice_is_stored_once(station: Station) -> None:
    for number in (1, 2):
        station.send(("制度.pdf", samples.PDF))
        await until(lambda n=number: ZH.say("evidence.kept", count=1, item=ITEM, number=n) in station.last)
    assert len(await station.sets()) == 2
    assert len(station.left()) == 1


async def test_a_station_that_has_sent_enough_is_told_so(station: Station) -> None:
    for number in (1, 2):
        padding = f"%{number}".encode() + bytes(14 * 2**20) + b"%%EOF"
        station.send((f"{number}.pdf", samples.PDF + padding))
        await until(lambda n=number: ZH.say("evidence.kept", count=1, item=ITEM, number=n) in station.last)
    station.send(("3.pdf", samples.PDF + bytes(3 * 2**20) + b"%%EOF"))
    await until(lambda: ZH.say("evidence.refused.quota", name="3.pdf", item="", megabytes=30) in station.last)
    assert len(station.left()) == 2


async def test_scripts_and_candidates_records_are_not_even_fetched(station: Station) -> None:
    await station.go(SECRET_ITEM)
    station.send(("答卷.pdf", samples.PDF))
    words = ZH.say("evidence.refused.confidential", name="答卷.pdf", item=SECRET_ITEM, megabytes=0)
    await until(lambda: words in station.last)
    assert not calls(station.running, "getFile")
    assert station.left() == []
    station.running.controls.say(MANAGER, "档案室2号柜")
    await until(lambda: ZH.say("evidence.whereabouts_kept", item=SECRET_ITEM) in station.last)
    assert (await station.assessment()).entry(place_subject(SECRET_ITEM)).value == "档案室2号柜"


@pytest.mark.parametrize("content", [samples.workbook(), samples.EXE, samples.bomb()], ids=["table", "program", "bomb"])
async def test_a_table_at_a_confidential_item_is_looked_at_as_a_workbook_and_dropped(
    station: Station, content: bytes
) -> None:
    await station.go(SECRET_ITEM)
    station.send(("考生名册.xlsx", content))
    words = ZH.say("evidence.refused.confidential", name="考生名册.xlsx", item=SECRET_ITEM, megabytes=0)
    await until(lambda: words in station.last)
    assert calls(station.running, "getFile")
    assert station.left() == []
    assert await station.sets(SECRET_ITEM) == ()


async def test_a_table_too_large_for_a_workbook_is_not_fetched_at_a_confidential_item(station: Station) -> None:
    await station.go(SECRET_ITEM)
    station.send(("考生名册.xlsx", samples.workbook() + bytes(MOST_OF_A_WORKBOOK)))
    await until(lambda: "考生名册.xlsx" in station.last)
    assert not calls(station.running, "getFile")


async def test_a_table_that_is_larger_than_telegram_said_is_dropped_at_a_confidential_item(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(station.running.sandbox.world.files, "content", lambda _: bytes(MOST_OF_A_WORKBOOK + 1))
    await station.go(SECRET_ITEM)
    station.send(("考生名册.xlsx", samples.workbook()))
    words = ZH.say("evidence.refused.confidential", name="考生名册.xlsx", item=SECRET_ITEM, megabytes=0)
    await until(lambda: words in station.last)
    assert station.left() == []


async def test_a_file_at_a_section_of_the_form_belongs_to_it(station: Station) -> None:
    await station.tap(intents.Open(Place(PlaceKind.FORM_SECTION, "licence")))
    station.send(("许可证.pdf", samples.PDF), caption="副本")
    label = "许可证情况"
    await until(lambda: ZH.say("evidence.kept", count=1, item=label, number=1) in station.last)
    [kept] = await station.sets("licence")
    assert station.left() == [kept.set.files[0].sha256]
    await station.tap(ShowEvidence("licence", 1))
    await until(station.documents)
    assert station.documents()[0]["document"]["file_name"] == "许可证.pdf"


async def test_a_file_that_comes_nowhere_is_kept_until_its_item_is_named(station: Station) -> None:
    station.running.controls.say(MANAGER, "/score")
    await until(lambda: ZH.say("score.title") in station.last or "自评得分" in station.last)
    station.send(("制度.pdf", samples.PDF))
    await until(lambda: ZH.say("evidence.which_item") in station.last)
    await station.tap(intents.Open(Place(PlaceKind.EVIDENCE, ITEM)))
    await until(lambda: ZH.say("evidence.send") in station.last)
    await station.tap(intents.Open(Place(PlaceKind.UNPLACED_FILE, "1")))
    station.running.controls.say(MANAGER, SECRET_ITEM)
    await until(lambda: ZH.say("evidence.not_there", item=SECRET_ITEM) in station.last)
    station.running.controls.say(MANAGER, ITEM)
    await until(lambda: ZH.say("evidence.kept", count=1, item=ITEM, number=1) in station.last)
    assert await station.sets(UNPLACED) == ()
    assert len(await station.sets()) == 1


async def test_an_edited_caption_is_the_new_note(station: Station) -> None:
    sent = station.send(("制度.pdf", samples.PDF), caption="旧")
    await until(lambda: ZH.say("evidence.kept", count=1, item=ITEM, number=1) in station.last)
    update = {"edited_message": {**sent["message"], "caption": "新", "edit_date": sent["message"]["date"] + 1}}
    station.running.controls.update(update)
    await until(lambda: ZH.say("evidence.noted") in station.last)
    [kept] = await station.sets()
    assert kept.set.note == "新"


async def test_a_set_is_taken_back_and_brought_back(station: Station) -> None:
    station.send(("制度.pdf", samples.PDF))
    await until(lambda: ZH.say("evidence.kept", count=1, item=ITEM, number=1) in station.last)
    revision = (await station.assessment()).entry(set_subject(ITEM, 1)).revision
    await station.tap(RemoveEvidence(ITEM, 1, revision))
    assert await station.sets() == ()
    await station.tap(RemoveEvidence(ITEM, 1, revision))
    station.running.controls.say(MANAGER, "/undo")
    await until(lambda: ZH.say("notice.entries_undone", count=1) in station.last)
    assert len(await station.sets()) == 1


async def test_a_set_is_sent_back_as_documents_to_whoever_may_read_it(station: Station) -> None:
    station.send(("制度.pdf", samples.PDF), caption="2017年版")
    await until(lambda: ZH.say("evidence.kept", count=1, item=ITEM, number=1) in station.last)
    await station.tap(ShowEvidence(ITEM, 1))
    await until(station.documents)
    [document] = station.documents()
    assert document["document"]["file_name"] == "制度.pdf"
    assert document["caption"] == ZH.say("evidence.note", note="2017年版")


async def test_before_anything_is_begun_nothing_is_fetched(running: Running, storage: Storage, tmp_path: Path) -> None:
    station = Station(running, storage, tmp_path / "data")
    async with station.harness:
        station.send(("制度.pdf", samples.PDF))
        await until(lambda: shown(running, MANAGER))
    assert not calls(running, "getFile")
    assert station.left() == []


@pytest.mark.parametrize("trouble", [{"code": 502, "body": ""}, {"code": 429, "retry_after": 1}])
async def test_what_fails_while_a_file_is_fetched_is_tried_again(station: Station, trouble: dict[str, Any]) -> None:
    station.running.controls.faults([{"method": "getFile", "kind": "error", "times": 1, **trouble}])
    station.send(("制度.pdf", samples.PDF))
    await until(lambda: ZH.say("evidence.kept", count=1, item=ITEM, number=1) in station.last)
    assert len(calls(station.running, "getFile")) == 2


async def test_a_file_that_telegram_does_not_give_is_asked_for_again(station: Station) -> None:
    description = "Bad Request: wrong file_id or the file is temporarily unavailable"
    station.running.controls.faults([{"method": "getFile", "kind": "error", "code": 400, "description": description}])
    station.send(("制度.pdf", samples.PDF))
    words = ZH.say("evidence.refused.unavailable", name="制度.pdf", item="", megabytes=20)
    await until(lambda: words in station.last)
    assert station.left() == []
