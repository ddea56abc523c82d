"""Serving files: to the bot by their paths, to the chat page by their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from aiohttp import web

from sandbox.api import check_token
from sandbox.files import LINK_TIME
from sandbox.wire import NOT_FOUND, ApiError, dumps

if TYPE_CHECKING:
    from sandbox.files import StoredFile
    from sandbox.sandbox import Sandbox

PDF = "application/pdf"  # browsers show it in a viewer of their own, which a sandboxed page may not have
CAGED = {"Content-Security-Policy": "sandbox; default-src 'none'"}
SHOWN = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", PDF, "text/plain"}


class Downloads:
    """Answers `/file/bot<token>/<path>` and `/sandbox/file?id=…`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._files = sandbox.world.files

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the files."""
        return [
            web.get("/file/bot{token:[^/]*}/{path:.*}", self.for_bot),
            web.get("/sandbox/file", self.for_page),
        ]

    async def for_bot(self, request: web.Request) -> web.Response:
        """Serve a file that the bot asked the path of within the last hour."""
        try:
            check_token(request.match_info["token"], self._sandbox.token, any_token=self._sandbox.any_token)
            file = self._linked(request.match_info["path"])
        except ApiError as error:
            return web.Response(body=dumps(error.body()), status=error.code, content_type="application/json")
        return web.Response(body=self._files.content(file), content_type="application/octet-stream")

    def _linked(self, path: str) -> StoredFile:
        file = self._files.at(path)
        if file is None or not 0 <= self._sandbox.world.now() - file.linked_at <= LINK_TIME:
            raise ApiError(NOT_FOUND, "Not Found")
        return file

    async def for_page(self, request: web.Request) -> web.Response:
        """Serve a file to look at, or to keep when a browser should not show it."""
        file = self._files.find(request.query.get("id", ""))
        if file is None:
            return web.Response(status=NOT_FOUND)
        return web.Response(body=self._files.content(file), content_type=_kind(file), headers=_headers(file, request))


def _kind(file: StoredFile) -> str:
    return file.mime_type if file.mime_type in SHOWN else "application/octet-stream"


def _headers(file: StoredFile, request: web.Request) -> dict[str, str]:
    way = "attachment" if "download" in request.query or _kind(file) == "application/octet-stream" else "inline"
    kept = {} if _kind(file) == PDF else CAGED
    name = f"{way}; filename*=UTF-8''{quote(file.name)}"
    return kept | {"X-Content-Type-Options": "nosniff", "Content-Disposition": name}
