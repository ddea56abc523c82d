"""After a restart, or another process's death: what is owed is drawn anew, and what was waiting is handled first."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.handlers.failures import Failure, attempt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.handlers.dispatch import Dispatcher
    from bot.handlers.outgoing import Outgoing
    from bot.services.ports import OutboxRow, Storage, Transaction

logger = logging.getLogger(__name__)

PAUSE: Final = 1.0
"""Seconds after which the inbox is looked at though nobody called."""

_AT_ONCE: Final = 10_000


async def hand_over_waiting(storage: Storage, dispatcher: Dispatcher) -> Sequence[OutboxRow]:
    """Hand over the updates that were waiting, before any newer one; returns the replies owed from before."""
    owed = await storage.run(lambda tx: tx.claim_owed(_AT_ONCE))
    waiting = await dispatcher.take()
    if owed or waiting:
        logger.info("going on after a restart owed=%d waiting=%d", len(owed), waiting)
    return owed


async def feed(*, storage: Storage, dispatcher: Dispatcher, outgoing: Outgoing) -> None:
    """Take what is left in the inbox whenever there is room, and what other processes leave behind; never ends."""
    while True:
        owed = await attempt(storage.run(_left_behind))
        if not isinstance(owed, Failure):
            go_on(owed.rows, dispatcher, outgoing)
            if owed.held_until is not None:
                outgoing.hold_until(owed.held_until)
        taken = await attempt(dispatcher.take())
        await dispatcher.room()
        if isinstance(taken, Failure) or not taken:
            await storage.stirred(PAUSE)


def go_on(owed: Sequence[OutboxRow], dispatcher: Dispatcher, outgoing: Outgoing) -> None:
    """Draw every owed reply anew and send it; a wait that Telegram asked for before the restart goes on."""
    moments = [row.not_before for row in owed if row.not_before is not None]
    if moments:
        outgoing.hold_until(max(moments))
    for row in owed:
        dispatcher.redraw(row)


@dataclass(frozen=True, slots=True)
class _Owed:
    rows: Sequence[OutboxRow]
    held_until: datetime | None


def _left_behind(tx: Transaction) -> _Owed:
    return _Owed(tx.claim_owed(_AT_ONCE), tx.held_until())
