"""The conversation with a note of every kind of screen that somebody came to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.dialogue.position import Place
from bot.services.conversation import Conversation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.dialogue.position import PlaceKind
    from bot.services.ports import Transaction
    from bot.services.requests import Reply, Request


@dataclass(frozen=True, slots=True)
class Watched(Conversation):
    """Handles what people do, and keeps in `places` where that led them, and those who were told of it."""

    places: set[PlaceKind] = field(default_factory=set)

    def handle(self, tx: Transaction, request: Request, now: datetime) -> Reply:
        """What the conversation makes of it."""
        reply = Conversation.handle(self, tx, request, now)
        self.places.update(_led_to(tx, reply))
        return reply


def _led_to(tx: Transaction, reply: Reply) -> Iterator[PlaceKind]:
    person = tx.person_by_id(reply.owed.person)
    if person is not None and person.position is not None:
        yield person.position.place.kind
    yield from (Place.of(each.owed.place).kind for each in reply.told if each.owed.place is not None)
