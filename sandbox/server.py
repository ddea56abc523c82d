"""The server that carries the Bot API, the control surface and the chat page."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from aiohttp import web

from sandbox.api import BotApi
from sandbox.control_api import ControlApi
from sandbox.downloads import Downloads
from sandbox.files import UPLOAD_LIMIT
from sandbox.sandbox import Options, Sandbox
from sandbox.state import StateFile

if TYPE_CHECKING:
    from sandbox.controls import Controls

HOST = "127.0.0.1"
PAGE = Path(__file__).parent / "page"
BODY_LIMIT = UPLOAD_LIMIT + 2**20
SHUTDOWN_SECONDS = 0.2


@dataclass
class Running:
    """A sandbox that serves; `async with` closes it."""

    sandbox: Sandbox
    controls: Controls
    runner: web.AppRunner
    port: int
    state: StateFile | None = None
    tasks: list[asyncio.Task[None]] = field(default_factory=list, repr=False)

    @property
    def url(self) -> str:
        """The address of the chat page, and the root of the Bot API."""
        return f"http://{HOST}:{self.port}"

    @property
    def token(self) -> str:
        """The token the sandbox takes."""
        return self.sandbox.token

    async def close(self) -> None:
        """Stop serving and write the state a last time."""
        for task in self.tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self.sandbox.world.hub.close()
        await self.runner.cleanup()
        if self.state:
            self.state.save()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self.close()


async def start(port: int = 0, options: Options | None = None, state: Path | None = None) -> Running:
    """Serve a sandbox on loopback; port 0 takes a free one.

    Raises:
        OSError: the port is taken.
        ValueError: the state file cannot be read.
    """
    sandbox = Sandbox(options or Options(), state.with_name(f"{state.name}.files") if state else None)
    file = StateFile(state, sandbox.world) if state else None
    if file:
        file.load()
    control = ControlApi(sandbox)
    app = web.Application(client_max_size=BODY_LIMIT)
    app.add_routes([*BotApi(sandbox).routes(), *Downloads(sandbox).routes(), *control.routes()])
    app.add_routes([web.get("/", _page), web.static("/page", PAGE)])
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=SHUTDOWN_SECONDS)
    await runner.setup()
    site = web.TCPSite(runner, HOST, port)
    await site.start()
    tasks = [asyncio.create_task(sandbox.delivery.run())]
    if file:
        tasks.append(asyncio.create_task(file.keep_saving()))
    return Running(sandbox, control.controls, runner, runner.addresses[0][1], file, tasks)


async def _page(request: web.Request) -> web.FileResponse:
    del request
    return web.FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-cache"})
