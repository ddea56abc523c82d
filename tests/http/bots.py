"""The real bot as a process of its own: started cold as `zicha run`, watched, killed."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.databases import setting

if TYPE_CHECKING:
    from sandbox.server import Running

ZICHA = Path(sys.executable).with_name("zicha")
"""The command as it was installed."""


def environment(running: Running, data: Path) -> dict[str, str]:
    """The environment that points `zicha run` at a sandbox and a data folder with its database, no more of ours."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ZICHA_")}
    return inherited | {
        "ZICHA_TELEGRAM_API": running.url,
        "ZICHA_TELEGRAM_TOKEN": running.token,
        "ZICHA_DATA_DIR": str(data),
        "ZICHA_DATABASE_URL": setting(data),
    }


class Bot:
    """One `zicha run`; its stderr is kept in `log`."""

    def __init__(self, running: Running, data: Path, log: Path) -> None:
        self._running = running
        self._data = data
        self.log = log
        self.process: asyncio.subprocess.Process | None = None

    async def start(self, *, ready_within: float = 20.0) -> float:
        """Start it and wait for its first getUpdates; returns how many seconds that took."""
        loop, before = asyncio.get_running_loop(), self._running.sandbox.journal.last
        began = loop.time()
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                str(ZICHA),
                "run",
                env=environment(self._running, self._data),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        while not any(call.method == "getUpdates" for call in self._running.sandbox.journal.after(before)):
            assert self.process.returncode is None, f"zicha run ended: {self.log.read_text()[-2000:]}"
            assert loop.time() - began < ready_within, "zicha run did not ask for updates in time"
            await asyncio.sleep(0.005)
        return loop.time() - began

    async def stop(self) -> int:
        """Ask it to stop, and return its exit status."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), 12.0)

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self.process is not None
        return self.process.pid

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(self.process.wait(), 12.0)
            except TimeoutError:
                self.process.kill()
                await self.process.wait()
