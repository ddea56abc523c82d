"""Each stored update is handled in its person's lane: tried again when it fails, and at last set aside."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from bot.dialogue.given import Offered
from bot.errors import ClaimLostError, StorageUnavailableError
from bot.handlers.albums import Albums
from bot.handlers.backoff import Backoff
from bot.handlers.failures import Failure, attempt, new_reference
from bot.handlers.incoming import Ignorable, InGroup, Private, ReachChanged, caller_of, read
from bot.handlers.lanes import Lanes
from bot.services.failures import set_aside
from bot.services.inline import Asked, Glances, Told, tell
from bot.services.ports import InboxRow, OutboxRow
from bot.services.reachability import note_reach

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from bot.services.ports import Clock, RawUpdate, Storage, Transaction
    from bot.services.requests import Reply, Request

T = TypeVar("T")
logger = logging.getLogger(__name__)

RETRY_DELAYS: Final = (0.1, 0.5, 2.0, 5.0)
"""Seconds before the second, third, … try of an update; after one more it is set aside."""


class Talks(Glances, Protocol):
    """The use cases of a conversation."""

    def handle(self, tx: Transaction, request: Request, now: datetime) -> Reply:
        """Do what was asked, and owe the answer."""

    def decline(self, tx: Transaction, request: Request, now: datetime) -> Reply:
        """Refuse politely what was asked in a group."""

    def redraw(self, tx: Transaction, row: OutboxRow, now: datetime) -> Reply:
        """The present screen of an owed reply's person, with the notice that was stored."""


class Fetches(Protocol):
    """Where files come from."""

    async def fetch(self, request: Request, offered: Offered) -> Request:
        """The request with the file in the store, or with the reason why it is not."""


class Sends(Protocol):
    """Where replies go."""

    def post(self, reply: Reply) -> None:
        """Send a reply that stands in the outbox."""

    def tell(self, told: Told) -> None:
        """Answer an inline query, if that can be done at once: it is owed no longer than somebody waits."""

    def say_busy(self, row: InboxRow) -> None:
        """Tell the sender, once an outage, that their words wait for the database."""

    def calm(self) -> None:
        """The database works again."""


class Dispatcher:
    """Hands updates to the use cases, one person's in order, and their replies to whoever sends them."""

    def __init__(
        self,
        *,
        storage: Storage,
        conversation: Talks,
        outgoing: Sends,
        clock: Clock,
        delays: tuple[float, ...] = RETRY_DELAYS,
        files: Fetches | None = None,
    ) -> None:
        self._storage = storage
        self._conversation = conversation
        self._outgoing = outgoing
        self._clock = clock
        self._delays = delays
        self._files = files
        self._albums = Albums(outgoing.post)
        self._lanes = Lanes(self._work, limit=storage.share)
        self._taking = asyncio.Lock()

    def submit(self, row: InboxRow) -> None:
        """Put an update in its person's lane."""
        self._lanes.submit(row.update.sender, row)

    def redraw(self, row: OutboxRow) -> None:
        """Draw an owed reply anew in its person's lane: beside it, an older screen could be sent after a newer one."""
        self._lanes.submit(row.reply.chat_id, row)

    async def take(self, updates: Sequence[RawUpdate] = ()) -> int:
        """Store new updates, and take from the inbox what this process has room for; returns how many it took.

        One taking at a time: a person's lane must get the earlier update first. What is left in the inbox is taken
        later, or by another process.
        """
        async with self._taking:
            now, room = self._clock(), max(0, self._storage.share - len(self._lanes))
            rows = await self._storage.run(partial(_take, updates=updates, room=room, now=now))
            for row in rows:
                self.submit(row)
        return len(rows)

    async def room(self) -> None:
        """Wait until not too much is waiting here."""
        await self._lanes.room()

    async def drain(self, timeout: float) -> int:  # noqa: ASYNC109 - what is left is counted, not raised
        """Work off what is here for up to `timeout` seconds; returns how many updates stay in the inbox for later."""
        left = await self._lanes.drain(timeout)
        self._albums.release()
        return left

    async def _work(self, row: InboxRow | OutboxRow) -> None:
        await (self._handle(row) if isinstance(row, InboxRow) else self._redraw(row))

    async def _redraw(self, row: OutboxRow) -> None:
        """One that cannot be drawn stays owed until the next start."""
        now = self._clock()
        reply = await attempt(self._storage.run(lambda tx: self._conversation.redraw(tx, row, now)))
        if isinstance(reply, Failure):
            logger.error("owed reply not restored row=%d failure=%s", row.id, reply)
        else:
            self._outgoing.post(reply)

    async def _handle(self, row: InboxRow) -> None:
        while isinstance(outcome := await self._persist(row, partial(self._once, row)), Failure):
            if isinstance(outcome.error, ClaimLostError):
                logger.warning("update is another process's inbox=%d", row.id)
                return
            if not await self._try_again(row, outcome):
                return
        if isinstance(outcome, Told):
            self._outgoing.tell(outcome)
        elif outcome is not None:
            for reply in (outcome, *outcome.told):
                self._albums.post(reply)

    async def _once(self, row: InboxRow) -> Reply | Told | None:
        run, now = self._storage.run, self._clock()
        match read(row):
            case Private(request):
                ready = request if not isinstance(request.given, Offered) else await self._fetch(request, request.given)
                return await run(lambda tx: self._conversation.handle(tx, ready, now))
            case InGroup(request):
                return await run(lambda tx: self._conversation.decline(tx, request, now))
            case Asked() as asked:
                return await run(partial(tell, asked=asked, conversation=self._conversation, now=now))
            case ReachChanged(telegram_id, is_reachable):
                return await run(partial(_note, row=row, telegram_id=telegram_id, is_reachable=is_reachable, now=now))
            case Ignorable():
                return await run(lambda tx: tx.finish(row.id, now))

    async def _fetch(self, request: Request, offered: Offered) -> Request:
        """The request with its file in the store; what is held of its album waits for it."""
        if self._files is None:
            return request
        self._albums.pause(request.chat_id)
        try:
            return await self._files.fetch(request, offered)
        finally:
            self._albums.go_on(request.chat_id)

    async def _persist(self, row: InboxRow, work: Callable[[], Awaitable[T]]) -> T | Failure:
        """What the work comes to once the database takes it, however long that is; or why it never will."""
        backoff = Backoff(0.1, 5.0)
        while True:
            outcome = await attempt(work())
            if not (isinstance(outcome, Failure) and isinstance(outcome.error, StorageUnavailableError)):
                self._outgoing.calm()
                return outcome
            pause = backoff.delay()
            logger.warning("database unavailable inbox=%d retry_seconds=%.1f", row.id, pause)
            self._outgoing.say_busy(row)
            await asyncio.sleep(pause)

    async def _try_again(self, row: InboxRow, failure: Failure) -> bool:
        """Count the failure and wait; False when that was the last try, and the update is set aside."""
        count = await self._persist(row, lambda: self._storage.run(lambda tx: tx.count_failure(row.id)))
        if isinstance(count, Failure):
            logger.error("cannot count a failure inbox=%d failure=%s", row.id, count)
            count = len(self._delays) + 1
        logger.warning("update failed inbox=%d try=%d failure=%s", row.id, count, failure)
        if count > len(self._delays):
            await self._set_aside(row, failure)
            return False
        await asyncio.sleep(self._delays[count - 1])
        return True

    async def _set_aside(self, row: InboxRow, failure: Failure) -> None:
        """Owe its sender the number; nobody, where that notice is what cannot be kept."""
        reference = new_reference()
        work = partial(set_aside, row=row, reference=reference, now=self._clock())
        told, untold = partial(work, caller=caller_of(row)), partial(work, caller=None)
        reply = await self._persist(row, lambda: self._storage.run(told))
        if isinstance(reply, Failure):
            reply = await self._persist(row, lambda: self._storage.run(untold))
        logger.error("update set aside inbox=%d reference=%s failure=%s", row.id, reference, failure)
        if isinstance(reply, Failure):
            logger.error("cannot set an update aside inbox=%d failure=%s", row.id, reply)
        elif reply is not None:
            self._outgoing.post(reply)


def _take(tx: Transaction, *, updates: Sequence[RawUpdate], room: int, now: datetime) -> list[InboxRow]:
    """A claim may hand out one of a person's updates at a time; what has just come is taken to the last."""
    new = len(tx.accept(updates, now)) if updates else 0
    rows = list(tx.claim(room))
    while len(rows) < min(room, new) and (more := tx.claim(room - len(rows))):
        rows += more
    return rows


def _note(tx: Transaction, *, row: InboxRow, telegram_id: int, is_reachable: bool, now: datetime) -> None:
    note_reach(tx, telegram_id, is_reachable=is_reachable, now=now)
    tx.finish(row.id, now)
