"""The real bot, or its printer, is killed while a package is made: after the restart the same package comes, whole."""

from __future__ import annotations

import os
import signal
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson
import pytest

from bot.dialogue.report_intents import FetchReport
from bot.reports.bundle import MANIFEST
from tests.databases import rows
from tests.http.bots import Bot
from tests.http.colleagues import ZH, Colleague, until
from tests.http.test_a_workbook_and_kills import killed_and_started_again
from tests.http.test_files_and_kills import called

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.server import Running

pytestmark = pytest.mark.slow

ONE: Final = 6_500_401


def archived(data: Path) -> dict[str, str]:
    """What was made so far, by name."""
    return dict(rows(data, "select name, sha256 from archive"))


def printers(bot: Bot) -> list[int]:
    """The processes that the bot has started."""
    children = Path(f"/proc/{bot.pid}/task/{bot.pid}/children")
    return [int(each) for each in children.read_text().split()]


async def at_the_report(running: Running) -> Colleague:
    """Somebody in a practice run, on the screen from which documents are asked for."""
    running.controls.person(ONE)
    person = Colleague(running, ONE)
    await person.say("/start")
    await person.press_on("button.practise")
    await person.say("/report")
    return person


def ask(person: Colleague, what: str = "all") -> None:
    """Tap the button of everything."""
    person.press(next(data for intent, data in person.intents() if intent == FetchReport(what)))


def manifests(person: Colleague) -> list[dict[str, Any]]:
    """What each package that came says of itself; each is whole."""
    files, found = person.running.sandbox.world.files, []
    for each in person.documents:
        with zipfile.ZipFile(BytesIO(files.content(files.find(each["document"]["file_id"])))) as archive:
            assert archive.testzip() is None
            found.append(orjson.loads(archive.read(MANIFEST)))
    return found


def is_said(person: Colleague) -> bool:
    """Whether it was said what was sent."""
    words = ZH.say("report.sent_draft", count=0, code="")[:5]
    return any(each.get("text", "").startswith(words) for each in person.heard)


@pytest.mark.parametrize("moment", ["asked for", "promised", "half made", "all made", "uploaded"])
async def test_a_package_survives_a_kill_of_the_bot(running: Running, tmp_path: Path, moment: str) -> None:
    data = tmp_path / "data"
    bot = Bot(running, data, tmp_path / "zicha.log")
    await bot.start()
    person = await at_the_report(running)
    moments: dict[str, Callable[[], Any]] = {
        "asked for": lambda: True,
        "promised": called(running, "answerCallbackQuery"),
        "half made": lambda: len(archived(data)) >= 2,
        "all made": called(running, "sendDocument"),
        "uploaded": lambda: person.documents,
    }
    ask(person)
    await until(moments[moment])
    before = archived(data)
    await killed_and_started_again(bot)
    await until(lambda: person.documents and is_said(person))
    codes = {each["code"] for each in manifests(person)}
    assert len(codes) == 1
    assert before.items() <= archived(data).items()
    assert await bot.stop() == 0


async def test_a_package_survives_a_kill_of_its_printer_and_nobody_is_left_behind(
    running: Running, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    bot = Bot(running, data, tmp_path / "zicha.log")
    await bot.start()
    person = await at_the_report(running)
    ask(person)
    await until(lambda: archived(data))
    [printer] = printers(bot)
    os.kill(printer, signal.SIGKILL)
    await until(lambda: person.documents and is_said(person))
    assert len(manifests(person)) == 1
    [other] = printers(bot)
    assert await bot.stop() == 0
    await until(lambda: not Path(f"/proc/{other}").exists())


async def test_the_same_package_is_sent_again_without_work(running: Running, tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with Bot(running, data, tmp_path / "zicha.log") as bot:
        person = await at_the_report(running)
        ask(person)
        await until(lambda: person.documents)
        made = archived(data)
        await killed_and_started_again(bot)
        await person.say("/report")
        sent = len(person.documents)
        ask(person)
        await until(lambda: len(person.documents) > sent)
        assert printers(bot) == []
        assert archived(data) == made
        first, *_, last = manifests(person)
        assert first == last
