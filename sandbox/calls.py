"""Performing a call of the Bot API by its name, whichever way it came."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from sandbox.methods import METHODS, PACED, POLL
from sandbox.signatures import Signatures
from sandbox.wire import NOT_FOUND, ApiError

if TYPE_CHECKING:
    from sandbox.journal import Call
    from sandbox.parameters import Parameters
    from sandbox.sandbox import Sandbox


class Calls:
    """Finds the method of a call and runs it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._signatures = Signatures()

    async def perform(self, name: str, parameters: Parameters) -> object:
        """Run a method and return its result.

        Raises:
            ApiError: there is no such method, or it refuses.
        """
        name = name.lower()
        if name == POLL:
            self._allow(parameters)
            offset, limit = parameters.integer("offset"), parameters.integer("limit", 100)
            return await self._sandbox.polling.poll(offset, limit, parameters.integer("timeout"))
        method = METHODS.get(name)
        if method is None:
            raise ApiError(NOT_FOUND, "Not Found: method not found")
        if name in PACED:
            self._sandbox.pace.admit(parameters.integer("chat_id"), _count(parameters))
        return method(self._sandbox.world, parameters)

    async def reply(self, name: str, parameters: Parameters) -> None:
        """Run the method a webhook named in its answer; the bot never learns what became of it."""
        call = self.begin(name)
        self.note(call, parameters)
        try:
            self.succeeded(call, await self.perform(name, parameters))
        except ApiError as error:
            call.status, call.error = error.code, error.description
        finally:
            self.finish(call)

    def begin(self, name: str) -> Call:
        """Write down that a call came in."""
        return self._sandbox.journal.begin(name, self._sandbox.world.now())

    def note(self, call: Call, parameters: Parameters) -> None:
        """Write down the parameters of a call, and which of them are not as they should be."""
        uploads = {name: f"file {one.name}, {len(one.content)} bytes" for name, one in parameters.uploads.items()}
        call.params = parameters.values | uploads
        flaws = self._signatures.examine(call.method, parameters)
        call.unknown, call.missing, call.mistyped = flaws.unknown, flaws.missing, flaws.mistyped

    def succeeded(self, call: Call, result: object) -> None:
        """Write down what a call returned."""
        call.result = _compact(result)
        call.status = 200

    def finish(self, call: Call) -> None:
        """Write down that a call was answered or cut off, and tell those who watch."""
        self._sandbox.journal.finish(call, self._sandbox.world.now())
        self._sandbox.world.hub.publish("call", n=call.n, method=call.method, status=call.status)

    def _allow(self, parameters: Parameters) -> None:
        with contextlib.suppress(ApiError):  # Telegram passes over a list it cannot read
            if isinstance(listed := parameters.structure("allowed_updates", "unreadable"), list):
                self._sandbox.world.queue.allow(listed)


def _count(parameters: Parameters) -> int:
    with contextlib.suppress(ApiError):  # what is no list is refused by the method itself
        if isinstance(album := parameters.structure("media", "unreadable"), list):
            return len(album)
    return 1


def _compact(result: object) -> object:
    if isinstance(result, list):
        return [_compact(one) if "message_id" in one else one.get("update_id") for one in result]
    if isinstance(result, dict) and "message_id" in result:
        return {"message_id": result["message_id"], "chat_id": result["chat"]["id"]}
    return result
