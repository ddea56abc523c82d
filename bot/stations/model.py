"""A station, the authority above it, the people who belong to it, and the invitations by which they come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime

PersonId: TypeAlias = int
"""Our own number for a person."""

StationId: TypeAlias = int
"""Our own number for a 鉴定站（所）; 0 before it is stored."""

InvitationId: TypeAlias = int
"""A random positive number below 2**53; it opens nothing, the words in the link do."""


class Level(Enum):
    """How far an approving authority reaches."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


@dataclass(frozen=True, slots=True)
class Authority:
    """An approving authority (审批机关); `parent` is the code of the one above it, empty for the province's."""

    code: str
    name: str
    level: Level
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Station:
    """A 鉴定站（所）; a `direct` one (省直批) sends its papers to the provincial centre."""

    id: StationId
    code: str
    name: str
    authority: str
    direct: bool = False


class Role(Enum):
    """What somebody is at a station."""

    FILLER = "filler"
    """站内填报人员: fills in."""
    CONTACT = "contact"
    """联系人: fills in, and is whom the authority calls."""
    HEAD = "head"
    """负责人: answers for the station, invites, and alone reports."""


@dataclass(frozen=True, slots=True)
class Membership:
    """Somebody's belonging to a station.

    `name` is what colleagues are shown, empty once it was forgotten; `consent` is the version of the statement that the
    person agreed to; a `deputy` may do what the head may, until the head takes it back; an ended one gives no right.
    """

    person: PersonId
    station: StationId
    role: Role
    name: str
    joined_at: datetime
    consent: int
    deputy: bool = False
    ended_at: datetime | None = None

    @property
    def is_current(self) -> bool:
        """Whether it still gives any right."""
        return self.ended_at is None

    @property
    def leads(self) -> bool:
        """Whether the person acts for the station: its head, or the head's deputy."""
        return self.is_current and (self.role is Role.HEAD or self.deputy)


class InvitationState(Enum):
    """What has become of an invitation; that its time ran out is told by the clock."""

    OPEN = "open"
    """Nobody opened it."""
    OPENED = "opened"
    """Somebody opened it and is saying who they are; it is theirs alone from now on, and gives no right yet."""
    WAITING = "waiting"
    """They said who they are; the inviter has to let them in."""
    USED = "used"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link for one person to one station in one role.

    `digest` is all that is kept of the words in the link. `by` is None for one that the operator made; such a one has a
    `code`, of which the digest is kept until it was said. `consent` and `name` are what the person said so far.
    """

    id: InvitationId
    digest: bytes
    station: StationId
    role: Role
    by: PersonId | None
    created_at: datetime
    expires_at: datetime
    state: InvitationState = InvitationState.OPEN
    code: bytes = b""
    opened_by: PersonId | None = None
    consent: int = 0
    name: str = ""
    misses: int = 0

    def is_alive(self, now: datetime) -> bool:
        """Whether it can still come to something."""
        return self.state in _ALIVE and now < self.expires_at


_ALIVE = frozenset({InvitationState.OPEN, InvitationState.OPENED, InvitationState.WAITING})


@dataclass(frozen=True, slots=True)
class Presence:
    """Where a colleague was last seen in an assessment: the code of a place of the conversation, and when."""

    person: PersonId
    place: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Footprint:
    """What is kept of a person: since when, their practice runs, and how much of what stations keep is by them."""

    known_since: datetime
    practice_runs: int
    records: int
    consents: tuple[tuple[int, datetime, bool], ...] = ()
