"""A client of a sandbox, for tests and load: it calls like a bot and acts like people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.wire import Json, dumps, loads

if TYPE_CHECKING:
    from collections.abc import Mapping

    import aiohttp


@dataclass(frozen=True)
class Answer:
    """What the Bot API answered."""

    status: int
    body: Json
    headers: Mapping[str, str]

    @property
    def result(self) -> Any:  # noqa: ANN401 - a result may be any value
        """The result of a call that succeeded."""
        return self.body["result"]

    @property
    def error(self) -> tuple[int, str]:
        """Status and description of a call that failed."""
        return self.status, str(self.body.get("description", ""))


class Client:
    """Talks to the sandbox at the session's base address."""

    def __init__(self, session: aiohttp.ClientSession, token: str) -> None:
        self._session = session
        self.token = token

    async def call(self, method: str, **parameters: object) -> Answer:
        """Call a Bot API method with JSON parameters."""
        async with self._session.post(f"/bot{self.token}/{method}", json=parameters) as response:
            return Answer(response.status, loads(await response.read()), response.headers)

    async def act(self, name: str, **arguments: object) -> Json:
        """Make something happen, or return {"error": …} when it cannot."""
        async with self._session.post(f"/sandbox/{name}", data=dumps(arguments)) as response:
            answer: Json = loads(await response.read())
            return answer

    async def look(self, name: str, **query: str | float) -> Json:
        """Look at something."""
        async with self._session.get(f"/sandbox/{name}", params=query) as response:
            answer: Json = loads(await response.read())
            return answer
