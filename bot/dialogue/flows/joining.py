"""Joining a station: a link is opened, the statement agreed to, a code and a name said, and the inviter asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.dialogue.position import HOME, Place, PlaceKind, Position
from bot.dialogue.scene import go, stay, warn
from bot.dialogue.screen import Notice, say
from bot.dialogue.turn import Event, Move, PersonTold
from bot.stations import invitations
from bot.stations.events import ConsentGiven, GuessedWrong, InvitationChanged, MembershipChanged
from bot.stations.invitations import CONSENT, GUESSES, LONGEST_NAME, WORTH_TELLING, Outcome, Stage
from bot.stations.model import InvitationState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.dialogue.station_intents import Agree, Decline
    from bot.dialogue.world import World
    from bot.stations.model import Invitation, InvitationId

_MOST_DIGITS: Final = 16


def place_of(invitation: InvitationId) -> Place:
    """The screen of somebody who is joining by that invitation."""
    return Place(PlaceKind.INVITATION, str(invitation))


def at_hand(place: Place, world: World) -> Invitation | None:
    """The invitation that the person is joining by; None when it is somebody else's, or over."""
    digits = place.subject
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
    return _own(int(digits), world) if is_number else None


def _own(number: InvitationId, world: World) -> Invitation | None:
    invitation = world.roster.invitation(number)
    if invitation is None or invitation.opened_by != world.person or not invitation.is_alive(world.now):
        return None
    return invitation


def open_link(position: Position, words: str, world: World) -> Move:
    """The person followed a link of an invitation."""
    invitation = world.roster.find(invitations.digest(words))
    outcome = invitations.opening(
        invitation,
        world.person,
        world.now,
        guesses=world.roster.guesses(world.now - invitations.WINDOW),
        is_member=invitation is not None and any(each.station == invitation.station for each in world.roster.mine()),
    )
    if invitation is not None and outcome in (Outcome.OPENED, Outcome.RESUMED):
        events = (InvitationChanged(invitations.opened(invitation, world.person)),) if outcome is Outcome.OPENED else ()
        return Move(go(position, place_of(invitation.id)), events)
    notice = Notice(say(_REFUSALS[outcome]))
    return Move(go(position, HOME), tuple(_consequences(invitation, outcome)), notice)


def _consequences(invitation: Invitation | None, outcome: Outcome) -> Iterator[Event]:
    if outcome in GUESSES:
        yield GuessedWrong()
    if invitation is not None and invitation.by is not None and outcome in WORTH_TELLING:
        yield PersonTold(invitation.by, Notice(say("told.opened_in_vain", at=invitation.created_at)))


_REFUSALS = {
    Outcome.ALREADY_IN: "joining.already_in",
    Outcome.OWN: "joining.own",
    Outcome.BLOCKED: "joining.blocked",
    Outcome.UNKNOWN: "joining.unknown",
    Outcome.EXPIRED: "joining.expired",
    Outcome.TAKEN: "joining.taken",
    Outcome.USED: "joining.used",
    Outcome.REFUSED: "joining.refused",
    Outcome.WITHDRAWN: "joining.withdrawn",
}


def agree(position: Position, world: World, intent: Agree) -> Move:
    """The person agreed to the statement that they were shown."""
    invitation = _own(intent.invitation, world)
    if invitation is None:
        return _over(position)
    if intent.version != CONSENT or invitation.consent:
        return Move(go(position, place_of(invitation.id)))
    agreed = InvitationChanged(replace(invitation, consent=CONSENT))
    return Move(go(position, place_of(invitation.id)), (agreed, ConsentGiven(invitation.station, CONSENT)))


def decline(position: Position, world: World, intent: Decline) -> Move:
    """The person does not want to join after all."""
    invitation = _own(intent.invitation, world)
    if invitation is None:
        return _over(position)
    events: list[Event] = [InvitationChanged(replace(invitation, state=InvitationState.REFUSED, name=""))]
    if invitation.by is not None:
        events.append(PersonTold(invitation.by, Notice(say("told.declined", at=invitation.created_at))))
    return Move(go(position, HOME), tuple(events), Notice(say("joining.declined")))


def typed(position: Position, world: World, invitation: Invitation, text: str) -> Move:
    """Words were typed while joining: the code, or the name that colleagues are shown."""
    match invitations.stage(invitation):
        case Stage.CODE:
            return _code(position, world, invitation, text)
        case Stage.NAME:
            return _name(position, world, invitation, text)
        case Stage.CONSENT:
            return stay(position, "joining.agree_first")
        case Stage.WAITING:
            return stay(position, "joining.still_waiting")


def _code(position: Position, world: World, invitation: Invitation, text: str) -> Move:
    if world.roster.guesses(world.now - invitations.WINDOW) >= invitations.MOST_GUESSES:
        return warn(position, "joining.blocked")
    tried = invitations.said_code(invitation, "".join(text.split()))
    if not tried.code:
        return Move(position, (InvitationChanged(tried),))
    is_over = tried.state is InvitationState.WITHDRAWN
    notice = Notice(say("joining.spoilt" if is_over else "joining.wrong_code"))
    return Move(go(position, HOME) if is_over else position, (InvitationChanged(tried), GuessedWrong()), notice)


def _name(position: Position, world: World, invitation: Invitation, text: str) -> Move:
    name = " ".join(text.split())
    if len(name) > LONGEST_NAME or not any(sign.isalnum() for sign in name):
        return stay(position, "joining.no_name", most=LONGEST_NAME)
    named = invitations.named(invitation, name)
    if named.state is InvitationState.USED:
        joined = MembershipChanged(invitations.membership(named, world.now))
        return Move(go(position, HOME), (InvitationChanged(named), joined), Notice(say("joining.welcome", name=name)))
    asked = Notice(say("told.waiting", name=name))
    told = () if invitation.by is None else (PersonTold(invitation.by, asked, Place(PlaceKind.ADMIT, str(named.id))),)
    return Move(position, (InvitationChanged(named), *told), Notice(say("joining.waiting")))


def _over(position: Position) -> Move:
    return Move(go(position, HOME), notice=Notice(say("joining.over")))
