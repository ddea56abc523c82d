"""After a restart: what was owed is drawn anew from the present state, and what was waiting is handled first."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Protocol

from bot.handlers.failures import Failure, attempt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.handlers.dispatch import Dispatcher
    from bot.handlers.outgoing import Outgoing
    from bot.services.ports import Clock, OutboxRow, Storage, Transaction
    from bot.services.requests import Reply

logger = logging.getLogger(__name__)


class Redraws(Protocol):
    """The use case that restores an owed reply."""

    def redraw(self, tx: Transaction, row: OutboxRow, now: datetime) -> Reply:
        """The present screen of the reply's person, with the notice that was stored."""


async def hand_over_waiting(storage: Storage, dispatcher: Dispatcher) -> Sequence[OutboxRow]:
    """Hand over the updates that were waiting, before any newer one; returns the replies owed from before."""
    owed, waiting = await storage.run(lambda tx: (tx.owed(), tx.waiting()))
    for row in waiting:
        dispatcher.submit(row)
    if owed or waiting:
        logger.info("going on after a restart owed=%d waiting=%d", len(owed), len(waiting))
    return owed


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


def _redraw(tx: Transaction, *, conversation: Redraws, row: OutboxRow, now: datetime) -> Reply:
    return conversation.redraw(tx, row, now)
