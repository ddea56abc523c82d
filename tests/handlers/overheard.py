"""What the bot's own log says went wrong."""

from __future__ import annotations

import logging


class Log(logging.Handler):
    """Keeps what is said; of an update that failed only how, by its number."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        self.failures: dict[int, str] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what is neither the counting of a failure nor its end."""
        if record.msg.startswith("update failed") and isinstance(record.args, tuple):
            self.failures[int(str(record.args[0]))] = str(record.args[-1])
        elif not record.msg.startswith("update set aside"):
            self.lines.append(record.getMessage())
