"""The sender: what the outbox owes goes out chat by chat, at once, and again until it stands."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Final

from bot.dialogue.screen import Notice, say
from bot.handlers.backoff import Backoff
from bot.handlers.failures import Failure, attempt
from bot.handlers.incoming import caller_of
from bot.handlers.inline import LIVES
from bot.handlers.parcel import Parcel
from bot.handlers.verdicts import Verdict
from bot.services.ports import OwedReply
from bot.services.requests import Reply

if TYPE_CHECKING:
    from datetime import datetime

    from bot.handlers.delivery import Delivery
    from bot.handlers.gate import Gate
    from bot.handlers.settling import Settler
    from bot.localization import Localizers
    from bot.services.inline import Told
    from bot.services.ports import Clock, InboxRow

logger = logging.getLogger(__name__)

BUSY: Final = "handler.busy"


class Outgoing:
    """One task for each chat that is owed something; replies that wait together are sent together."""

    def __init__(
        self,
        *,
        delivery: Delivery,
        settler: Settler,
        gate: Gate,
        localizers: Localizers,
        clock: Clock,
    ) -> None:
        self._delivery = delivery
        self._settler = settler
        self._gate = gate
        self._localizers = localizers
        self._clock = clock
        self._waiting: dict[int, Parcel] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._answers: set[asyncio.Task[None]] = set()
        self._asides: set[asyncio.Task[None]] = set()
        self._told_busy: set[int] = set()

    def post(self, reply: Reply) -> None:
        """Send a reply as soon as may be."""
        chat_id, localizer = reply.owed.chat_id, self._localizers.of(reply.locale)
        parcel = self._waiting.get(chat_id)
        if parcel is None:
            parcel = self._waiting[chat_id] = Parcel(chat_id, localizer)
        parcel.add(reply, localizer)
        if chat_id not in self._tasks:
            self._tasks[chat_id] = asyncio.create_task(self._serve(chat_id))

    def tell(self, told: Told) -> None:
        """Answer an inline query at once, or not at all."""
        task = asyncio.create_task(self._answer(told))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    def say_busy(self, row: InboxRow) -> None:
        """Tell the sender, once an outage, that their words wait for the database; nothing of it is kept."""
        caller = caller_of(row)
        if caller is None or caller.telegram_id in self._told_busy:
            return
        self._told_busy.add(caller.telegram_id)
        owed = OwedReply(caller.chat_id, person=0, callback_id=caller.callback_id, draws=False)
        self.post(Reply(0, owed, screen=None, notice=Notice(say(BUSY), is_alert=True), locale=""))

    def calm(self) -> None:
        """The database works again."""
        self._told_busy.clear()

    def hold_until(self, moment: datetime) -> None:
        """Send nothing before: Telegram asked for it before the restart."""
        self._gate.close((moment - self._clock()).total_seconds())

    async def drain(self, timeout: float) -> int:  # noqa: ASYNC109 - what is left is counted, not raised
        """Send for up to `timeout` seconds what may be sent, and stop; returns how many chats are still owed."""
        if self._tasks or self._asides:
            await asyncio.wait([*self._tasks.values(), *self._asides], timeout=timeout)
        tasks = [*self._tasks.values(), *self._asides]
        for task in (*tasks, *self._answers):
            task.cancel()
        await asyncio.gather(*tasks, *self._answers, return_exceptions=True)
        await self._settler.close()
        return len(tasks)

    async def _answer(self, told: Told) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._gate.enter(), LIVES)
            outcome = await attempt(self._delivery.tell(told, self._localizers.of(told.locale)))
            if isinstance(outcome, Failure):
                logger.error("inline query not answered failure=%s", outcome)

    async def _serve(self, chat_id: int) -> None:
        try:
            while (parcel := self._waiting.pop(chat_id, None)) is not None:
                await self._send(parcel)
        finally:
            del self._tasks[chat_id]

    async def _send(self, parcel: Parcel) -> None:
        """Send all of it, and what takes seconds beside whatever comes next; only then is it owed no more."""
        outcome = await attempt(self._send_all(parcel))
        if isinstance(outcome, Failure):
            logger.error("reply given up rows=%s failure=%s", parcel.rows, outcome)
        if (slow := parcel.put_aside()) is not None:
            task = asyncio.create_task(self._send(slow))
            self._asides.add(task)
            task.add_done_callback(self._asides.discard)
        self._settler.add(parcel.rows)

    async def _send_all(self, parcel: Parcel) -> None:
        backoff = Backoff(0.25, 30.0)
        while not parcel.is_sent:
            await self._gate.enter()
            if (later := self._later(parcel)) is not None:
                parcel.join(later)
            if await self._delivery.send(parcel) is Verdict.AGAIN:
                await asyncio.sleep(backoff.delay())

    def _later(self, parcel: Parcel) -> Parcel | None:
        """What came for the chat meanwhile; a parcel that was put aside does not take it along."""
        return None if parcel.is_aside else self._waiting.pop(parcel.chat_id, None)
