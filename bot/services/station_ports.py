"""What the use cases need from a database about stations; every method runs inside the one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from bot.assessments.model import AssessmentId, PersonId, StationId
    from bot.stations.model import (
        Authority,
        Footprint,
        Invitation,
        InvitationId,
        Membership,
        Presence,
        Station,
    )


class StationRecords(Protocol):
    """Authorities, stations, who belongs to them, and the invitations by which they come."""

    def authorities(self) -> list[Authority]:
        """Every authority, by its code."""

    def authority(self, code: str) -> Authority | None:
        """The authority of that code."""

    def save_authority(self, authority: Authority) -> None:
        """Store an authority, or change the one of that code."""

    def stations(self) -> list[Station]:
        """Every station, by its code."""

    def station(self, station: StationId) -> Station | None:
        """The station of that number."""

    def station_by_code(self, code: str) -> Station | None:
        """The station of that code."""

    def save_station(self, station: Station) -> None:
        """Store a station, or change the one of that code; its number is the database's to give."""

    def begun(self, station: StationId) -> AssessmentId | None:
        """The station's self-assessment, if somebody began one."""

    def hold(self, station: StationId) -> AssessmentId | None:
        """The same; until the end of the transaction nobody else begins one."""

    def memberships(self, person: PersonId) -> tuple[Membership, ...]:
        """Where the person belongs now, last joined first."""

    def members(self, station: StationId) -> tuple[Membership, ...]:
        """Everybody who belongs to the station or ever did, in the order in which they joined."""

    def save_membership(self, membership: Membership) -> None:
        """Store how somebody belongs to a station."""

    def record_consent(self, person: PersonId, station: StationId, version: int, *, given: bool, now: datetime) -> None:
        """Keep that the person agreed to the statement of that version, or took it back."""

    def present(self, assessment: AssessmentId, since: datetime) -> tuple[Presence, ...]:
        """Where people were last seen in the assessment, if since then, last seen first."""

    def invitation(self, number: InvitationId) -> Invitation | None:
        """The invitation of that number; until the end of the transaction nobody else may change it."""

    def invitation_by_digest(self, digest: bytes) -> Invitation | None:
        """The invitation whose link has that digest; until the end of the transaction nobody else may change it."""

    def invitations(self, station: StationId, now: datetime) -> tuple[Invitation, ...]:
        """The station's invitations that can still come to something, oldest first."""

    def save_invitation(self, invitation: Invitation) -> None:
        """Store an invitation, or what became of it."""

    def count_guess(self, person: PersonId, now: datetime) -> None:
        """Keep that the person guessed wrong."""

    def guesses(self, person: PersonId, since: datetime) -> int:
        """How often the person guessed wrong since then."""

    def footprint(self, person: PersonId) -> Footprint | None:
        """What is kept of the person."""

    def forget(self, person: PersonId, now: datetime) -> None:
        """Take away who the person is: what they wrote stays, under a number that leads to nobody any more."""
