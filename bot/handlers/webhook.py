"""The receiver: Telegram posts updates here, and hears "200" only once they are safely ours."""

from __future__ import annotations

import asyncio
import hmac
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from aiohttp import web

from bot.errors import StartupRefusedError
from bot.handlers.door import Door
from bot.handlers.failures import Failure, attempt
from bot.handlers.incoming import number_of, sender_of
from bot.handlers.wire import Json, dumps, loads
from bot.problems import Problem
from bot.services.ports import RawUpdate

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.handlers.arrivals import Arrivals
    from bot.services.ports import Backlog, Clock, Storage

logger = logging.getLogger(__name__)

HEALTH: Final = "/healthz"
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
MOST_BYTES: Final = 2**20
BODY_WITHIN: Final = 10.0
"""Seconds in which a body must be complete."""

_HEALTH_WITHIN: Final = 5.0
_RETRY_AFTER: Final = {"Retry-After": "2"}
_STOPS_WITHIN: Final = 1.5


class RefusedPostError(Exception):
    """A request that is not taken, with the HTTP status that says why."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(str(status))


class Receiver:
    """A web server for one address: `path` takes updates that carry the secret, /healthz tells how things are."""

    def __init__(self, *, path: str, secret: str, arrivals: Arrivals, storage: Storage, clock: Clock) -> None:
        self._secret = secret.encode()
        self._arrivals = arrivals
        self._storage = storage
        self._clock = clock
        self._answers: dict[str, tuple[str, Callable[[web.BaseRequest], Awaitable[web.Response]]]] = {
            HEALTH: ("GET", self._tell_health),
            path: ("POST", self._take),
        }
        self._runner: web.ServerRunner | None = None

    async def open(self, host: str, port: int) -> int:
        """Begin to listen; returns the port. StartupRefusedError H014 when the address cannot be had."""
        self._runner = web.ServerRunner(Door(self.answer), shutdown_timeout=_STOPS_WITHIN)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except (OSError, OverflowError) as error:
            await self.close()
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise StartupRefusedError(Problem("H014", f"{host}:{port}", {"reason": reason})) from None
        return int(self._runner.addresses[0][1])

    async def close(self) -> None:
        """Take nothing more; what is being stored is finished, within a moment."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request; whoever is refused is also disconnected."""
        outcome = await attempt(self._route(request))
        if not isinstance(outcome, Failure):
            return outcome
        response = web.Response(status=503, headers=_RETRY_AFTER)
        if isinstance(outcome.error, RefusedPostError):
            response = web.Response(status=outcome.error.status)
        else:
            logger.error("request failed failure=%s", outcome)
        response.force_close()
        return response

    async def _route(self, request: web.BaseRequest) -> web.Response:
        known = self._answers.get(request.path)
        if known is None:
            raise RefusedPostError(404)
        method, answer = known
        if request.method != method:
            raise RefusedPostError(405)
        return await answer(request)

    async def _take(self, request: web.BaseRequest) -> web.Response:
        self._check_secret(request)
        update = _update(await _body(request))
        failure = await self._arrivals.keep(update)
        if failure is None:
            return web.Response()
        logger.error("cannot store an update, telegram will post it again failure=%s", failure)
        return web.Response(status=503, headers=_RETRY_AFTER)

    def _check_secret(self, request: web.BaseRequest) -> None:
        """Before anything of the body is looked at; how long it takes tells nothing about the secret."""
        given = request.headers.getall(SECRET_HEADER, [])
        if len(given) != 1 or not hmac.compare_digest(given[0].encode("utf-8", "surrogateescape"), self._secret):
            raise RefusedPostError(401)

    async def _tell_health(self, _request: web.BaseRequest) -> web.Response:
        found = await attempt(asyncio.wait_for(self._storage.run(lambda tx: tx.backlog()), _HEALTH_WITHIN))
        if isinstance(found, Failure):
            response = _json({"status": "database unavailable"}, 503)
        else:
            response = _json(self._health(found), 200)
        response.force_close()
        return response

    def _health(self, backlog: Backlog) -> Json:
        age = timedelta() if backlog.oldest is None else self._clock() - backlog.oldest
        seconds = round(max(0.0, age.total_seconds()), 1)
        return {"status": "ok", "waiting": backlog.waiting, "oldest_waiting_seconds": seconds, "owed": backlog.owed}


async def _body(request: web.BaseRequest) -> bytes:
    """The whole body; raises RefusedPostError when it is too long, too slow, or breaks off."""
    if (request.content_length or 0) > MOST_BYTES:
        raise RefusedPostError(413)
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_WITHIN):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise RefusedPostError(413)
    except TimeoutError:
        raise RefusedPostError(408) from None
    except (web.RequestPayloadError, ConnectionError):
        raise RefusedPostError(400) from None
    return bytes(body)


def _update(body: bytes) -> RawUpdate:
    """The update in a body, written as a polled one is, so that either is known as the other's copy."""
    try:
        raw = loads(body)
    except ValueError:
        raise RefusedPostError(400) from None
    number = number_of(raw) if isinstance(raw, dict) else None
    if number is None:
        raise RefusedPostError(400)
    return RawUpdate(number, sender_of(raw), dumps(raw))


def _json(shape: Json, status: int) -> web.Response:
    return web.Response(status=status, body=dumps(shape), content_type="application/json")
