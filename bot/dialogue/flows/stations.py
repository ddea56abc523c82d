"""Acting at a station: beginning the self-assessment, inviting, letting in, removing, naming a deputy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.assessments.model import Assessment, Kind
from bot.assessments.permissions import may_lead
from bot.dialogue import deeplinks, walk
from bot.dialogue.position import HOME, Place, PlaceKind, Position
from bot.dialogue.scene import go, stay
from bot.dialogue.screen import Notice, say
from bot.dialogue.turn import AssessmentStarted, Event, Move, PersonTold
from bot.stations import invitations
from bot.stations.events import InvitationChanged, MembershipChanged
from bot.stations.model import InvitationState, Role

if TYPE_CHECKING:
    from bot.dialogue.station_intents import (
        Admit,
        Deputise,
        Invite,
        Refuse,
        Remove,
        StartSelfAssessment,
        Withdraw,
    )
    from bot.dialogue.world import World
    from bot.stations.model import Invitation, InvitationId, Membership, PersonId, StationId

FORM: Final = ("sichuan-2017", 1)
"""The form that stands beside a self-assessment."""

PICTURE: Final = "qr"
"""The kind of document that shows an invitation's link as a QR code; its arguments are the words of the link."""

MOST_INVITATIONS: Final = 20
"""How many invitations of one station may be open at a time."""


def members_of(station: StationId) -> Place:
    """The screen of the station's members."""
    return Place(PlaceKind.MEMBERS, str(station))


def member_of(station: StationId, person: PersonId, kind: PlaceKind = PlaceKind.MEMBER) -> Place:
    """The screen about one member."""
    return Place(kind, f"{station}/{person}")


def leads(world: World, station: StationId) -> bool:
    """Whether the person acts for that station."""
    return may_lead(world.person, station, world.roster.mine())


def current(world: World, station: StationId, person: PersonId) -> Membership | None:
    """How somebody belongs to the station now; None when they do not."""
    found = (each for each in world.roster.members(station) if each.person == person and each.is_current)
    return next(found, None)


def start(position: Position, world: World, intent: StartSelfAssessment) -> Move:
    """The station's self-assessment begins, unless a colleague has begun it."""
    if not any(each.station == intent.station for each in world.roster.mine()):
        return stay(position, "notice.no_right")
    if world.roster.hold(intent.station) is not None:
        return Move(go(position, HOME), notice=Notice(say("notice.self_begun_already")))
    assessment = Assessment(
        id=world.archive.fresh_id(),
        rubric_id=world.rubric.id,
        rubric_version=world.rubric.version,
        kind=Kind.SELF_ASSESSMENT,
        owner=world.person,
        created_at=world.now,
        station=intent.station,
        form=FORM,
    )
    first = walk.first_open(world.rubric, assessment, position.walk)
    begun = Position(place=first, assessment=assessment.id, walk=position.walk, back=first)
    return Move(begun, (AssessmentStarted(assessment),), Notice(say("notice.self_started")))


def invite(position: Position, world: World, intent: Invite) -> Move:
    """A link is made, and sent as a message and a picture of its own that can be passed on."""
    alive = world.roster.invitations(intent.station)
    if not leads(world, intent.station):
        return stay(position, "notice.no_right")
    if len(alive) != intent.drawn:
        return Move(go(position, members_of(intent.station)), notice=Notice(say("notice.invited_already")))
    if len(alive) >= MOST_INVITATIONS:
        return stay(position, "notice.too_many_invitations", most=MOST_INVITATIONS)
    words, number = world.roster.fresh_words(), world.archive.fresh_id()
    made = invitations.made(number, words, station=intent.station, role=intent.role, by=world.person, now=world.now)
    link = Notice(say(LINKS[intent.role], link=deeplinks.invitation(words, world.bot), until=made.expires_at))
    told = PersonTold(world.person, link, document=f"{PICTURE}:{words}")
    events: tuple[Event, ...] = (InvitationChanged(made), told)
    return Move(go(position, members_of(intent.station)), events, Notice(say("notice.invited")))


LINKS: Final = {
    Role.FILLER: "told.link_filler",
    Role.CONTACT: "told.link_contact",
    Role.HEAD: "told.link_head",
}


def withdraw(position: Position, world: World, intent: Withdraw) -> Move:
    """An invitation shall come to nothing; who was joining by it is told."""
    return _end(position, world, intent.invitation, InvitationState.WITHDRAWN)


def refuse(position: Position, world: World, intent: Refuse) -> Move:
    """Whoever opened the invitation is somebody else."""
    return _end(position, world, intent.invitation, InvitationState.REFUSED)


def admit(position: Position, world: World, intent: Admit) -> Move:
    """Whoever opened the invitation belongs to the station from now on."""
    invitation = _alive(world, intent.invitation)
    if invitation is None or invitation.state is not InvitationState.WAITING:
        return stay(position, "notice.invitation_over")
    used = replace(invitation, state=InvitationState.USED)
    joined = invitations.membership(used, world.now)
    told = PersonTold(joined.person, Notice(say("joining.welcome", name=joined.name)), HOME)
    events = (InvitationChanged(used), MembershipChanged(joined), told)
    return Move(_beside(position, invitation), events, Notice(say("notice.admitted", name=joined.name)))


def _end(position: Position, world: World, number: InvitationId, state: InvitationState) -> Move:
    invitation = _alive(world, number)
    if invitation is None:
        return stay(position, "notice.invitation_over")
    events: list[Event] = [InvitationChanged(replace(invitation, state=state, name=""))]
    if invitation.opened_by is not None:
        events.append(PersonTold(invitation.opened_by, Notice(say("told.not_admitted"))))
    key = "notice.withdrawn" if state is InvitationState.WITHDRAWN else "notice.refused"
    return Move(_beside(position, invitation), tuple(events), Notice(say(key)))


def _alive(world: World, number: InvitationId) -> Invitation | None:
    invitation = world.roster.invitation(number)
    if invitation is None or not invitation.is_alive(world.now) or not leads(world, invitation.station):
        return None
    return invitation


def _beside(position: Position, invitation: Invitation) -> Position:
    """Whoever is asked in the middle of something else goes on with that."""
    is_there = position.place.kind in (PlaceKind.ADMIT, PlaceKind.MEMBERS)
    return go(position, members_of(invitation.station)) if is_there else position


def remove(position: Position, world: World, intent: Remove) -> Move:
    """A member no longer belongs to the station; what they wrote stays."""
    member = current(world, intent.station, intent.person)
    if member is None or not leads(world, intent.station) or member.person == world.person:
        return stay(position, "notice.no_right")
    ended = MembershipChanged(replace(member, deputy=False, ended_at=world.now))
    told = PersonTold(member.person, Notice(say("told.removed", station=station_name(world, intent.station))))
    notice = Notice(say("notice.removed", name=member.name))
    return Move(go(position, members_of(intent.station)), (ended, told), notice)


def deputise(position: Position, world: World, intent: Deputise) -> Move:
    """The head lets somebody act for the station, or no longer."""
    member, mine = current(world, intent.station, intent.person), current(world, intent.station, world.person)
    if mine is None or mine.role is not Role.HEAD or member is None or member.role is Role.HEAD:
        return stay(position, "notice.no_right")
    if member.deputy is bool(intent.on):
        return stay(position, "notice.nothing_changed")
    changed = MembershipChanged(replace(member, deputy=bool(intent.on)))
    named, told = ("notice.deputised", "told.deputised") if intent.on else ("notice.undeputised", "told.undeputised")
    heard = PersonTold(member.person, Notice(say(told, station=station_name(world, intent.station))))
    return Move(
        go(position, member_of(intent.station, member.person)), (changed, heard), Notice(say(named, name=member.name))
    )


def station_name(world: World, station: StationId) -> str:
    """What the station is called."""
    found = world.roster.station(station)
    return "" if found is None else found.name
