"""The real bot is killed while a workbook comes back and while it is taken over: all of it stands, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.workbook_intents import TakeOver
from tests.databases import rows
from tests.http.bots import Bot
from tests.http.colleagues import ZH, Colleague, until
from tests.http.test_files_and_kills import called, on_disk
from tests.workbooks.builders import add, edited, fill

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from sandbox.server import Running

pytestmark = pytest.mark.slow

ONE: Final = 6_500_001
ROWS: Final = 40
WRITTEN: Final = {
    "registration.address": "西昌市一路",
    **{f"registration.equipment/{row}/name": f"灶台{row}" for row in range(1, ROWS + 1)},
    **{f"registration.equipment/{row}/quantity": str(row) for row in range(1, ROWS + 1)},
}


def written(data: Path) -> dict[str, str]:
    """What stands of the form."""
    entries = rows(data, "select subject, value from entry where value <> ''")
    return {subject: value for subject, value in entries if subject.startswith("registration.")}


def proposals(data: Path) -> int:
    """How many workbooks wait to be taken over."""
    return int(rows(data, "select count(*) from entry where subject like 'import/%' and value <> ''")[0][0])


async def with_a_workbook(running: Running) -> tuple[Colleague, bytes]:
    """Somebody at the form of a practice run, with its workbook filled in."""
    running.controls.person(ONE)
    person = Colleague(running, ONE)
    await person.say("/start")
    await person.press_on("button.practise")
    await person.open(Place(PlaceKind.FORM))
    with edited(await person.fetch("button.workbook")) as (book, saved):
        fill(book, "registration", "address", "value", WRITTEN["registration.address"])
        for row in range(1, ROWS + 1):
            add(book, "registration.equipment", name=f"灶台{row}", quantity=row)
    return person, saved[0]


async def killed_and_started_again(bot: Bot) -> None:
    """As by `kill -9`."""
    assert bot.process is not None
    bot.process.kill()
    await bot.process.wait()
    await bot.start()


async def confirmed(person: Colleague) -> None:
    """Take over what the card proposes."""
    await person.tap(next(data for intent, data in person.intents() if isinstance(intent, TakeOver)))


def titled(person: Colleague) -> bool:
    """Whether the proposal was shown."""
    return any(ZH.say("import.title") in each.get("text", "") for each in person.heard)


@pytest.mark.parametrize("moment", ["asked for", "fetched", "kept", "shown"])
async def test_a_workbook_that_comes_back_survives_a_kill_and_is_proposed_once(
    running: Running, tmp_path: Path, moment: str
) -> None:
    data = tmp_path / "data"
    bot = Bot(running, data, tmp_path / "zicha.log")
    await bot.start()
    person, content = await with_a_workbook(running)
    moments: dict[str, Callable[[], Any]] = {
        "asked for": called(running, "sendChatAction"),
        "fetched": called(running, "getFile"),
        "kept": lambda: proposals(data),
        "shown": lambda: titled(person),
    }
    running.controls.attach(ONE, [{"name": "登记表.xlsx", "content": content}])
    await until(moments[moment])
    await killed_and_started_again(bot)
    await until(lambda: proposals(data) and titled(person))
    assert (proposals(data), written(data)) == (1, {})
    assert not (data / "files").exists() or on_disk(data) == []
    await person.told(ZH.say("import.title"))
    await confirmed(person)
    assert (proposals(data), written(data)) == (0, WRITTEN)
    assert await bot.stop() == 0


@pytest.mark.parametrize("moment", ["tapped", "fetched by the bot", "written", "answered"])
async def test_taking_over_survives_a_kill_whole_or_not_at_all(running: Running, tmp_path: Path, moment: str) -> None:
    data = tmp_path / "data"
    bot = Bot(running, data, tmp_path / "zicha.log")
    await bot.start()
    person, content = await with_a_workbook(running)
    await person.send(("登记表.xlsx", content))
    take_over = next(data for intent, data in person.intents() if isinstance(intent, TakeOver))
    moments: dict[str, Callable[[], Any]] = {
        "tapped": lambda: True,
        "fetched by the bot": called(running, "getUpdates"),
        "written": lambda: written(data),
        "answered": called(running, "answerCallbackQuery"),
    }
    person.press(take_over)
    await until(moments[moment])
    assert bot.process is not None
    bot.process.kill()
    await bot.process.wait()
    assert written(data) in ({}, WRITTEN)
    await bot.start()
    await until(lambda: not proposals(data))
    assert written(data) == WRITTEN
    assert await bot.stop() == 0
