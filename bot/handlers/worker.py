"""Rendering in a process of its own, so that the bot answers others meanwhile; one that dies or hangs is replaced."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import pickle
import sys
from typing import TYPE_CHECKING, Final

from bot.errors import InvalidInputError, ZichaError
from bot.handlers.printer import LENGTH, Failed, Refused, packed

if TYPE_CHECKING:
    from bot.handlers.printer import Job, NoFonts, Outcome, Rendered

logger = logging.getLogger(__name__)

PATIENCE: Final = 60.0
"""Seconds that one file may take; a printer that takes longer hangs."""

_TRIES: Final = 2
_PRINTER: Final = "from bot.handlers.printer import main; main()"


class RenderingFailedError(ZichaError):
    """A document cannot be rendered, whatever the process."""


class Worker:
    """One printer, started with the first job; jobs wait for each other."""

    def __init__(self, patience: float = PATIENCE, program: str = _PRINTER) -> None:
        self._patience = patience
        self._program = program
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int | None:
        """The process that renders now; None where there is none."""
        return None if self._process is None else self._process.pid

    async def render(self, job: Job) -> Rendered | NoFonts:
        """What the job comes to; RenderingFailedError when it cannot be done, or takes every printer with it.

        InvalidInputError where an authority's template is wrong.
        """
        async with self._turn:
            for _ in range(_TRIES):
                outcome = await self._once(job)
                if isinstance(outcome, Failed):
                    raise RenderingFailedError(outcome.why)
                if isinstance(outcome, Refused):
                    raise InvalidInputError(outcome.problems)
                if outcome is not None:
                    return outcome
        raise RenderingFailedError("the printer dies of it")

    async def close(self) -> None:
        """End the printer."""
        if self._process is not None:
            await self._end(self._process)

    async def _once(self, job: Job) -> Outcome | None:
        """One go; None where the printer died or hung, and is gone."""
        process = await self._ready()
        try:
            return await asyncio.wait_for(_asked(process, job), self._patience)
        except (TimeoutError, ConnectionError, asyncio.IncompleteReadError) as error:
            logger.warning("printer replaced pid=%d error=%s", process.pid, type(error).__name__)
            await self._end(process)
            return None
        except BaseException:
            await asyncio.shield(self._end(process))
            raise

    async def _ready(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                self._program,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
        return self._process

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        self._process = None
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _asked(process: asyncio.subprocess.Process, job: Job) -> Outcome:
    assert process.stdin is not None  # noqa: S101 - both are pipes, see `_ready`
    assert process.stdout is not None  # noqa: S101 - the same
    process.stdin.write(packed(job))
    await process.stdin.drain()
    length = int.from_bytes(await process.stdout.readexactly(LENGTH))
    outcome: Outcome = pickle.loads(await process.stdout.readexactly(length))  # noqa: S301 - from our own process
    return outcome
