"""What the bot keeps of a person, handed over or taken away when they ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.dialogue.flows.station_places import FORGOTTEN
from bot.dialogue.position import Place, PlaceKind, Position
from bot.dialogue.scene import stay
from bot.dialogue.screen import Notice, say
from bot.dialogue.turn import Event, Move, PersonTold
from bot.stations.events import PersonForgotten
from bot.stations.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.dialogue.station_intents import FetchMyData, Forget
    from bot.dialogue.world import World


DOCUMENT: Final = "mydata"
"""The kind of document that holds everything about the person who asks for it."""


def fetch(position: Position, world: World, intent: FetchMyData) -> Move:
    """Everything that is kept of the person is to be sent to them."""
    del world, intent
    return Move(position, notice=Notice(say("data.coming")), document=f"{DOCUMENT}:")


def forget(position: Position, world: World, intent: Forget) -> Move:
    """The person confirmed that they want to be forgotten; the heads of their stations are told under their number."""
    if intent.person != world.person:
        return stay(position, "notice.unreadable_button")
    return Move(Position(Place(PlaceKind.FORGET, FORGOTTEN)), (PersonForgotten(), *_tell_heads(world)))


def _tell_heads(world: World) -> Iterator[Event]:
    for mine in world.roster.mine():
        for each in world.roster.members(mine.station):
            if each.is_current and each.role is Role.HEAD and each.person != world.person:
                yield PersonTold(each.person, Notice(say("told.left", name=mine.name, number=world.person)))
