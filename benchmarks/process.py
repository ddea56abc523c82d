"""A bot under measurement: a process of its own, its processor time and its largest memory."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import psutil

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

_ENDS_WITHIN: Final = 10.0


class BotDiedError(Exception):
    """The bot ended by itself; the message is the end of its log."""


class BotProcess:
    """Starts a bot with its output in `log`, and ends it when the block is left."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self._command, self._environment, self._log = command, environment, log

    def __enter__(self) -> Self:
        """Start it."""
        with self._log.open("wb") as output:
            self._process = subprocess.Popen(  # noqa: S603 - our own commands
                self._command, env=self._environment, stdout=output, stderr=subprocess.STDOUT
            )
        self._observed = psutil.Process(self._process.pid)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self._process.terminate()
        try:
            self._process.wait(_ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def require_alive(self) -> None:
        """Raise BotDiedError when it has ended."""
        if self._process.poll() is not None:
            raise BotDiedError(self._log.read_text("utf-8", "replace")[-2000:])

    @property
    def processor_seconds(self) -> float:
        """What it has used so far, in all its threads."""
        times = self._observed.cpu_times()
        return times.user + times.system

    @property
    def peak_megabytes(self) -> float:
        """The largest memory it has had resident; 0 where the system does not tell."""
        status = Path(f"/proc/{self._process.pid}/status")
        if not status.exists():
            return 0.0
        fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(fields["VmHWM"].split()[0]) / 1024
