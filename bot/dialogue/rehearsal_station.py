"""A station held in memory, for rehearsals of several people: what each of them may look up, and what happens to it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.stations.events import ConsentGiven, GuessedWrong, InvitationChanged, MembershipChanged, PersonForgotten
from bot.stations.model import Footprint, Presence

if TYPE_CHECKING:
    from datetime import datetime

    from bot.stations.events import StationEvent
    from bot.stations.model import Authority, Invitation, InvitationId, Membership, PersonId, Station, StationId


@dataclass
class RehearsedStation:
    """One station with its people; `assessment` is its self-assessment once there is one."""

    here: Station
    over: Authority
    people: dict[PersonId, Membership] = field(default_factory=dict)
    invited: dict[InvitationId, Invitation] = field(default_factory=dict)
    guessed: list[tuple[PersonId, datetime]] = field(default_factory=list)
    agreed: list[tuple[PersonId, int, datetime, bool]] = field(default_factory=list)
    seen: dict[PersonId, Presence] = field(default_factory=dict)
    assessment: int | None = None
    words: int = 0

    def keep(self, event: StationEvent, person: PersonId, now: datetime) -> None:
        """Something happened, brought about by that person."""
        match event:
            case InvitationChanged(invitation):
                self.invited[invitation.id] = invitation
            case MembershipChanged(membership):
                self.people[membership.person] = membership
            case ConsentGiven(version=version):
                self.agreed.append((person, version, now, True))
            case GuessedWrong():
                self.guessed.append((person, now))
            case PersonForgotten():
                self._forget(person, now)

    def _forget(self, person: PersonId, now: datetime) -> None:
        if person in self.people:
            self.people[person] = replace(self.people[person], name="", deputy=False, ended_at=now)


@dataclass(frozen=True)
class RehearsedRoster:
    """The `Roster` of one person at a rehearsed station."""

    troupe: RehearsedStation
    person: PersonId
    now: datetime

    def mine(self) -> tuple[Membership, ...]:
        """Where the person belongs now."""
        own = self.troupe.people.get(self.person)
        return (own,) if own is not None and own.is_current else ()

    def station(self, station: StationId) -> Station | None:
        """The one station there is."""
        return self.troupe.here if station == self.troupe.here.id else None

    def authority(self, code: str) -> Authority | None:
        """The one authority there is."""
        return self.troupe.over if code == self.troupe.over.code else None

    def members(self, station: StationId) -> tuple[Membership, ...]:
        """Everybody who belongs to the station or ever did."""
        return tuple(self.troupe.people.values()) if station == self.troupe.here.id else ()

    def invitations(self, station: StationId) -> tuple[Invitation, ...]:
        """The invitations that can still come to something."""
        alive = tuple(each for each in self.troupe.invited.values() if each.is_alive(self.now))
        return alive if station == self.troupe.here.id else ()

    def invitation(self, number: InvitationId) -> Invitation | None:
        """The invitation of that number."""
        return self.troupe.invited.get(number)

    def find(self, digest: bytes) -> Invitation | None:
        """The invitation whose link has that digest."""
        return next((each for each in self.troupe.invited.values() if each.digest == digest), None)

    def guesses(self, since: datetime) -> int:
        """How often the person guessed wrong since then."""
        return sum(who == self.person and at > since for who, at in self.troupe.guessed)

    def present(self, since: datetime) -> tuple[Presence, ...]:
        """Where people were last seen."""
        return tuple(each for each in self.troupe.seen.values() if each.at >= since)

    def begun(self, station: StationId) -> int | None:
        """The station's self-assessment."""
        return self.troupe.assessment if station == self.troupe.here.id else None

    def hold(self, station: StationId) -> int | None:
        """The same: nobody else acts meanwhile."""
        return self.begun(station)

    def footprint(self) -> Footprint | None:
        """What is kept of the person."""
        own = self.troupe.people.get(self.person)
        consents = tuple((version, at, given) for who, version, at, given in self.troupe.agreed if who == self.person)
        return Footprint(self.now if own is None else own.joined_at, 0, 0, consents)

    def fresh_words(self) -> str:
        """The next words, as long as real ones."""
        self.troupe.words += 1
        return f"{self.troupe.words:043d}"
