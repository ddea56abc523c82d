"""A person in the middle of an assessment: what a flow has at hand when it decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.assessments.events import EntryWritten, ItemAnswered
from bot.dialogue import walk
from bot.dialogue.position import Place, PlaceKind, Position
from bot.dialogue.screen import Notice, say
from bot.dialogue.turn import Event, Move

if TYPE_CHECKING:
    from bot.assessments.model import Assessment
    from bot.dialogue.screen import Argument
    from bot.dialogue.world import World
    from bot.rubric.model import Item, Rubric

_SIDE_TRIPS = frozenset(
    {
        PlaceKind.HOME,
        PlaceKind.HELP,
        PlaceKind.LANGUAGE,
        PlaceKind.INVITATION,
        PlaceKind.MAP,
        PlaceKind.CHAPTER,
        PlaceKind.SCORE,
        PlaceKind.LOST,
        PlaceKind.PENDING,
        PlaceKind.HISTORY,
        PlaceKind.VETOES,
        PlaceKind.MEMBERS,
        PlaceKind.MEMBER,
        PlaceKind.MEMBER_REMOVE,
        PlaceKind.ADMIT,
        PlaceKind.ASSIGN,
        PlaceKind.CONFLICT,
        PlaceKind.MY_DATA,
        PlaceKind.FORGET,
        PlaceKind.EVIDENCE,
        PlaceKind.UNPLACED_FILE,
        PlaceKind.IMPORT,
        PlaceKind.FORM,
        PlaceKind.FORM_SECTION,
        PlaceKind.TABLE,
        PlaceKind.ROW,
        PlaceKind.CHECK,
        PlaceKind.FINDING,
        PlaceKind.WRITE_EXPLANATION,
        PlaceKind.MEASURES,
        PlaceKind.MEASURE,
        PlaceKind.REPORT,
        PlaceKind.SEAL,
        PlaceKind.STAMPED,
    }
)


_ENDS_AN_ERRAND = frozenset(
    {
        PlaceKind.HOME,
        PlaceKind.MAP,
        PlaceKind.CHAPTER,
        PlaceKind.LOST,
        PlaceKind.PENDING,
        PlaceKind.FORM,
        PlaceKind.CHECK,
    }
)
"""Overviews: whoever is there looks for something else, or is back. The score comes by itself behind the last card."""


def go(position: Position, place: Place, *, draft: str = "") -> Position:
    """The position at another place; from a side trip one can come back to the card that was left, draft and all.

    A finding that is opened is what one has set out to put right, until an overview is opened.
    """
    if place.kind is PlaceKind.FINDING or place.kind in _ENDS_AN_ERRAND:
        position = replace(position, errand=place.subject if place.kind is PlaceKind.FINDING else "")
    if place.kind in _SIDE_TRIPS:
        return replace(position, place=place)
    comes_back = position.place.kind in _SIDE_TRIPS and place == position.back
    return replace(position, place=place, back=place, draft=position.draft if comes_back else draft)


def stay(position: Position, key: str, **args: Argument) -> Move:
    """Nothing happened, and the notice says why."""
    return Move(position, notice=Notice(say(key, **args)))


def warn(position: Position, key: str, **args: Argument) -> Move:
    """Nothing happened, and the person must read why."""
    return Move(position, notice=Notice(say(key, **args), is_alert=True))


@dataclass(frozen=True, slots=True)
class Scene:
    """Position, world, and an assessment that the person may fill in."""

    position: Position
    world: World
    assessment: Assessment

    @property
    def rubric(self) -> Rubric:
        """The rubric of the assessment."""
        return self.world.rubric

    @property
    def card(self) -> Place:
        """The card the person is at, or was at before a side trip."""
        return self.position.back

    def item(self, item_id: str) -> Item | None:
        """The item of that id, or None."""
        return self.rubric.items.get(item_id)

    def go(self, place: Place, *events: Event, notice: Notice | None = None, draft: str = "") -> Move:
        """Go to a place with what happened; an action that answered an item, or wrote an entry, can be undone."""
        position = go(self.position, place, draft=draft)
        if any(isinstance(event, ItemAnswered | EntryWritten) for event in events):
            position = replace(position, last_action=self.world.action)
        return Move(position, events, notice)

    def next_open(self, assessment: Assessment, item_id: str) -> Place:
        """Where the walk goes on behind an item, given the assessment as it is now."""
        return walk.next_open(self.rubric, assessment, self.position.walk, Place(PlaceKind.ITEM, item_id))
