"""The SQL of the inbox: updates that are safely ours, each exactly once."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from bot.services.ports import InboxRow, RawUpdate
from storage.codec import time_to_text
from storage.statements import Statements

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

ACCEPT = """
    insert into inbox (update_id, digest, sender, payload, received_at, state)
    values (:update_id, :digest, :sender, :payload, :now, 'waiting')
    on conflict (update_id, digest) do nothing
    returning id
"""
WAITING = "select id, update_id, sender, payload, attempts from inbox where state = 'waiting' order by id"
FINISH = "update inbox set state = 'done', done_at = :now, payload = :nothing where id = :id"
COUNT_FAILURE = "update inbox set attempts = attempts + 1 where id = :id returning attempts"
QUARANTINE = "update inbox set state = 'quarantined', done_at = :now, reference = :reference where id = :id"


class Inbox(Statements):
    """Updates from their arrival until they are done with."""

    __slots__ = ()

    def accept(self, updates: Sequence[RawUpdate], now: datetime) -> list[InboxRow]:
        """Store updates; returns those not seen before (same number and same text), in order."""
        received_at = time_to_text(now)
        accepted = []
        for update in updates:
            rows = self._execute(
                ACCEPT,
                {
                    "update_id": update.update_id,
                    "digest": sha256(update.payload).digest(),
                    "sender": update.sender,
                    "payload": update.payload,
                    "now": received_at,
                },
            )
            accepted += [InboxRow(row[0], update) for row in rows]
        return accepted

    def waiting(self) -> list[InboxRow]:
        """Every update not yet done with, in order."""
        return [
            InboxRow(number, RawUpdate(update_id, sender, payload), attempts)
            for number, update_id, sender, payload, attempts in self._execute(WAITING, {})
        ]

    def finish(self, inbox_id: int, now: datetime) -> None:
        """Mark an update as done with; its text goes, its number and digest stay to know a copy by."""
        self._execute(FINISH, {"id": inbox_id, "now": time_to_text(now), "nothing": b""})

    def count_failure(self, inbox_id: int) -> int:
        """Count one failed handling; returns how many there are now."""
        rows = self._execute(COUNT_FAILURE, {"id": inbox_id})
        return int(rows[0][0])

    def quarantine(self, inbox_id: int, reference: str, now: datetime) -> None:
        """Set an update aside that cannot be handled, text and all, under the reference that its sender was told."""
        self._execute(QUARANTINE, {"id": inbox_id, "reference": reference, "now": time_to_text(now)})
