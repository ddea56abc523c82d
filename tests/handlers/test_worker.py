"""The printer is a process of its own: started with the first job, replaced when it dies or hangs, gone at the end."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.errors import InvalidInputError
from bot.handlers.printer import Job, NoFonts, Rendered
from bot.handlers.worker import RenderingFailedError, Worker
from bot.reports.model import Document, Kind, Layout, Paragraph, Part, Stamp, Style
from bot.reports.rendering import Format, Means
from bot.reports.templates import Templates

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

STAMP = Stamp("某某鉴定所", "检查评估表", datetime(2017, 4, 21, tzinfo=UTC), 3, "7K3M-Q8ZT-1B4C", "页脚")
PAPER = Document(Kind.TABLE, "检查评估表", Layout.FORM, (Part("", (Paragraph(Style.BODY, "一字不改"),)),))
SPEAKS = """
import os, pickle, sys
from bot.handlers import printer
def answer(message):
    sys.stdout.buffer.write(printer.packed(message))
    sys.stdout.buffer.flush()
def job():
    size = int.from_bytes(sys.stdin.buffer.read(printer.LENGTH))
    return pickle.loads(sys.stdin.buffer.read(size))
"""


def job(form: Format = Format.XLSX) -> Job:
    return Job(form, PAPER, STAMP, Means(Templates("general")))


@pytest.fixture
async def worker() -> AsyncIterator[Worker]:
    made = Worker()
    yield made
    await made.close()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def gone(pid: int) -> None:
    while is_alive(pid):  # noqa: ASYNC110 - only the system knows
        await asyncio.sleep(0.01)


@pytest.mark.slow
async def test_nothing_is_started_before_there_is_work_and_one_process_does_it_all(worker: Worker) -> None:
    assert worker.pid is None
    first = await worker.render(job())
    pid = worker.pid
    second = await worker.render(job())
    assert isinstance(first, Rendered)
    assert first == second
    assert worker.pid == pid != os.getpid()


@pytest.mark.slow
async def test_it_gives_way_to_everything_else(worker: Worker) -> None:
    await worker.render(job())
    assert worker.pid is not None
    assert os.getpriority(os.PRIO_PROCESS, worker.pid) > os.getpriority(os.PRIO_PROCESS, 0)


@pytest.mark.slow
async def test_one_that_was_killed_is_replaced_and_the_work_is_done(worker: Worker) -> None:
    await worker.render(job())
    before = worker.pid
    assert before is not None
    os.kill(before, signal.SIGKILL)
    await gone(before)
    assert isinstance(await worker.render(job()), Rendered)
    assert worker.pid != before


@pytest.mark.slow
async def test_one_that_is_killed_at_work_is_replaced_and_the_work_is_done(worker: Worker) -> None:
    await worker.render(job())
    before = worker.pid
    assert before is not None
    os.kill(before, signal.SIGSTOP)
    rendering = asyncio.create_task(worker.render(job()))
    await asyncio.sleep(0)
    os.kill(before, signal.SIGKILL)
    assert isinstance(await rendering, Rendered)
    assert worker.pid != before


@pytest.mark.slow
async def test_one_that_hangs_is_replaced_and_what_hangs_every_one_is_given_up() -> None:
    hanging = Worker(patience=1.0, program=SPEAKS + "import time\njob()\ntime.sleep(1000)")
    with pytest.raises(RenderingFailedError):
        await hanging.render(job())
    assert hanging.pid is None


@pytest.mark.slow
async def test_a_document_that_cannot_be_rendered_stops_no_other() -> None:
    failing = SPEAKS + "job(); answer(printer.Failed('why')); job(); answer(printer.Rendered(b'good')); job()"
    worker = Worker(program=failing)
    with pytest.raises(RenderingFailedError, match="why"):
        await worker.render(job())
    assert await worker.render(job()) == Rendered(b"good")
    await worker.close()


@pytest.mark.slow
async def test_that_no_font_is_there_comes_back_with_the_packages() -> None:
    worker = Worker(program=SPEAKS + "job(); answer(printer.NoFonts(('fonts-arphic-uming',))); job()")
    assert await worker.render(job(Format.PDF)) == NoFonts(("fonts-arphic-uming",))
    await worker.close()


@pytest.mark.slow
async def test_who_stops_waiting_leaves_no_half_answer_behind(worker: Worker) -> None:
    await worker.render(job())
    waiting = asyncio.create_task(worker.render(job()))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert isinstance(await worker.render(job()), Rendered)


@pytest.mark.slow
async def test_it_ends_with_the_bot_however_that_ends() -> None:
    parent = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "import asyncio, tests.handlers.test_worker as t\n"
        "async def main():\n"
        "    worker = t.Worker()\n"
        "    await worker.render(t.job())\n"
        "    print(worker.pid, flush=True)\n"
        "    await asyncio.sleep(1000)\n"
        "asyncio.run(main())",
        stdout=asyncio.subprocess.PIPE,
    )
    assert parent.stdout is not None
    pid = int(await parent.stdout.readline())
    parent.kill()
    await parent.wait()
    await asyncio.wait_for(gone(pid), 20)


async def test_an_authority_s_broken_letter_is_refused_and_the_printer_goes_on(worker: Worker, tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(b"no Word document")
    broken = replace(job(Format.DOCX), document=replace(PAPER, kind=Kind.LETTER))
    own = replace(broken, means=Means(Templates("general", (tmp_path,))))
    with pytest.raises(InvalidInputError) as refused:
        await worker.render(own)
    assert [(each.code, each.place) for each in refused.value.problems] == [("L001", "letter.docx")]
    before = worker.pid
    assert isinstance(await worker.render(broken), Rendered)
    assert worker.pid == before
