"""Documents that are owed: made anew when they are sent, uploaded over real HTTP, never lost."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from bot.dialogue.screen import Notice, say
from bot.errors import StorageUnavailableError
from bot.evidence.limits import LONGEST_NOTE
from bot.handlers.documents import CAPTION_UNITS
from bot.services.documents import Paper
from bot.services.notices import keep
from bot.services.ports import OwedReply
from bot.services.requests import Reply
from tests.databases import opened
from tests.evidence import samples
from tests.handlers.harness import LOCALIZERS, Harness, calls, now, shown, until

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.services.documents import Errand
    from bot.services.ports import Storage, Transaction
    from sandbox.server import Running

MANAGER = 5_000_101
NAME, WORDS = "考评员 2017.txt", "内容".encode()


@dataclass
class Printer:
    """Makes as many papers as it is asked for; notes for whom, and in which thread."""

    errands: list[Errand] = field(default_factory=list)
    threads: set[int] = field(default_factory=set)
    raises: Exception | None = None

    def __call__(self, tx: Transaction, errand: Errand) -> Callable[[], Sequence[Paper]] | None:
        self.errands.append(errand)
        assert tx.person_by_id(errand.person) is not None
        count = int(errand.arguments)
        return (lambda: self._print(count)) if count else None

    def _print(self, count: int) -> Sequence[Paper]:
        self.threads.add(threading.get_ident())
        if self.raises is not None:
            raise self.raises
        caption = say("handler.command.help")
        return [Paper(f"{number} {NAME}", WORDS, caption if number == 1 else None) for number in range(1, count + 1)]


@pytest.fixture
def printer() -> Printer:
    return Printer()


@pytest.fixture
def harness(running: Running, storage: Storage, printer: Printer) -> Harness:
    return Harness(running, storage, builders={"print": printer, "qr": picture})


def picture(tx: Transaction, errand: Errand) -> Callable[[], Sequence[Paper]]:
    del tx, errand
    return lambda: [Paper("code.png", samples.png(width=40, height=30), as_photo=True)]


async def owe(harness: Harness, document: str | None, notice: Notice | None = None) -> Reply:
    """Owe a document, or words, or both, and no card."""

    def work(tx: Transaction) -> Reply:
        kept = None if notice is None else keep(notice)
        owed = OwedReply(MANAGER, tx.person(MANAGER, now()).id, notice=kept, draws=False, document=document)
        return Reply(tx.owe(owed, now()), owed, None, notice, "zh_CN")

    return await harness.storage.run(work)


async def settled(harness: Harness) -> None:
    while await harness.storage.run(lambda tx: tx.owed()):  # noqa: ASYNC110 - only the database knows
        await asyncio.sleep(0.01)


def files(running: Running) -> list[dict[str, Any]]:
    """The documents in the person's chat."""
    return [each for each in running.sandbox.world.chats[MANAGER].messages.values() if "document" in each]


async def test_a_document_comes_with_its_name_caption_and_contents(
    harness: Harness, running: Running, printer: Printer
) -> None:
    running.controls.say(MANAGER, "hello")
    async with harness:
        harness.outgoing.post(await owe(harness, "print:2"))
        await asyncio.wait_for(settled(harness), 20)
    first, second = files(running)
    assert first["document"]["file_name"] == f"1 {NAME}"
    assert first["caption"] == LOCALIZERS.of("zh_CN").say("handler.command.help")
    assert "caption" not in second
    content = running.sandbox.world.files.content(running.sandbox.world.files.find(first["document"]["file_id"]))
    assert content == WORDS
    assert threading.get_ident() not in printer.threads


async def test_the_words_beside_a_file_are_cut_to_what_telegram_takes_however_it_counts_them(
    harness: Harness, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = "\N{CJK UNIFIED IDEOGRAPH-20000}" * LONGEST_NOTE
    paper = Paper(NAME, WORDS, say("evidence.note", note=note))
    monkeypatch.setattr(Printer, "_print", lambda *_: [paper])
    running.controls.say(MANAGER, "hello")
    async with harness:
        harness.outgoing.post(await owe(harness, "print:1"))
        await asyncio.wait_for(settled(harness), 20)
    [caption] = [each["caption"] for each in files(running)]
    assert len(caption.encode("utf-16-le")) // 2 <= CAPTION_UNITS
    assert caption.startswith(LOCALIZERS.of("zh_CN").say("evidence.note", note=note[:500]))


async def test_a_picture_is_shown_as_a_photo(harness: Harness, running: Running) -> None:
    running.controls.say(MANAGER, "hello")
    async with harness:
        harness.outgoing.post(await owe(harness, "qr:words"))
        await asyncio.wait_for(settled(harness), 20)
    [message] = [each for each in running.sandbox.world.chats[MANAGER].messages.values() if "photo" in each]
    largest = message["photo"][-1]
    assert (largest["width"], largest["height"]) == (40, 30)
    files = running.sandbox.world.files
    assert files.content(files.find(largest["file_id"])) == samples.png(width=40, height=30)


async def test_words_that_go_with_a_document_are_a_message_of_their_own_to_be_passed_on(
    harness: Harness, running: Running
) -> None:
    running.controls.say(MANAGER, "hello")
    card, link = Notice(say("handler.command.map")), Notice(say("handler.command.help"))
    async with harness:
        await until(lambda: shown(running, MANAGER))
        owed = [await owe(harness, "print:1", link), await owe(harness, None, card)]
        for reply in owed:
            harness.outgoing.post(reply)
        await asyncio.wait_for(settled(harness), 20)
    zh = LOCALIZERS.of("zh_CN")
    assert shown(running, MANAGER)[1:] == [zh.text(card.text), zh.text(link.text)]
    assert len(files(running)) == 1


async def test_nothing_is_sent_where_there_is_nothing_to_send_any_more(harness: Harness, running: Running) -> None:
    running.controls.say(MANAGER, "hello")
    async with harness:
        harness.outgoing.post(await owe(harness, "print:0"))
        await asyncio.wait_for(settled(harness), 20)
    assert not calls(running, "sendDocument")


@pytest.mark.parametrize("document", ["print:1", "no such kind:"])
async def test_one_that_cannot_be_made_is_owned_up_to(
    harness: Harness, running: Running, printer: Printer, document: str
) -> None:
    running.controls.say(MANAGER, "hello")
    printer.raises = KeyError("what a person wrote")
    async with harness:
        harness.outgoing.post(await owe(harness, document))
        await asyncio.wait_for(settled(harness), 20)
    words = LOCALIZERS.of("zh_CN").say("handler.unshown", reference="")
    assert any(text[:8] == words[:8] for text in shown(running, MANAGER))


async def test_a_database_that_is_down_only_delays_it(harness: Harness, running: Running) -> None:
    running.controls.say(MANAGER, "hello")
    async with harness:
        reply = await owe(harness, "print:1")
        harness.storage.is_down = True
        with pytest.raises(StorageUnavailableError):
            await harness.storage.run(lambda tx: tx.owed())
        harness.outgoing.post(reply)
        await asyncio.sleep(0)
        harness.storage.is_down = False
        await until(lambda: files(running))


@pytest.mark.parametrize("trouble", [{"kind": "error", "code": 502, "body": ""}, {"kind": "cut"}])
async def test_what_fails_in_between_is_tried_until_it_stands(
    harness: Harness, running: Running, trouble: dict[str, Any]
) -> None:
    running.controls.say(MANAGER, "hello")
    running.controls.faults([{"method": "sendDocument", "times": 1, **trouble}])
    async with harness:
        harness.outgoing.post(await owe(harness, "print:2"))
        await asyncio.wait_for(settled(harness), 20)
    assert [each["document"]["file_name"][0] for each in files(running)] == ["1", "2"]


async def test_one_that_telegram_rejects_is_owned_up_to_and_the_rest_goes_on(
    harness: Harness, running: Running
) -> None:
    running.controls.say(MANAGER, "hello")
    description = "Bad Request: wrong file"
    running.controls.faults([{"method": "sendDocument", "kind": "error", "code": 400, "description": description}])
    async with harness:
        harness.outgoing.post(await owe(harness, "print:2"))
        await asyncio.wait_for(settled(harness), 20)
    assert [each["document"]["file_name"][0] for each in files(running)] == ["2"]


async def test_one_that_is_larger_than_telegram_takes_is_owned_up_to_and_not_uploaded(
    harness: Harness, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.handlers.documents.MOST_BYTES", len(WORDS) - 1)
    running.controls.say(MANAGER, "hello")
    async with harness:
        harness.outgoing.post(await owe(harness, "print:1"))
        await until(lambda: "hello" in shown(running, MANAGER))
        await asyncio.wait_for(settled(harness), 20)
    assert not calls(running, "sendDocument")
    assert len(shown(running, MANAGER)) == 2


async def test_what_was_owed_before_a_restart_is_made_anew_and_sent(
    running: Running, database: str, printer: Printer
) -> None:
    running.controls.say(MANAGER, "hello")
    async with opened(database) as storage:
        await owe(Harness(running, storage, builders={"print": printer}), "print:1")
    async with opened(database) as storage, Harness(running, storage, builders={"print": printer}) as harness:
        await asyncio.wait_for(settled(harness), 20)
    assert len(files(running)) == 1
    assert len(printer.errands) == 1
