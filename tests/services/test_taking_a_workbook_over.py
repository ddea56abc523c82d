"""Taking a workbook over is one transaction: a kill at any moment leaves all or nothing, and it can be repeated."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bot.dialogue.flows.imports import subject_for
from bot.dialogue.given import Returned, Tapped
from bot.dialogue.workbook_intents import TakeOver
from bot.workbooks.draft import Draft, Entered, Spot
from bot.workbooks.targets import Target, TargetKind
from storage.opening import open_storage
from tests.databases import address

if TYPE_CHECKING:
    from pathlib import Path

    from tests.services.conftest import Desk

pytestmark = pytest.mark.slow

FIELDS = ("address", "contact", "head", "postcode")
TAKING = """
import asyncio, os, signal, sys
from pathlib import Path
from bot.dialogue.given import Tapped
from bot.dialogue.workbook_intents import TakeOver
from bot.rubric.loader import library
from bot.services.conversation import Conversation
from bot.services.requests import Request
from storage.opening import open_storage
from tests.services.conftest import ME, NOW

url, data, inbox, left = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])

def work(tx):
    rubrics = library()
    conversation = Conversation(rubrics, rubrics.latest("sichuan-2017"), ("zh_CN", "en"), "zh_CN", lambda: 1)
    save = type(tx).save_entry
    def counted(self, *words):
        global left
        save(self, *words)
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    type(tx).save_entry = counted
    conversation.handle(tx, Request(inbox, ME, ME, Tapped(TakeOver(1)), "q", 5), NOW)
    os.kill(os.getpid(), signal.SIGKILL)

async def main():
    storage = await open_storage(url, data)
    await storage.run(work)

asyncio.run(main())
"""


def _draft(number: int) -> Draft:
    entered = (
        Entered(Target(TargetKind.ENTRY, f"registration.{field}"), "", f"value of {field}", Spot("sheet", 4, "C"))
        for field in FIELDS
    )
    return Draft(number, tuple(entered))


@pytest.mark.parametrize("writes", [1, 3, len(FIELDS) + 1, 99])
async def test_a_kill_in_the_middle_leaves_nothing_and_the_proposal_stands(
    desk: Desk, tmp_path: Path, writes: int
) -> None:
    number = await desk.begin()
    await desk.give(Returned(_draft(number)))
    inbox = await desk.accept()
    data = tmp_path / "data"
    await desk.storage.close()
    await _killed(data, inbox, writes)
    desk.storage = await open_storage(address(data), data)
    stands = await desk.storage.run(lambda tx: dict(tx.assessment(number).entries))  # type: ignore[union-attr]
    assert {subject for subject, record in stands.items() if record.value} == {subject_for(1)}
    request = desk.request(inbox, Tapped(TakeOver(1)))
    await desk.storage.run(lambda tx: desk.conversation.handle(tx, request, desk.now))
    after = await desk.storage.run(lambda tx: dict(tx.assessment(number).entries))  # type: ignore[union-attr]
    assert {subject: record.value for subject, record in after.items() if record.value} == {
        f"registration.{field}": f"value of {field}" for field in FIELDS
    }


async def _killed(data: Path, inbox: int, writes: int) -> None:
    run = [sys.executable, "-c", TAKING, address(data), str(data), str(inbox), str(writes)]
    process = await asyncio.to_thread(subprocess.run, run, capture_output=True, check=False)
    assert process.returncode == -9, process.stderr.decode()
