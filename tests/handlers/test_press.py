"""A package over real HTTP: said how far it is, rendered once, kept, sent again from the archive, never lost."""

from __future__ import annotations

import asyncio
import zipfile
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from bot.assessments.events import EntryWritten, ItemAnswered, apply, revision_after
from bot.assessments.history import HistoryEntry
from bot.assessments.sealing import SEAL, Seal, write_seal
from bot.dialogue.flows.report import ALL
from bot.errors import InvalidInputError
from bot.handlers.press import Press
from bot.handlers.printer import NoFonts, Rendered
from bot.problems import Problem
from bot.reports.codes import TemplateCode
from bot.reports.rendering import Format
from bot.rubric.answers import Chosen
from bot.rubric.loader import library
from bot.services import reports
from bot.services.conversation import Conversation
from bot.services.ports import OwedReply
from bot.services.requests import Reply
from storage.files import FileStore
from tests.databases import opened
from tests.handlers.harness import LOCALIZERS, Harness, calls, now, shown, until
from tests.storage.builders import begin

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.handlers.printer import Job
    from bot.services.ports import Storage, Transaction
    from sandbox.server import Running

MANAGER, OTHER = 5_000_301, 5_000_302
NUMBER = 7
ZH = LOCALIZERS.of("zh_CN")


@dataclass
class Printer:
    """Says what it was asked for instead of rendering it; waits while it is held."""

    jobs: list[Job] = field(default_factory=list)
    has_fonts: bool = True
    wrong: tuple[Problem, ...] = ()
    held: asyncio.Event | None = None

    async def render(self, job: Job) -> Rendered | NoFonts:
        self.jobs.append(job)
        if self.held is not None:
            await self.held.wait()
        if self.wrong:
            raise InvalidInputError(self.wrong)
        if job.form is Format.PDF and not self.has_fonts:
            return NoFonts(("fonts-arphic-uming",))
        return Rendered(f"{job.form.value} {job.document.name} {job.stamp.draft}".encode())


@dataclass
class Shop:
    """A bot with a press, and a practice run that was begun."""

    running: Running
    storage: Storage
    printer: Printer
    data: Path

    @asynccontextmanager
    async def harness(self) -> AsyncIterator[Harness]:
        """A bot that runs, and has answered whoever said hello: what it shows from now on was asked for."""
        rubrics = library()
        compiler = reports.Compiler(rubrics, ZH.text)
        talks = Conversation(rubrics, rubrics.latest("sichuan-2017"), ("zh_CN", "en"), "zh_CN", lambda: 1)
        takes = reports.TakesCommissions(talks, compiler)
        files = FileStore(self.data)
        press = Press(storage=self.storage, takes=takes, worker=self.printer, files=files, clock=now)
        async with Harness(self.running, self.storage, presses={reports.KIND: press}) as harness:
            await until(lambda: all(shown(self.running, each) for each in (MANAGER, OTHER)))
            yield harness

    async def owe(self, what: str, person: int = MANAGER) -> Reply:
        """Owe documents of the practice run."""

        def work(tx: Transaction) -> Reply:
            document = f"{reports.KIND}:{NUMBER}:{what}"
            owed = OwedReply(person, tx.person(person, now()).id, draws=False, document=document)
            return Reply(tx.owe(owed, now()), owed, None, None, "zh_CN")

        return await self.storage.run(work)

    async def asked(self, harness: Harness, what: str) -> None:
        """Ask for documents, and wait until nothing is owed any more."""
        harness.outgoing.post(await self.owe(what))
        await settled(self.storage)

    async def change(self, *events: Any) -> None:  # noqa: ANN401 - events of an assessment
        """Something happens in the practice run."""

        def work(tx: Transaction) -> None:
            stands = tx.assessment(NUMBER)
            assert stands is not None
            for number, event in enumerate(events, start=1):
                stands = apply(stands, event, by=stands.owner, at=now())
                if isinstance(event, ItemAnswered):
                    tx.save_item(NUMBER, event.item, stands.item(event.item))
                else:
                    tx.save_entry(NUMBER, event.subject, stands.entry(event.subject))
                revision = revision_after(stands, event)
                tx.append_history(HistoryEntry(NUMBER, number, event, revision, stands.owner, now()))

        await self.storage.run(work)


async def settled(storage: Storage) -> None:
    async def nothing_owed() -> None:
        while await storage.run(lambda tx: tx.owed()):  # noqa: ASYNC110 - only the database knows
            await asyncio.sleep(0.01)

    await asyncio.wait_for(nothing_owed(), 20)


@pytest.fixture
async def shop(running: Running, storage: Storage, tmp_path: Path) -> Shop:
    for each in (MANAGER, OTHER):
        running.controls.person(each)
        running.controls.say(each, "hello")
    await storage.run(lambda tx: begin(tx, NUMBER, telegram_id=MANAGER))
    return Shop(running, storage, Printer(), tmp_path / "data")


def documents(running: Running) -> list[dict[str, Any]]:
    return [each for each in running.sandbox.world.chats[MANAGER].messages.values() if "document" in each]


def names(running: Running) -> list[str]:
    return [each["document"]["file_name"] for each in documents(running)]


async def test_one_document_comes_in_two_formats_as_a_draft_with_what_is_missing(shop: Shop) -> None:
    async with shop.harness() as harness:
        await shop.asked(harness, "table")
    first, second = names(shop.running)
    assert first.endswith(".docx")
    assert second == first.replace(".docx", ".pdf")
    assert "试填草稿" in first
    last = shown(shop.running, MANAGER)[-1]
    assert ZH.say("report.missing.blank", count=61) in last
    assert ZH.say("report.missing.conditions", count=6) in last


async def test_everything_comes_as_one_file_with_a_manifest(shop: Shop) -> None:
    async with shop.harness() as harness:
        await shop.asked(harness, "all")
    [sent] = documents(shop.running)
    files = shop.running.sandbox.world.files
    with zipfile.ZipFile(BytesIO(files.content(files.find(sent["document"]["file_id"])))) as archive:
        inside = archive.namelist()
    assert len([each for each in inside if each.endswith(".docx")]) == len(shop.printer.jobs) // 3
    assert "MANIFEST.json" in inside


async def test_what_was_made_once_is_sent_again_without_work(shop: Shop) -> None:
    async with shop.harness() as harness:
        await shop.asked(harness, "table")
        await shop.asked(harness, "table")
    assert len(shop.printer.jobs) == 2
    assert len(names(shop.running)) == 4


async def test_what_says_something_else_is_made_anew(shop: Shop) -> None:
    async with shop.harness() as harness:
        await shop.asked(harness, "table")
        await shop.change(ItemAnswered("1.1.1", None, Chosen("met")))
        await shop.asked(harness, "table")
    assert len(shop.printer.jobs) == 4
    assert len(set(names(shop.running))) == 4


async def test_a_file_that_was_lost_from_the_archive_is_made_anew(shop: Shop) -> None:
    async with shop.harness() as harness:
        await shop.asked(harness, "table")
        for name in FileStore(shop.data).names():
            FileStore(shop.data).path(name).unlink()
        await shop.asked(harness, "table")
    assert len(shop.printer.jobs) == 4
    assert len(names(shop.running)) == 4


async def test_without_a_chinese_font_the_package_is_named_and_a_workbook_comes_instead(shop: Shop) -> None:
    shop.printer.has_fonts = False
    async with shop.harness() as harness:
        await shop.asked(harness, "table")
    assert [each.rpartition(".")[2] for each in names(shop.running)] == ["docx", "xlsx"]
    assert "fonts-arphic-uming" in shown(shop.running, MANAGER)[-1]


async def test_where_an_authority_s_template_is_wrong_it_is_said_and_nothing_is_sent(shop: Shop) -> None:
    shop.printer.wrong = (
        Problem(TemplateCode.UNREADABLE_TEMPLATE, "/srv/templates/5134/letter.docx", {"reason": "x"}),
    )
    async with shop.harness() as harness:
        await shop.asked(harness, ALL)
    assert documents(shop.running) == []
    words = shown(shop.running, MANAGER)[-1]
    assert words == ZH.say("report.templates_wrong", codes=("L001",))
    assert "/srv" not in words


async def test_the_progress_is_one_message_that_says_at_last_what_was_sent(shop: Shop) -> None:
    async with shop.harness() as harness:
        await shop.asked(harness, "all")
    begun, total = shop.printer.jobs[0].document.name, len(shop.printer.jobs) // 3
    said = [each.params["text"] for each in calls(shop.running, "sendMessage")]
    assert said.count(ZH.say("report.progress", done=1, total=total, name=begun)) == 1
    edits = [each.params["text"] for each in calls(shop.running, "editMessageText")]
    assert "校验码" in edits[-1]
    assert shown(shop.running, MANAGER)[-1] == edits[-1]


async def test_the_last_words_wait_for_telegram_to_allow_them(shop: Shop) -> None:
    shop.running.controls.faults(
        [
            {
                "method": "editMessageText",
                "kind": "error",
                "code": 429,
                "retry_after": 1,
                "description": "Too Many Requests",
            }
        ]
    )
    async with shop.harness() as harness:
        await shop.asked(harness, "table")
    assert "校验码" in shown(shop.running, MANAGER)[-1]


async def test_the_same_chat_and_others_are_answered_meanwhile(shop: Shop) -> None:
    shop.printer.held = asyncio.Event()
    async with shop.harness() as harness:
        harness.outgoing.post(await shop.owe("table"))
        await until(lambda: shop.printer.jobs)
        for each in (MANAGER, OTHER):
            shop.running.controls.say(each, "在吗")
            await until(lambda each=each: "在吗" in "".join(shown(shop.running, each)))
        assert not documents(shop.running)
        shop.printer.held.set()
        await settled(shop.storage)
    assert len(documents(shop.running)) == 2


async def test_what_was_not_sent_before_a_restart_is_sent_after_it(shop: Shop, database: str) -> None:
    shop.printer.held = asyncio.Event()
    async with shop.harness() as harness:
        harness.outgoing.post(await shop.owe("table"))
        await until(lambda: shop.printer.jobs)
    assert not documents(shop.running)
    shop.printer.held = None
    await shop.storage.close()
    async with opened(database) as storage:
        anew = replace(shop, storage=storage)
        async with anew.harness():
            await settled(storage)
    assert len(documents(shop.running)) == 2


async def test_who_may_not_read_it_gets_nothing(shop: Shop) -> None:
    async with shop.harness() as harness:
        harness.outgoing.post(await shop.owe("table", OTHER))
        await settled(shop.storage)
    assert not shop.printer.jobs


async def test_a_seal_that_no_longer_fits_gives_no_paper_with_another_code(shop: Shop) -> None:
    await shop.change(EntryWritten(SEAL, "", write_seal(Seal("0000-0000-0000", 1))))
    async with shop.harness() as harness:
        await shop.asked(harness, "all")
    assert not shop.printer.jobs
    assert "0000-0000-0000" in shown(shop.running, MANAGER)[-1]
