"""Whether a screen around stations is really there for this person, in this world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.assessments.model import Kind
from bot.dialogue.flows import contests, joining, stations
from bot.dialogue.position import PlaceKind
from bot.stations.model import InvitationState

if TYPE_CHECKING:
    from bot.dialogue.position import Place
    from bot.dialogue.world import World
    from bot.stations.model import Invitation, Membership, StationId

_MOST_DIGITS: Final = 16
FORGOTTEN: Final = "done"
"""The subject of the screen that is shown once after the person was forgotten."""

KINDS: Final = frozenset(
    {
        PlaceKind.INVITATION,
        PlaceKind.MEMBERS,
        PlaceKind.MEMBER,
        PlaceKind.MEMBER_REMOVE,
        PlaceKind.ADMIT,
        PlaceKind.ASSIGN,
        PlaceKind.CONFLICT,
        PlaceKind.FORGET,
    }
)


def is_real(place: Place, world: World) -> bool:  # noqa: PLR0911 - one for each kind
    """Whether there is what the place is about, and the person may see it."""
    match place.kind:
        case PlaceKind.INVITATION:
            return not place.subject or joining.at_hand(place, world) is not None
        case PlaceKind.MEMBERS:
            return _is_mine(world, station_of(place))
        case PlaceKind.MEMBER:
            return member(place, world) is not None
        case PlaceKind.MEMBER_REMOVE:
            found = member(place, world)
            return found is not None and found.person != world.person and stations.leads(world, found.station)
        case PlaceKind.ADMIT:
            return waiting(place, world) is not None
        case PlaceKind.FORGET:
            return place.subject in ("", FORGOTTEN)
        case PlaceKind.CONFLICT:
            return contests.is_real(world, place.subject)
        case _:
            return _is_chapter_to_give(place.subject, world)


def _is_chapter_to_give(subject: str, world: World) -> bool:
    assessment = world.assessment
    if assessment is None or assessment.kind is not Kind.SELF_ASSESSMENT or assessment.station is None:
        return False
    is_chapter = any(chapter.id == subject for chapter in world.rubric.chapters)
    return is_chapter and stations.leads(world, assessment.station)


def station_of(place: Place) -> StationId:
    """The station that the place is about; 0 for none."""
    return _number(place.subject.partition("/")[0])


def member(place: Place, world: World) -> Membership | None:
    """The member that the place is about, as colleagues may see them."""
    station, person = station_of(place), _number(place.subject.partition("/")[2])
    if not _is_mine(world, station) or place.subject != f"{station}/{person}":
        return None
    return stations.current(world, station, person)


def waiting(place: Place, world: World) -> Invitation | None:
    """The invitation that waits for the person to let somebody in."""
    invitation = world.roster.invitation(_number(place.subject))
    if invitation is None or invitation.state is not InvitationState.WAITING or not invitation.is_alive(world.now):
        return None
    return invitation if stations.leads(world, invitation.station) else None


def _is_mine(world: World, station: StationId) -> bool:
    return any(each.station == station for each in world.roster.mine())


def _number(digits: str) -> int:
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
    return int(digits) if is_number else 0
