"""Whether a person can be written to: they blocked the bot, let it write again, or are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.assessments.model import PersonId
    from bot.services.ports import Transaction


def note_reach(tx: Transaction, telegram_id: int, *, is_reachable: bool, now: datetime) -> None:
    """Keep what Telegram says of a person's private chat with the bot."""
    person = tx.person(telegram_id, now)
    if is_reachable:
        tx.mark_reachable(person.id)
    else:
        tx.mark_unreachable(person.id, now)


def give_up(tx: Transaction, person_id: PersonId, outbox_ids: tuple[int, ...], now: datetime) -> None:
    """The person cannot be reached: nothing of this is owed to them any more."""
    tx.mark_unreachable(person_id, now)
    tx.settle(outbox_ids)
