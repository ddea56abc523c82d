"""What a turn looks up about stations, in its own transaction."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from bot.assessments.model import Assessment, AssessmentId, PersonId, StationId
    from bot.services.ports import Transaction
    from bot.stations.model import (
        Authority,
        Footprint,
        Invitation,
        InvitationId,
        Membership,
        Presence,
        Station,
    )

_BYTES: Final = 32


@dataclass(frozen=True)
class StoredRoster:
    """The `Roster` of a person over a database; where they belong is read once a turn, if at all."""

    tx: Transaction
    person: PersonId
    assessment: Assessment | None
    now: datetime

    @cached_property
    def _mine(self) -> tuple[Membership, ...]:
        return self.tx.memberships(self.person)

    def mine(self) -> tuple[Membership, ...]:
        """Where the person belongs now, last joined first."""
        return self._mine

    def station(self, station: StationId) -> Station | None:
        """The station of that number."""
        return self.tx.station(station)

    def authority(self, code: str) -> Authority | None:
        """The approving authority of that code."""
        return self.tx.authority(code)

    def members(self, station: StationId) -> tuple[Membership, ...]:
        """Everybody who belongs to the station or ever did."""
        return self.tx.members(station)

    def invitations(self, station: StationId) -> tuple[Invitation, ...]:
        """The station's invitations that can still come to something."""
        return self.tx.invitations(station, self.now)

    def invitation(self, number: InvitationId) -> Invitation | None:
        """The invitation of that number."""
        return self.tx.invitation(number)

    def find(self, digest: bytes) -> Invitation | None:
        """The invitation whose link has that digest."""
        return self.tx.invitation_by_digest(digest)

    def guesses(self, since: datetime) -> int:
        """How often the person guessed wrong since then."""
        return self.tx.guesses(self.person, since)

    def present(self, since: datetime) -> tuple[Presence, ...]:
        """Where people were last seen in the assessment at hand."""
        return () if self.assessment is None else self.tx.present(self.assessment.id, since)

    def begun(self, station: StationId) -> AssessmentId | None:
        """The station's self-assessment, if somebody began one."""
        return self.tx.begun(station)

    def hold(self, station: StationId) -> AssessmentId | None:
        """The same; nobody else begins one until the turn is done."""
        return self.tx.hold(station)

    def footprint(self) -> Footprint | None:
        """What is kept of the person."""
        return self.tx.footprint(self.person)

    def fresh_words(self) -> str:
        """Words for a link that nobody has used or can guess."""
        return secrets.token_urlsafe(_BYTES)
