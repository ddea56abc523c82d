"""What an invitation comes to: opened, continued, let in or refused, and every way in which it gives no right."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from bot.stations.model import Invitation, InvitationState, Membership

if TYPE_CHECKING:
    from datetime import datetime

    from bot.stations.model import InvitationId, PersonId, Role, StationId

LIVES: Final = timedelta(days=7)
WINDOW: Final = timedelta(hours=1)
MOST_GUESSES: Final = 5
"""So many wrong links or codes within WINDOW, and the person has to wait."""
LONGEST_NAME: Final = 20
CONSENT: Final = 1
"""The version of the statement that people agree to when they join."""


class Outcome(Enum):
    """What opening a link comes to."""

    OPENED = "opened"
    RESUMED = "resumed"
    ALREADY_IN = "already_in"
    OWN = "own"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    TAKEN = "taken"
    USED = "used"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


GUESSES: Final = frozenset(
    {Outcome.UNKNOWN, Outcome.EXPIRED, Outcome.TAKEN, Outcome.USED, Outcome.REFUSED, Outcome.WITHDRAWN}
)
"""What counts as a wrong guess."""

WORTH_TELLING: Final = GUESSES - {Outcome.UNKNOWN}
"""What the inviter is told of: the link is in a hand that it was not, or no longer, meant for."""


class Stage(Enum):
    """What the person who opened an invitation is asked next."""

    CONSENT = "consent"
    CODE = "code"
    NAME = "name"
    WAITING = "waiting"


def digest(words: str) -> bytes:
    """All that is kept of a link's words, or of an invitation's code behind its digest."""
    return sha256(words.encode(errors="surrogatepass")).digest()


def code_digest(invitation: bytes, code: str) -> bytes:
    """What is kept of the code that belongs to the invitation of that digest."""
    return sha256(invitation + code.encode(errors="surrogatepass")).digest()


def made(
    number: InvitationId, words: str, *, station: StationId, role: Role, by: PersonId | None, now: datetime
) -> Invitation:
    """A new invitation."""
    return Invitation(number, digest(words), station, role, by, now, now + LIVES)


def opening(
    invitation: Invitation | None, person: PersonId, now: datetime, *, guesses: int, is_member: bool
) -> Outcome:
    """What it comes to when the person opens the link; `guesses` are their wrong ones within WINDOW.

    `is_member` says whether they belong to the invitation's station already.
    """
    if guesses >= MOST_GUESSES:
        return Outcome.BLOCKED
    if invitation is None:
        return Outcome.UNKNOWN
    if is_member:
        return Outcome.OWN if invitation.by == person else Outcome.ALREADY_IN
    if invitation.is_alive(now):
        return _opening_of_a_living_one(invitation, person)
    return _ENDED.get(invitation.state, Outcome.EXPIRED)


def _opening_of_a_living_one(invitation: Invitation, person: PersonId) -> Outcome:
    if invitation.state is InvitationState.OPEN:
        return Outcome.OPENED
    return Outcome.RESUMED if invitation.opened_by == person else Outcome.TAKEN


_ENDED: Final = {
    InvitationState.USED: Outcome.USED,
    InvitationState.REFUSED: Outcome.REFUSED,
    InvitationState.WITHDRAWN: Outcome.WITHDRAWN,
}


def opened(invitation: Invitation, person: PersonId) -> Invitation:
    """It is this person's alone from now on."""
    return replace(invitation, state=InvitationState.OPENED, opened_by=person)


def stage(invitation: Invitation) -> Stage:
    """What the person who opened it is asked next."""
    if not invitation.consent:
        return Stage.CONSENT
    if invitation.code:
        return Stage.CODE
    return Stage.WAITING if invitation.name else Stage.NAME


def said_code(invitation: Invitation, code: str) -> Invitation:
    """After the person said a code: the right one is asked no more, a last wrong one ends the invitation."""
    if code_digest(invitation.digest, code) == invitation.code:
        return replace(invitation, code=b"")
    misses = invitation.misses + 1
    state = InvitationState.WITHDRAWN if misses >= MOST_GUESSES else invitation.state
    return replace(invitation, misses=misses, state=state)


def named(invitation: Invitation, name: str) -> Invitation:
    """After the person said who they are: the operator's invitation is used up, any other waits for a tap."""
    state = InvitationState.USED if invitation.by is None else InvitationState.WAITING
    return replace(invitation, name=name, state=state)


def membership(invitation: Invitation, now: datetime) -> Membership:
    """What an invitation gives to who opened it, once it is used."""
    return Membership(
        person=invitation.opened_by or 0,
        station=invitation.station,
        role=invitation.role,
        name=invitation.name,
        joined_at=now,
        consent=invitation.consent,
    )
