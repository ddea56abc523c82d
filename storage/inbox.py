"""The SQL of the inbox: updates that are safely ours, each exactly once."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from bot.errors import ClaimLostError
from bot.services.ports import Backlog, InboxRow, RawUpdate
from storage.codec import time_from_text, time_to_text
from storage.statements import Row, Statements, Value

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
BACKLOG = """
    select (select count(*) from inbox where state = 'waiting'),
           (select received_at from inbox where state = 'waiting' order by id limit 1),
           (select count(*) from outbox)
"""
CLAIM = """
    update inbox set worker = :worker where id in (
        select id from inbox as free
        where state = 'waiting' and worker is null and not exists (
            select 1 from inbox as other
            where other.state = 'waiting' and other.sender = free.sender
              and (other.worker <> :worker /*+ or other.worker is null and other.id < free.id */))
          /*+ and not exists (
            select 1 from outbox as owed where owed.chat_id = free.sender and owed.worker <> :worker) */
        order by id limit :limit /*+ for update of free skip locked */)
    returning id, update_id, sender, payload, attempts
"""
_OURS = "where id = :id and state = 'waiting' and (worker is null or worker = :worker) returning attempts"
FINISH = "update inbox set state = 'done', done_at = :now, payload = :nothing " + _OURS  # noqa: S608 - our own text
COUNT_FAILURE = "update inbox set attempts = attempts + 1 " + _OURS  # noqa: S608 - our own text
QUARANTINE = "update inbox set state = 'quarantined', done_at = :now, reference = :reference " + _OURS  # noqa: S608 - our own text
CALL_OTHERS = "select 1 /*+ from pg_notify('zicha', '') */"
CALL_SENDERS = """
    select 1 /*+ , case when exists (
        select 1 from outbox join inbox on inbox.sender = outbox.chat_id
        where inbox.state = 'waiting' and inbox.worker is null and outbox.worker <> :worker
    ) then pg_notify('zicha', '') end */
"""


def _row(row: Row) -> InboxRow:
    number, update_id, sender, payload, attempts = row
    return InboxRow(number, RawUpdate(update_id, sender, payload), attempts)


class Inbox(Statements):
    """Updates from their arrival until they are done with."""

    __slots__ = ()

    def accept(self, updates: Sequence[RawUpdate], now: datetime) -> list[InboxRow]:
        """Store updates; returns those not seen before (same number and same text), in order.

        Whoever is still sending to one of their people is called: nobody else may take these.
        """
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
        if accepted:
            self._execute(CALL_SENDERS, {"worker": self._worker})
        return accepted

    def waiting(self) -> list[InboxRow]:
        """Every update not yet done with, in order."""
        return [_row(row) for row in self._execute(WAITING, {})]

    def backlog(self) -> Backlog:
        """How much is not done yet, by whichever process."""
        [(waiting, oldest, owed)] = self._execute(BACKLOG, {})
        return Backlog(waiting, None if oldest is None else time_from_text(oldest), owed)

    def claim(self, limit: int) -> list[InboxRow]:
        """Take up to `limit` updates into this process's work, oldest first, and call the others when more are left.

        PostgreSQL hands out one a sender at a time, since a row that another process is just taking is not seen: were
        a later one of the same sender handed out meanwhile, two processes would work for one person.
        """
        rows = self._execute(CLAIM, {"worker": self._worker, "limit": limit})
        if len(rows) == limit:
            self._execute(CALL_OTHERS, {})
        return [_row(row) for row in sorted(rows)]

    def finish(self, inbox_id: int, now: datetime) -> None:
        """Mark an update as done with; its text goes, its number and digest stay to know a copy by."""
        self._change(FINISH, inbox_id, now=time_to_text(now), nothing=b"")

    def count_failure(self, inbox_id: int) -> int:
        """Count one failed handling; returns how many there are now."""
        return self._change(COUNT_FAILURE, inbox_id)

    def quarantine(self, inbox_id: int, reference: str, now: datetime) -> None:
        """Set an update aside that cannot be handled, text and all, under the reference that its sender was told."""
        self._change(QUARANTINE, inbox_id, reference=reference, now=time_to_text(now))

    def _change(self, sql: str, inbox_id: int, **parameters: Value) -> int:
        """Change an update that is still waiting and not another process's; returns its failed handlings."""
        rows = self._execute(sql, {**parameters, "id": inbox_id, "worker": self._worker})
        if not rows:
            raise ClaimLostError(f"update {inbox_id} of the inbox is not ours any more")
        return int(rows[0][0])
