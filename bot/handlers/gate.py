"""The gate before every call that sends: Telegram's "wait so long", and a refused token, close it for all."""

from __future__ import annotations

import asyncio
from typing import Final

REFUSAL_PAUSE: Final = 60.0
"""Seconds between two calls when Telegram refuses the token."""


class Gate:
    """Open, unless Telegram asked to wait, or refused the token and no poll has gone well since."""

    def __init__(self, refusal_pause: float = REFUSAL_PAUSE) -> None:
        self.refusal_pause = refusal_pause
        self._opens_at = 0.0
        self._trusted = asyncio.Event()
        self._trusted.set()

    @property
    def is_trusted(self) -> bool:
        """Whether Telegram has not refused the token since the last good poll."""
        return self._trusted.is_set()

    @property
    def is_open(self) -> bool:
        """Whether something may be sent just now."""
        return self.is_trusted and self._opens_at <= asyncio.get_running_loop().time()

    def close(self, seconds: float) -> None:
        """Nothing is sent for so long; a shorter wait never shortens a longer one."""
        self._opens_at = max(self._opens_at, asyncio.get_running_loop().time() + seconds)

    def refuse(self) -> None:
        """Telegram refused the token: nothing is sent for a minute, nor before a poll goes well."""
        self.close(self.refusal_pause)
        self._trusted.clear()

    def trust(self) -> None:
        """A poll went well: the token is good."""
        self._trusted.set()

    async def enter(self) -> None:
        """Wait until it is open."""
        loop = asyncio.get_running_loop()
        while not self._trusted.is_set() or self._opens_at > loop.time():
            await self._trusted.wait()
            await asyncio.sleep(max(0.0, self._opens_at - loop.time()))
