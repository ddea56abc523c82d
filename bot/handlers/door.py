"""The door of the web server: not too many connections, and none that keeps silent."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

MOST_CONNECTIONS: Final = 256
"""Telegram opens 100 at most."""

SPEAKS_WITHIN: Final = 10.0
"""Seconds in which the head of the first request must be complete."""

_IDLE: Final = 75.0
_LINGER: Final = 1.0
_BUFFER: Final = 2**16


class Door(web.Server):
    """A server that shows out who is one too many, or has not asked for anything in time."""

    def __init__(
        self,
        answer: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]],
        *,
        most: int = MOST_CONNECTIONS,
        speaks_within: float = SPEAKS_WITHIN,
    ) -> None:
        super().__init__(
            self._heard,
            access_log=None,
            logger=_hushed(),
            auto_decompress=False,
            keepalive_timeout=_IDLE,
            lingering_time=_LINGER,
            read_bufsize=_BUFFER,
        )
        self._answer = answer
        self._most = most
        self._speaks_within = speaks_within
        self._silent: dict[web.RequestHandler, asyncio.TimerHandle] = {}

    def connection_made(self, handler: web.RequestHandler, transport: asyncio.Transport) -> None:
        """Let it in while there is room."""
        super().connection_made(handler, transport)
        loop = asyncio.get_running_loop()
        if len(self.connections) > self._most:
            loop.call_soon(transport.abort)  # aiohttp wants to begin with it first
            return
        self._silent[handler] = loop.call_later(self._speaks_within, self._show_out, handler)

    def connection_lost(self, handler: web.RequestHandler, exc: BaseException | None = None) -> None:
        """Forget it."""
        self._forget(handler)
        super().connection_lost(handler, exc)

    async def _heard(self, request: web.BaseRequest) -> web.StreamResponse:
        self._forget(request.protocol)
        return await self._answer(request)

    def _forget(self, handler: web.RequestHandler) -> None:
        timer = self._silent.pop(handler, None)
        if timer is not None:
            timer.cancel()

    def _show_out(self, handler: web.RequestHandler) -> None:
        self._silent.pop(handler, None)
        handler.force_close()


def _hushed() -> logging.Logger:
    """A log for aiohttp, which would report every nonsense that a stranger sends as an error of ours."""
    logger = logging.getLogger(f"{__name__}.strangers")
    logger.setLevel(logging.CRITICAL)
    return logger
