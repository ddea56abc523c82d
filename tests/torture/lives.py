"""The bot's lives: how it is started, killed and found dead."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from typing import TYPE_CHECKING, Self

from tests.http.bots import ZICHA

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Lives:
    """Starts the bot again and again: mostly forked after its imports, now and then cold from the command line."""

    def __init__(self, environment: Mapping[str, str], log: Path, cold_every: int) -> None:
        self._environment = environment
        self._log = log
        self._cold_every = cold_every
        self._server: asyncio.subprocess.Process | None = None
        self._cold: asyncio.subprocess.Process | None = None
        self.pid = 0
        self.starts = 0
        self.cold_starts = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.torture.forkserver",
            str(self._log),
            env=self._environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.pid:
            self.kill()
            await self.ended()
        assert self._server is not None
        assert self._server.stdin is not None
        self._server.stdin.close()
        await self._server.wait()

    async def start(self) -> None:
        """Begin a life."""
        self.starts += 1
        if self._cold_every and self.starts % self._cold_every == 1 % self._cold_every:
            self.cold_starts += 1
            with self._log.open("ab") as log:
                self._cold = await asyncio.create_subprocess_exec(
                    str(ZICHA),
                    "run",
                    env=self._environment,
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )
            self.pid = self._cold.pid
        else:
            self._cold = None
            self.pid = await self._ask("start")

    def kill(self) -> None:
        """End a life without a word, if there still is one."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the bot to stop."""
        os.kill(self.pid, signal.SIGTERM)

    async def ended(self) -> int:
        """Wait for its end; returns its exit status, negative for a signal."""
        pid, self.pid = self.pid, 0
        if self._cold is not None:
            return await self._cold.wait()
        return await self._ask(f"reap {pid}")

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended yet."""
        try:
            with open(f"/proc/{self.pid}/stat", encoding="ascii", errors="replace") as stat:  # noqa: PTH123 - a file of the kernel
                return stat.read().rpartition(")")[2].split()[0] not in {"Z", "X"}
        except OSError:
            return False

    async def _ask(self, order: str) -> int:
        assert self._server is not None
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(f"{order}\n".encode())
        await self._server.stdin.drain()
        return int(await self._server.stdout.readline())
