"""The floor: the same two calls and one commit a tap on plain sockets, and nothing else."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import Any
from urllib.parse import urlsplit

import orjson
import uvloop

from benchmarks.peers import survey

CONNECTIONS = 64


class Wire:
    """One kept-alive connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls) -> Wire:
        """Connect."""
        address = urlsplit(survey.API)
        return cls(*await asyncio.open_connection(address.hostname, address.port))

    async def call(self, method: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 - the result of any method
        """One call, and its result."""
        body = orjson.dumps(parameters)
        head = f"POST /bot{survey.TOKEN}/{method} HTTP/1.1\r\nHost: floor\r\nContent-Type: application/json\r\n"
        self._writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        length = int(answer.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        return orjson.loads(await self._reader.readexactly(length))["result"]


class Floor:
    """A pool of connections, the database, and what is done with an update."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._free: asyncio.Queue[Wire] = asyncio.Queue()

    async def run(self) -> None:
        """Poll."""
        for _ in range(CONNECTIONS):
            self._free.put_nowait(await Wire.open())
        polling, offset, running = await Wire.open(), 0, set[asyncio.Task[None]]()
        while True:
            for update in await polling.call("getUpdates", {"offset": offset, "timeout": 10}):
                offset = update["update_id"] + 1
                task = asyncio.create_task(self._handle(update))
                running.add(task)
                task.add_done_callback(running.discard)

    async def _call(self, method: str, parameters: dict[str, Any]) -> None:
        wire = await self._free.get()
        try:
            await wire.call(method, parameters)
        finally:
            self._free.put_nowait(wire)

    async def _handle(self, update: dict[str, Any]) -> None:
        query = update.get("callback_query")
        if query is None:
            await self._call("sendMessage", {"chat_id": update["message"]["chat"]["id"], **asked(0)})
            return
        number, points = survey.chosen(query["data"])
        survey.save_at_once(self._database, query["from"]["id"], number, points)
        await self._call("answerCallbackQuery", {"callback_query_id": query["id"]})
        card = query["message"]
        following = {"text": survey.DONE} if number == survey.LAST else asked(number + 1)
        target = {"chat_id": card["chat"]["id"], "message_id": card["message_id"]}
        await self._call("editMessageText", target | following)


def asked(number: int) -> dict[str, Any]:
    """A question with its two buttons."""
    rows = [[{"text": words, "callback_data": data}] for words, data in survey.buttons(number)]
    return {"text": survey.question(number), "reply_markup": {"inline_keyboard": rows}}


def main() -> None:
    """Poll."""
    database = sqlite3.connect(survey.FOLDER / "peer.db")
    for statement in survey.PREPARE:
        database.execute(statement)
    database.commit()
    uvloop.run(Floor(database).run())


main()
