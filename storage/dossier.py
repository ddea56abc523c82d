"""The SQL of everything that stands under one person's number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.assessments.model import Kind
from bot.services.dossier_ports import Account, Begun, Consent, Dossier, SetAside
from storage.assessments import WRITTEN_BY, entry_of
from storage.codec import time_from_text
from storage.invitations import MADE, OPENED, invitation_of
from storage.statements import Statements
from storage.stations import BELONGED, membership_of

if TYPE_CHECKING:
    from datetime import datetime

    from bot.assessments.model import AssessmentId, PersonId, Subject
    from storage.statements import Row

ACCOUNT = "select created_at, unreachable_since from person where id = :person"
CONSENTED = "select station, version, given, at from consent where person = :person order by id"
GUESSED = "select at from guess where person = :person order by at"
_THEIRS = "owner = :person or station in (select station from membership where person = :person)"
BEGUN_BY = f"""
    select id, kind, owner, created_at, form, form_version from assessment where {_THEIRS} order by created_at, id
"""  # noqa: S608 - our own text
STANDING = f"""
    select assessment from entry
    where assessment in (select id from assessment where {_THEIRS}) and subject = :subject and value <> ''
    order by assessment
"""  # noqa: S608 - our own text

QUARANTINED = """
    select reference, received_at, payload from inbox
    where state = 'quarantined' and sender = (select telegram_id from person where id = :person)
    order by id
"""


def _account(row: Row) -> Account:
    known_since, unreachable_since = row
    return Account(time_from_text(known_since), _moment(unreachable_since))


def _moment(text: str | None) -> datetime | None:
    return None if text is None else time_from_text(text)


def _consent(row: Row) -> Consent:
    station, version, given, at = row
    return Consent(station, version, bool(given), time_from_text(at))


def _begun(row: Row) -> Begun:
    number, kind, owner, created_at, form, version = row
    return Begun(number, Kind(kind), owner, time_from_text(created_at), None if form is None else (form, version))


def _set_aside(row: Row) -> SetAside:
    reference, received_at, payload = row
    return SetAside(reference, time_from_text(received_at), bytes(payload))


class Dossiers(Statements):
    """One person in every respect."""

    __slots__ = ()

    def dossier(self, person: PersonId) -> Dossier | None:
        """Everything that stands under the person's number; None where there is no such person."""
        key = {"person": person}
        known = self._execute(ACCOUNT, key)
        if not known:
            return None
        return Dossier(
            account=_account(known[0]),
            memberships=tuple(map(membership_of, self._execute(BELONGED, key))),
            consents=tuple(map(_consent, self._execute(CONSENTED, key))),
            made=tuple(map(invitation_of, self._execute(MADE, key))),
            opened=tuple(map(invitation_of, self._execute(OPENED, key))),
            guesses=tuple(time_from_text(at) for (at,) in self._execute(GUESSED, key)),
            begun=tuple(map(_begun, self._execute(BEGUN_BY, key))),
            written=tuple(map(entry_of, self._execute(WRITTEN_BY, key))),
            set_aside=tuple(map(_set_aside, self._execute(QUARANTINED, key))),
        )

    def standing(self, person: PersonId, subject: Subject) -> tuple[AssessmentId, ...]:
        """The assessments, of the person or of a station they belong to, that hold something under the subject."""
        return tuple(number for (number,) in self._execute(STANDING, {"person": person, "subject": subject}))
