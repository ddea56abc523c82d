"""What the use cases need from a database to tell people everything that is kept of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from bot.assessments.history import HistoryEntry
    from bot.assessments.model import AssessmentId, Kind, PersonId, StationId, Subject
    from bot.stations.model import Invitation, Membership


@dataclass(frozen=True, slots=True)
class Account:
    """How a person is known: since when, and since when Telegram says that they cannot be written to."""

    known_since: datetime
    unreachable_since: datetime | None


@dataclass(frozen=True, slots=True)
class Consent:
    """A yes to the statement of that version, or the taking back of one."""

    station: StationId
    version: int
    given: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Begun:
    """An assessment that the person began, or that their station keeps; `form` as in `Assessment`."""

    id: AssessmentId
    kind: Kind
    owner: PersonId
    created_at: datetime
    form: tuple[str, int] | None


@dataclass(frozen=True, slots=True)
class SetAside:
    """An update of the person's that could not be handled: the number they were told, when it came, and its text."""

    reference: str
    received_at: datetime
    payload: bytes


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that stands under a person's number; `begun` holds every assessment that `written` is about."""

    account: Account
    memberships: tuple[Membership, ...]
    consents: tuple[Consent, ...]
    made: tuple[Invitation, ...]
    opened: tuple[Invitation, ...]
    guesses: tuple[datetime, ...]
    begun: tuple[Begun, ...]
    written: tuple[HistoryEntry, ...]
    set_aside: tuple[SetAside, ...]


class DossierRecords(Protocol):
    """The part of a transaction that is about one person in every respect."""

    def dossier(self, person: PersonId) -> Dossier | None:
        """Everything that stands under the person's number; None where there is no such person."""

    def standing(self, person: PersonId, subject: Subject) -> tuple[AssessmentId, ...]:
        """The assessments, of the person or of a station they belong to, that hold something under the subject."""
