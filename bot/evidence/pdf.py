"""PDF files: whole, not locked, and without scripts."""

from __future__ import annotations

import re
from typing import Final

from bot.evidence.refusals import FileRefusedError, Reason

_END: Final = b"%%EOF"
_TAIL: Final = 2048
"""Where the end has to stand, as readers look for it."""

_LOCK: Final = re.compile(rb"/Encrypt(?:\s+\d+\s+\d+\s+R|\s*<<)")
_SCRIPT: Final = re.compile(rb"/(?:JavaScript|Launch)\b")


def check(content: bytes) -> None:
    """Raises FileRefusedError."""
    if _END not in content[-_TAIL:]:
        raise FileRefusedError(Reason.DAMAGED)
    if _LOCK.search(content):
        raise FileRefusedError(Reason.ENCRYPTED)
    if _SCRIPT.search(content):
        raise FileRefusedError(Reason.ACTIVE)
