"""What the buttons around stations ask for: joining, inviting, letting in, and sharing out the work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from bot.rubric.model import ItemId
    from bot.stations.model import Role


@dataclass(frozen=True, slots=True)
class StartSelfAssessment:
    """Begin the station's 自查自评, or go on with the one that was begun."""

    station: int


@dataclass(frozen=True, slots=True)
class Agree:
    """I opened this invitation, and agree to the statement of that version."""

    invitation: int
    version: int


@dataclass(frozen=True, slots=True)
class Decline:
    """I opened this invitation, and do not want to join."""

    invitation: int


@dataclass(frozen=True, slots=True)
class Invite:
    """Make a link for somebody to join the station in that role; `drawn` is how many invitations there were."""

    station: int
    role: Role
    drawn: int


@dataclass(frozen=True, slots=True)
class Withdraw:
    """That invitation shall come to nothing."""

    invitation: int


@dataclass(frozen=True, slots=True)
class Admit:
    """Whoever opened that invitation is the one it was meant for: let them in."""

    invitation: int


@dataclass(frozen=True, slots=True)
class Refuse:
    """Whoever opened that invitation is somebody else: do not let them in."""

    invitation: int


@dataclass(frozen=True, slots=True)
class Remove:
    """That member no longer belongs to the station."""

    station: int
    person: int


@dataclass(frozen=True, slots=True)
class Deputise:
    """That member may do what the head may (`on` 1), or no longer (0)."""

    station: int
    person: int
    on: int


@dataclass(frozen=True, slots=True)
class Assign:
    """That chapter is that member's to fill in; 0: nobody's in particular."""

    chapter: str
    person: int


@dataclass(frozen=True, slots=True)
class Forget:
    """Forget who I am."""

    person: int


@dataclass(frozen=True, slots=True)
class FetchMyData:
    """Send me everything that is kept of me."""


@dataclass(frozen=True, slots=True)
class PutMine:
    """Of two answers to one item mine shall stand, if the item still has the revision."""

    item: ItemId
    revision: int


StationIntent: TypeAlias = (
    StartSelfAssessment
    | Agree
    | Decline
    | Invite
    | Withdraw
    | Admit
    | Refuse
    | Remove
    | Deputise
    | Assign
    | Forget
    | FetchMyData
    | PutMine
)
