"""What a step of the conversation may look up about stations, and how that reads after what the step brings about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

from bot.stations.events import InvitationChanged, MembershipChanged, PersonForgotten

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.stations.events import StationEvent
    from bot.stations.model import (
        Authority,
        Footprint,
        Invitation,
        InvitationId,
        Membership,
        PersonId,
        Presence,
        Station,
        StationId,
    )


class Roster(Protocol):
    """Reads about stations, all of one moment; what nobody asks for is never read."""

    def mine(self) -> tuple[Membership, ...]:
        """Where the person belongs now, last joined first."""

    def station(self, station: StationId) -> Station | None:
        """The station of that number."""

    def authority(self, code: str) -> Authority | None:
        """The approving authority of that code."""

    def members(self, station: StationId) -> tuple[Membership, ...]:
        """Everybody who belongs to the station or ever did, in the order in which they joined."""

    def invitations(self, station: StationId) -> tuple[Invitation, ...]:
        """The station's invitations that can still come to something, oldest first."""

    def invitation(self, number: InvitationId) -> Invitation | None:
        """The invitation of that number; nobody else changes it until the step is done."""

    def find(self, digest: bytes) -> Invitation | None:
        """The invitation whose link has that digest; nobody else changes it until the step is done."""

    def guesses(self, since: datetime) -> int:
        """How often the person guessed wrong since then."""

    def present(self, since: datetime) -> tuple[Presence, ...]:
        """Where the others were last seen in the assessment at hand, if since then."""

    def begun(self, station: StationId) -> int | None:
        """The station's self-assessment, if somebody began one."""

    def hold(self, station: StationId) -> int | None:
        """The same; nobody else begins one until the step is done."""

    def footprint(self) -> Footprint | None:
        """What is kept of the person."""

    def fresh_words(self) -> str:
        """Words for a link that nobody has used or can guess: 256 random bits."""


class _Nobody:
    """A roster without stations."""

    def mine(self) -> tuple[Membership, ...]:
        return ()

    def station(self, station: StationId) -> Station | None:  # noqa: ARG002 - see Roster
        return None

    def authority(self, code: str) -> Authority | None:  # noqa: ARG002 - see Roster
        return None

    def members(self, station: StationId) -> tuple[Membership, ...]:  # noqa: ARG002 - see Roster
        return ()

    def invitations(self, station: StationId) -> tuple[Invitation, ...]:  # noqa: ARG002 - see Roster
        return ()

    def invitation(self, number: InvitationId) -> Invitation | None:  # noqa: ARG002 - see Roster
        return None

    def find(self, digest: bytes) -> Invitation | None:  # noqa: ARG002 - see Roster
        return None

    def guesses(self, since: datetime) -> int:  # noqa: ARG002 - see Roster
        return 0

    def present(self, since: datetime) -> tuple[Presence, ...]:  # noqa: ARG002 - see Roster
        return ()

    def begun(self, station: StationId) -> int | None:  # noqa: ARG002 - see Roster
        return None

    def hold(self, station: StationId) -> int | None:  # noqa: ARG002 - see Roster
        return None

    def footprint(self) -> Footprint | None:
        return None

    def fresh_words(self) -> str:
        return ""


NOBODY: Final[Roster] = _Nobody()
"""Where there are no stations: in the terminal, and in rehearsals of practice runs."""


@dataclass(frozen=True)
class _After:
    """A roster as it reads once what happened is kept."""

    before: Roster
    person: PersonId
    members_changed: tuple[Membership, ...]
    invitations_changed: tuple[Invitation, ...]
    now: datetime

    def mine(self) -> tuple[Membership, ...]:
        theirs = tuple(each for each in self.members_changed if each.person == self.person)
        kept = (each for each in self.before.mine() if each.station not in {other.station for other in theirs})
        return tuple(each for each in (*theirs, *kept) if each.is_current)

    def station(self, station: StationId) -> Station | None:
        return self.before.station(station)

    def authority(self, code: str) -> Authority | None:
        return self.before.authority(code)

    def members(self, station: StationId) -> tuple[Membership, ...]:
        changed = {each.person: each for each in self.members_changed if each.station == station}
        kept = tuple(changed.pop(each.person, each) for each in self.before.members(station))
        return (*kept, *changed.values())

    def invitations(self, station: StationId) -> tuple[Invitation, ...]:
        changed = {each.id: each for each in self.invitations_changed if each.station == station}
        kept = tuple(changed.pop(each.id, each) for each in self.before.invitations(station))
        return tuple(each for each in (*kept, *changed.values()) if each.is_alive(self.now))

    def invitation(self, number: InvitationId) -> Invitation | None:
        changed = (each for each in self.invitations_changed if each.id == number)
        return next(changed, None) or self.before.invitation(number)

    def find(self, digest: bytes) -> Invitation | None:
        changed = (each for each in self.invitations_changed if each.digest == digest)
        return next(changed, None) or self.before.find(digest)

    def guesses(self, since: datetime) -> int:
        return self.before.guesses(since)

    def present(self, since: datetime) -> tuple[Presence, ...]:
        return self.before.present(since)

    def begun(self, station: StationId) -> int | None:
        return self.before.begun(station)

    def hold(self, station: StationId) -> int | None:
        return self.before.hold(station)

    def footprint(self) -> Footprint | None:
        return self.before.footprint()

    def fresh_words(self) -> str:
        return self.before.fresh_words()


def after(roster: Roster, events: Iterable[StationEvent], *, person: PersonId, now: datetime) -> Roster:
    """The roster as it reads once the events are kept."""
    happened = tuple(events)
    if not happened:
        return roster
    invitations = {each.invitation.id: each.invitation for each in happened if isinstance(each, InvitationChanged)}
    members = {
        (each.membership.station, each.membership.person): each.membership
        for each in happened
        if isinstance(each, MembershipChanged)
    }
    if any(isinstance(each, PersonForgotten) for each in happened):
        members |= {(each.station, each.person): _gone(each, now) for each in roster.mine()}
    return _After(roster, person, tuple(members.values()), tuple(invitations.values()), now)


def _gone(membership: Membership, now: datetime) -> Membership:
    return replace(membership, name="", deputy=False, ended_at=now)
