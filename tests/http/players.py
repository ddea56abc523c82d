"""People in front of a sandbox: they act, and wait until the bot has answered and drawn."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.dialogue.intents import decode
from tests.torture.people import tap
from tests.torture.record import DRAWS, NOT_MODIFIED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from sandbox.journal import Call
    from sandbox.server import Running

PATIENCE = 20.0


@dataclass
class Player:
    """One person; `card` is the message that was drawn last, `toast` what the last tap was answered."""

    running: Running
    id: int
    card: int = 0
    toast: str | None = None
    queries: list[str] = field(default_factory=list)
    updates: list[int] = field(default_factory=list)

    @property
    def message(self) -> dict[str, Any]:
        """The card that was drawn last."""
        return self.running.sandbox.world.chats[self.id].messages[self.card]

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """Label and data of every button of the card."""
        rows = self.message.get("reply_markup", {}).get("inline_keyboard", [])
        return [(button["text"], button["callback_data"]) for row in rows for button in row]

    @property
    def assessment(self) -> int | None:
        """The assessment that the card speaks of."""
        return next((decode(data)[1] for _, data in self.buttons), None)

    async def say(self, text: str) -> None:
        """Type words, and wait for the card that answers them."""
        await self.do(lambda: self.running.controls.say(self.id, text))

    async def do(self, act: Callable[[], object]) -> None:
        """Do something that is no tap, and wait for the card that answers it, which is a new message."""
        before = self.running.sandbox.journal.last
        act()
        await self.drawn(before, "sendMessage")

    async def tap(self, data: str, message_id: int | None = None) -> None:
        """Tap a button with that data, and wait for its answer and the card."""
        before = self.running.sandbox.journal.last
        query = self.press(data, message_id)
        await self.answered(query)
        await self.drawn(before)

    def press(self, data: str, message_id: int | None = None) -> str:
        """Tap without waiting."""
        query, update_id = tap(self.running, self.id, message_id or self.card, data)
        self.queries.append(query)
        self.updates.append(update_id)
        return query

    async def answered(self, query: str) -> None:
        """Wait for the answer to a tap."""
        asked = self.running.sandbox.world.queries[query]
        chat = self.running.sandbox.world.chats[self.id]
        await chat.changed.until(lambda: asked.answer is not None, PATIENCE)
        assert asked.answer is not None, f"tap {query} of {self.id} was not answered"
        self.toast = asked.answer.get("text") or None

    async def drawn(self, before: int, method: str = "") -> None:
        """Wait for a card drawn by a call numbered above `before`; typed words are answered by a new message."""
        methods = {method} if method else DRAWS
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while (call := self._draw_after(before, methods)) is None:
            assert asyncio.get_running_loop().time() < deadline, f"nothing was drawn for {self.id}"
            await asyncio.sleep(0.002)
        result = call.result
        self.card = result["message_id"] if isinstance(result, dict) else int(call.params["message_id"])

    def _draw_after(self, before: int, methods: Collection[str]) -> Call | None:
        for call in self.running.sandbox.journal.after(before):
            done = call.finished is not None and (call.status == 200 or NOT_MODIFIED in call.error)
            if done and call.method in methods and call.params.get("chat_id") == str(self.id):
                return call
        return None
