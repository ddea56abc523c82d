"""What the handlers hand to a use case, and what they get back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.dialogue.given import Given
    from bot.dialogue.screen import Notice, Screen
    from bot.services.ports import OwedReply


@dataclass(frozen=True, slots=True)
class Request:
    """Something that one person did in their private chat.

    `inbox_id` is the row to be finished with it; `callback_id` and `message_id` belong to a tap.
    """

    inbox_id: int
    telegram_id: int
    chat_id: int
    given: Given
    callback_id: str | None = None
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply that stands in the outbox as `outbox_id`, with the screen at hand for sending it at once.

    `screen` None: nothing is to be drawn, only the tap answered or the notice sent as a message of its own; `told` is
    what others are sent because of it.
    """

    outbox_id: int
    owed: OwedReply
    screen: Screen | None
    notice: Notice | None
    locale: str
    told: tuple[Reply, ...] = ()
