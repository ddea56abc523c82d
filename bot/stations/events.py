"""What can happen to stations and their people, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from bot.stations.model import Invitation, Membership, StationId


@dataclass(frozen=True, slots=True)
class InvitationChanged:
    """An invitation was made, or something became of it; this is how it stands."""

    invitation: Invitation


@dataclass(frozen=True, slots=True)
class MembershipChanged:
    """Somebody joined, was made deputy, or left; this is how it stands."""

    membership: Membership


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """The person agreed to that version of the statement, for that station."""

    station: StationId
    version: int


@dataclass(frozen=True, slots=True)
class GuessedWrong:
    """The person opened a link, or said a code, that opens nothing."""


@dataclass(frozen=True, slots=True)
class PersonForgotten:
    """The person asked to be forgotten."""


StationEvent: TypeAlias = InvitationChanged | MembershipChanged | ConsentGiven | GuessedWrong | PersonForgotten
