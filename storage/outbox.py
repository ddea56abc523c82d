"""The SQL of the outbox: replies that somebody is owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.services.ports import NoticeText, OutboxRow, OwedReply
from storage.codec import time_from_text, time_to_text
from storage.statements import Row, Statements

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

OWE = """
    insert into outbox (chat_id, person, callback_id, message_id,
                        notice_key, notice_arguments, notice_alert, draws, place, document, topic, created_at, worker)
    values (:chat_id, :person, :callback_id, :message_id,
            :notice_key, :notice_arguments, :notice_alert, :draws, :place, :document, :topic, :now, :worker)
    returning id
"""
REPLACE = "delete from outbox where chat_id = :chat_id and topic = :topic"
_COLUMNS = (
    "id, chat_id, person, callback_id, message_id, notice_key, notice_arguments, notice_alert, draws, place, "
    "document, topic, not_before"
)
OWED = f"select {_COLUMNS} from outbox order by id"  # noqa: S608 - our own column names
CLAIM_OWED = f"""
    update outbox set worker = :worker where id in (
        select id from outbox as free
        where worker is null
          and not exists (select 1 from outbox as other where other.chat_id = free.chat_id and other.worker <> :worker)
          /*+ and not exists (
            select 1 from inbox where inbox.sender = free.chat_id and state = 'waiting' and inbox.worker <> :worker) */
        order by id limit :limit /*+ for update of free skip locked */)
    returning {_COLUMNS}
"""  # noqa: S608 - our own column names
HELD_UNTIL = "select max(not_before) from outbox"
SETTLE = "delete from outbox where id = :id"
POSTPONE = "update outbox set not_before = :until where id = :id"


def _row(row: Row) -> OutboxRow:
    (
        number,
        chat_id,
        person,
        callback_id,
        message_id,
        key,
        arguments,
        alert,
        draws,
        place,
        document,
        topic,
        not_before,
    ) = row
    notice = None if key is None else NoticeText(key, arguments, bool(alert))
    reply = OwedReply(chat_id, person, callback_id, message_id, notice, bool(draws), place, document, topic)
    return OutboxRow(number, reply, None if not_before is None else time_from_text(not_before))


class Outbox(Statements):
    """Replies from when they are owed until they are sent."""

    __slots__ = ()

    def owe(self, reply: OwedReply, now: datetime) -> int:
        """Store a reply that must be sent, in the place of an unsent one of the same topic; returns its number."""
        notice = reply.notice
        if reply.topic is not None:
            self._execute(REPLACE, {"chat_id": reply.chat_id, "topic": reply.topic})
        rows = self._execute(
            OWE,
            {
                "chat_id": reply.chat_id,
                "person": reply.person,
                "callback_id": reply.callback_id,
                "message_id": reply.message_id,
                "notice_key": notice.key if notice else None,
                "notice_arguments": notice.arguments if notice else None,
                "notice_alert": notice.alert if notice else False,
                "draws": reply.draws,
                "place": reply.place,
                "document": reply.document,
                "topic": reply.topic,
                "now": time_to_text(now),
                "worker": self._worker,
            },
        )
        return int(rows[0][0])

    def owed(self) -> list[OutboxRow]:
        """Every reply not yet sent, in order."""
        return [_row(row) for row in self._execute(OWED, {})]

    def claim_owed(self, limit: int) -> list[OutboxRow]:
        """Take up to `limit` replies that no process sends into this one's work, oldest first."""
        return [_row(row) for row in sorted(self._execute(CLAIM_OWED, {"worker": self._worker, "limit": limit}))]

    def held_until(self) -> datetime | None:
        """Until when Telegram asked to wait, whichever process it told; None when it did not."""
        [[moment]] = self._execute(HELD_UNTIL, {})
        return None if moment is None else time_from_text(moment)

    def settle(self, outbox_ids: Sequence[int]) -> None:
        """The replies were sent, or can never be."""
        for number in outbox_ids:
            self._execute(SETTLE, {"id": number})

    def postpone(self, outbox_ids: Sequence[int], until: datetime) -> None:
        """Telegram asked us to wait."""
        for number in outbox_ids:
            self._execute(POSTPONE, {"id": number, "until": time_to_text(until)})
