"""The control surface over HTTP, and the stream of events."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.controls import Controls
from sandbox.wire import BAD_REQUEST, ApiError, Json, dumps, loads

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sandbox.sandbox import Sandbox

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

POSTED = (
    "person",
    "say",
    "send",
    "edit",
    "erase",
    "tap",
    "resend",
    "update",
    "renumber",
    "group",
    "kick",
    "upgrade",
    "block",
    "unblock",
    "deactivate",
    "attach",
    "inline_query",
    "choose",
    "react",
    "flood",
    "pace",
    "faults",
    "advance",
    "hold",
    "release",
    "disorder",
    "reset",
)
GOTTEN = {
    "people": "list_people",
    "chat": "chat",
    "calls": "calls",
    "stats": "stats",
    "deliveries": "deliveries",
    "faults": "list_faults",
}
HEARTBEAT = b": \n\n"


class ControlApi:
    """Answers `/sandbox/…`: 400 with {"error": …} for what cannot be done."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.controls = Controls(sandbox)
        self._hub = sandbox.world.hub

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the control surface."""
        posted = [web.post(f"/sandbox/{name}", self._from_body(getattr(self.controls, name))) for name in POSTED]
        gotten = [
            web.get(f"/sandbox/{name}", self._from_query(getattr(self.controls, method)))
            for name, method in GOTTEN.items()
        ]
        cleared = web.delete("/sandbox/faults", self._from_query(self.controls.clear_faults))
        return [*posted, *gotten, cleared, web.get("/sandbox/events", self.events)]

    def _from_body(self, action: Callable[..., object]) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                form = request.content_type == "multipart/form-data"
                arguments = await _from_form(request) if form else loads(await request.read() or b"{}")
            except ValueError:
                return _refuse("the body must be JSON")
            if isinstance(arguments, list):
                arguments = {request.path.rpartition("/")[2]: arguments}
            return await _answer(action, arguments)

        return handle

    def _from_query(self, action: Callable[..., object]) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            arguments = {name: _number(value) for name, value in request.query.items()}
            return await _answer(action, arguments)

        return handle

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Stream every event as server-sent events until the client or the sandbox leaves."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
        await response.prepare(request)
        listener = self._hub.listen()
        try:
            await response.write(HEARTBEAT)
            while (line := await listener.get()) is not None:
                await response.write(b"data: " + line + b"\n\n")
        finally:
            self._hub.leave(listener)
        return response


async def _from_form(request: web.Request) -> Json:
    arguments: Json = {"files": []}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            arguments["files"].append({"name": value.filename, "content": value.file.read()})
        else:
            arguments[name] = value if name == "caption" else _number(str(value))
    return arguments


async def _answer(action: Callable[..., object], arguments: Json) -> web.Response:
    try:
        inspect.signature(action).bind(**arguments)
        result = action(**arguments)
        if inspect.isawaitable(result):
            result = await result
    except ApiError as error:
        return _refuse(error.description)
    except (KeyError, TypeError, ValueError) as error:
        return _refuse(str(error))
    return web.Response(body=dumps(result), content_type="application/json")


def _refuse(message: str) -> web.Response:
    return web.Response(body=dumps({"error": message}), status=BAD_REQUEST, content_type="application/json")


def _number(value: str) -> object:
    try:
        return int(value)
    except ValueError:
        try:
            return float(value)
        except ValueError:
            return value
