"""The Bot API over HTTP: one door for every method, with its log and its faults."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.parameters import Parameters, read_parameters
from sandbox.wire import NOT_FOUND, TOO_LARGE, TOO_MANY, UNAUTHORIZED, ApiError, Json, dumps, too_many_requests

if TYPE_CHECKING:
    from sandbox.faults import Fault
    from sandbox.journal import Call
    from sandbox.sandbox import Sandbox

TOKEN_LIMIT = 80
FOR_EVER = 86_400.0


class BotApi:
    """Answers `/bot<token>/<method>`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the Bot API."""
        return [web.route("*", "/bot{token:[^/]*}/{method:.*}", self.handle), web.route("*", "/bot{token}", self.bare)]

    async def bare(self, request: web.Request) -> web.StreamResponse:
        """Answer an address without a method."""
        del request
        return _respond(NOT_FOUND, dumps(ApiError(NOT_FOUND, "Not Found").body()))

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call and write it down, whatever becomes of it."""
        sandbox = self.sandbox
        call = sandbox.calls.begin(request.match_info["method"])
        try:
            check_token(request.match_info["token"], sandbox.token, any_token=sandbox.any_token)
            parameters = await read_parameters(request)
            sandbox.calls.note(call, parameters)
            return await self._serve(request, call, parameters)
        except web.HTTPRequestEntityTooLarge:
            error = ApiError(TOO_LARGE, "Request Entity Too Large")
            call.status, call.error = error.code, error.description
            return _respond(error.code, dumps(error.body()))
        except ApiError as error:
            call.status, call.error = error.code, error.description
            return _respond(error.code, dumps(error.body()), error)
        finally:
            sandbox.calls.finish(call)

    async def _serve(self, request: web.Request, call: Call, parameters: Parameters) -> web.StreamResponse:
        fault = self.sandbox.faults.strike(call.method, parameters)
        if fault is None:
            return _respond(200, dumps(await self._succeed(call, parameters)))
        call.fault = f"{fault.kind} {fault.when}"
        if fault.when == "before":
            return await suffer(fault, request, call) or _respond(200, dumps(await self._succeed(call, parameters)))
        body = dumps(await self._succeed(call, parameters))
        return await suffer(fault, request, call, body) or _respond(200, body)

    async def _succeed(self, call: Call, parameters: Parameters) -> Json:
        result = await self.sandbox.calls.perform(call.method, parameters)
        self.sandbox.calls.succeeded(call, result)
        return {"ok": True, "result": result}


def check_token(token: str, expected: str, *, any_token: bool) -> None:
    """Refuse a token that cannot be one, or is not ours.

    Raises:
        ApiError: 401.
    """
    bot_id, colon, _ = token.partition(":")
    well_formed = colon and bot_id.isdecimal() and not token.startswith("0") and len(token) <= TOKEN_LIMIT
    if not well_formed:
        raise ApiError(UNAUTHORIZED, "Unauthorized: invalid token specified")
    if token != expected and not any_token:
        raise ApiError(UNAUTHORIZED, "Unauthorized")


async def suffer(fault: Fault, request: web.Request, call: Call, body: bytes = b"") -> web.StreamResponse | None:
    """Let a fault happen; None means that the call goes on as if nothing had been."""
    await asyncio.sleep(fault.seconds or (FOR_EVER if fault.kind == "hang" else 0.0))
    if fault.kind == "delay":
        return None
    if fault.kind == "error":
        error = _error_of(fault)
        call.status, call.error = error.code, error.description
        if fault.body is not None:
            return web.Response(body=fault.body.encode(), status=fault.code, content_type="text/html")
        return _respond(error.code, dumps(error.body()), error)
    call.status = 0
    if fault.bytes and body:
        await _begin(request, body, fault.bytes)
    return _drop(request)


def _error_of(fault: Fault) -> ApiError:
    if fault.code == TOO_MANY and fault.body is None:
        return too_many_requests(fault.retry_after or 1)
    parameters = () if fault.retry_after is None else (("retry_after", fault.retry_after),)
    return ApiError(fault.code, fault.description, parameters)


async def _begin(request: web.Request, body: bytes, count: int) -> None:
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(body))})
    await response.prepare(request)
    await response.write(body[:count])


def _drop(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.close()
    return web.Response(status=500)


def _respond(status: int, body: bytes, error: ApiError | None = None) -> web.Response:
    headers = {"Retry-After": str(dict(error.parameters)["retry_after"])} if error and _waits(error) else None
    return web.Response(body=body, status=status, content_type="application/json", headers=headers)


def _waits(error: ApiError) -> bool:
    return "retry_after" in dict(error.parameters)
