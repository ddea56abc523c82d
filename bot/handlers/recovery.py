"""After a restart, or another process's death: what is owed is drawn anew, and what was waiting is handled first."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from bot.handlers.failures import Failure, attempt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.handlers.dispatch import Dispatcher
    from bot.handlers.outgoing import Outgoing
    from bot.services.ports import Clock, OutboxRow, Storage, Transaction
    from bot.services.requests import Reply

logger = logging.getLogger(__name__)

PAUSE: Final = 1.0
"""Seconds after which the inbox is looked at though nobody called."""

_AT_ONCE: Final = 10_000


class Redraws(Protocol):
    """The use case that restores an owed reply."""

    def redraw(self, tx: Transaction, row: OutboxRow, now: datetime) -> Reply:
        """The present screen of the reply's person, with the notice that was stored."""


async def hand_over_waiting(storage: Storage, dispatcher: Dispatcher) -> Sequence[OutboxRow]:
    """Hand over the updates that were waiting, before any newer one; returns the replies owed from before."""
    owed = await storage.run(lambda tx: tx.claim_owed(_AT_ONCE))
    waiting = await dispatcher.take()
    if owed or waiting:
        logger.info("going on after a restart owed=%d waiting=%d", len(owed), waiting)
    return owed


async def feed(
    *, storage: Storage, dispatcher: Dispatcher, conversation: Redraws, outgoing: Outgoing, clock: Clock
) -> None:
    """Take what is left in the inbox whenever there is room, and what other processes leave behind; never ends."""
    while True:
        taken = await attempt(dispatcher.take())
        owed = await attempt(storage.run(_left_behind))
        if not isinstance(owed, Failure):
            obey_old_waits(owed.rows, outgoing)
            if owed.held_until is not None:
                outgoing.hold_until(owed.held_until)
            await send_owed(owed.rows, storage=storage, conversation=conversation, outgoing=outgoing, clock=clock)
        await dispatcher.room()
        if isinstance(taken, Failure) or not taken:
            await storage.stirred(PAUSE)


def obey_old_waits(owed: Sequence[OutboxRow], outgoing: Outgoing) -> None:
    """A wait that Telegram asked for before the restart goes on."""
    moments = [row.not_before for row in owed if row.not_before is not None]
    if moments:
        outgoing.hold_until(max(moments))


async def send_owed(
    owed: Sequence[OutboxRow], *, storage: Storage, conversation: Redraws, outgoing: Outgoing, clock: Clock
) -> None:
    """Draw every owed reply anew and send it; one that cannot be drawn stays owed until the next start."""
    for row in owed:
        reply = await attempt(storage.run(partial(_redraw, conversation=conversation, row=row, now=clock())))
        if isinstance(reply, Failure):
            logger.error("owed reply not restored row=%d failure=%s", row.id, reply)
        else:
            outgoing.post(reply)


@dataclass(frozen=True, slots=True)
class _Owed:
    rows: Sequence[OutboxRow]
    held_until: datetime | None


def _left_behind(tx: Transaction) -> _Owed:
    return _Owed(tx.claim_owed(_AT_ONCE), tx.held_until())


def _redraw(tx: Transaction, *, conversation: Redraws, row: OutboxRow, now: datetime) -> Reply:
    return conversation.redraw(tx, row, now)
