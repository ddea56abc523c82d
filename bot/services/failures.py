"""What becomes of an update that cannot be handled: counted, and after enough tries set aside under a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.dialogue.screen import Notice, say
from bot.services.notices import keep
from bot.services.ports import OwedReply
from bot.services.requests import Reply

if TYPE_CHECKING:
    from datetime import datetime

    from bot.services.ports import InboxRow, Transaction

SET_ASIDE: Final = "handler.set_aside"
"""What the person is told: that it could not be handled, that all else is safe, and the number."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is waiting for an answer: their chat, and the tap to be answered when it was one."""

    telegram_id: int
    chat_id: int
    callback_id: str | None = None


def set_aside(tx: Transaction, row: InboxRow, caller: Caller | None, reference: str, now: datetime) -> Reply | None:
    """Quarantine the update under its reference, and owe its sender the notice; None when nobody is known."""
    tx.quarantine(row.id, reference, now)
    if caller is None:
        return None
    person = tx.person(caller.telegram_id, now)
    notice = Notice(say(SET_ASIDE, reference=reference), is_alert=True)
    owed = OwedReply(
        chat_id=caller.chat_id,
        person=person.id,
        callback_id=caller.callback_id,
        notice=keep(notice),
        draws=False,
    )
    return Reply(tx.owe(owed, now), owed, screen=None, notice=notice, locale=person.locale or "")
