"""The people of a station: the list, one member, and who waits to be let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.flows.station_places import member as member_at
from bot.dialogue.flows.station_places import station_of, waiting
from bot.dialogue.flows.stations import current, leads, member_of, members_of, station_name
from bot.dialogue.phrases import author
from bot.dialogue.position import HOME, Place, PlaceKind
from bot.dialogue.screen import BLANK, Block, Button, Emphasis, bold, line, say
from bot.dialogue.screens.roles import ROLES, role_words
from bot.dialogue.screens.view import Row, View, in_rows, opening
from bot.dialogue.station_intents import Admit, Deputise, Invite, Refuse, Remove, Withdraw
from bot.stations.model import InvitationState, Role

if TYPE_CHECKING:
    from bot.dialogue.screen import Say, Screen
    from bot.stations.model import Invitation, Membership, StationId

_IN_A_ROW = 2
_INVITING = {
    Role.FILLER: "button.invite_filler",
    Role.CONTACT: "button.invite_contact",
    Role.HEAD: "button.invite_head",
}


def members(view: View) -> Screen:
    """Who belongs to the station, and, for who leads it, the invitations that are open."""
    world, station = view.world, station_of(view.position.place)
    blocks: list[Block] = [line(bold(station_name(world, station))), *_authority(view, station), BLANK]
    people = [each for each in world.roster.members(station) if each.is_current]
    blocks += [line(say("members.one", name=each.name, role=role_words(each))) for each in people]
    rows = in_rows([opening(each.name, member_of(station, each.person)) for each in people], _IN_A_ROW)
    if leads(world, station):
        alive = world.roster.invitations(station)
        blocks += [BLANK, line(bold(say("members.invitations")))] if alive else []
        blocks += [line(_standing(view, each)) for each in alive]
        rows += [_act_on(each) for each in alive]
        rows += [(Button(say(key), Invite(station, role, len(alive))),) for role, key in _INVITING.items()]
    return view.screen(blocks, [*rows, (opening(say("button.home"), HOME),)])


def _authority(view: View, station: StationId) -> list[Block]:
    found = view.world.roster.station(station)
    authority = None if found is None else view.world.roster.authority(found.authority)
    if found is None or authority is None:
        return []
    return [line(say("members.direct" if found.direct else "members.authority", authority=authority.name))]


_STANDING = {
    InvitationState.OPEN: "members.open",
    InvitationState.OPENED: "members.opened",
    InvitationState.WAITING: "members.waiting",
}


def _standing(view: View, invitation: Invitation) -> Say:
    by = say("author.operator") if invitation.by is None else _named(view, invitation)
    key, role = _STANDING[invitation.state], say(ROLES[invitation.role])
    return say(key, role=role, by=by, until=invitation.expires_at, name=invitation.name)


def _named(view: View, invitation: Invitation) -> Say:
    by = invitation.by or 0
    names = {each.person: each.name for each in view.world.roster.members(invitation.station)}
    is_known = by != view.world.person and names.get(by)
    return say("author.named", name=names[by]) if is_known else author(by, view.world.person)


def _act_on(invitation: Invitation) -> Row:
    role = say(ROLES[invitation.role])
    if invitation.state is InvitationState.WAITING:
        there = Place(PlaceKind.ADMIT, str(invitation.id))
        return (opening(say("button.look_at", name=invitation.name), there, Emphasis.PRIMARY),)
    return (Button(say("button.withdraw", role=role, at=invitation.created_at), Withdraw(invitation.id)),)


def member(view: View) -> Screen:
    """One member: what they are, and what who leads the station may do."""
    found = _there(view)
    blocks = [line(bold(found.name)), line(role_words(found)), line(say("member.since", at=found.joined_at))]
    mine = current(view.world, found.station, view.world.person)
    rows: list[Row] = []
    if mine is not None and mine.role is Role.HEAD and found.role is not Role.HEAD:
        key = "button.undeputise" if found.deputy else "button.deputise"
        rows.append((Button(say(key), Deputise(found.station, found.person, 0 if found.deputy else 1)),))
    if mine is not None and mine.leads and found.person != view.world.person:
        there = member_of(found.station, found.person, PlaceKind.MEMBER_REMOVE)
        rows.append((opening(say("button.remove"), there, Emphasis.DANGER),))
    return view.screen(blocks, [*rows, (opening(say("button.members"), members_of(found.station)),)])


def remove(view: View) -> Screen:
    """Asked once more before somebody is removed."""
    found = _there(view)
    blocks = [line(bold(say("member.remove", name=found.name))), line(say("member.remove_means"))]
    yes = Button(say("button.remove"), Remove(found.station, found.person), Emphasis.DANGER)
    no = opening(say("button.back"), member_of(found.station, found.person))
    return view.screen(blocks, [(yes,), (no,)])


def _there(view: View) -> Membership:
    found = member_at(view.position.place, view.world)
    assert found is not None  # noqa: S101 - `station_places.is_real` comes first
    return found


def admit(view: View) -> Screen:
    """Somebody opened an invitation and said who they are: is it the one it was meant for?"""
    found = waiting(view.position.place, view.world)
    assert found is not None  # noqa: S101 - `station_places.is_real` comes first
    name, station = found.name, station_name(view.world, found.station)
    blocks = [
        line(bold(say("admit.title", name=name))),
        line(say("admit.what", station=station, role=say(ROLES[found.role]), at=found.created_at)),
        line(say("admit.check")),
    ]
    yes = Button(say("button.admit", name=name), Admit(found.id), Emphasis.SUCCESS)
    no = Button(say("button.refuse"), Refuse(found.id), Emphasis.DANGER)
    return view.screen(blocks, [(yes,), (no,), (opening(say("button.members"), members_of(found.station)),)])
