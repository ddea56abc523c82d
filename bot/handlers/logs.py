"""Log lines: one event each, on one line, without the token whatever a library may write."""

from __future__ import annotations

import logging
import re
import time
from typing import TYPE_CHECKING, Final

from bot.handlers.failures import describe

if TYPE_CHECKING:
    from types import TracebackType

_TOKEN: Final = re.compile(r"[0-9]{3,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_OURS: Final = ("bot", "storage")
_MASK: Final = "<token>"


class OneLine(logging.Formatter):
    """Time in UTC, level, logger and message on one line; tokens masked, errors by kind and place alone."""

    converter = time.gmtime  # type: ignore[assignment]  # typeshed: the argument may be left out there

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        super().__init__("%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")
        self._secrets = tuple(each for each in secrets if each)

    def formatException(  # noqa: N802 - logging's name
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Kind and place of the error, without its words, which may hold a person's or a URL."""
        return f"error={describe(ei[1])}" if ei[1] is not None else ""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        record.exc_text = record.stack_info = None
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, _MASK)
        return _UNPRINTABLE.sub(" ", _TOKEN.sub(_MASK, line))


def configure(level: str, secrets: tuple[str, ...] = ()) -> None:
    """Write to stderr: our lines from `level` on, libraries' from WARNING on, whose lower ones hold people's words."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in _OURS:
        logging.getLogger(name).setLevel(level)
