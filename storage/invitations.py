"""The SQL of invitations, of wrong guesses, and of what is kept of a person and taken away again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.stations.model import Footprint, Invitation, InvitationState, Role
from storage.codec import time_from_text, time_to_text
from storage.statements import Row, Statements

if TYPE_CHECKING:
    from datetime import datetime

    from bot.assessments.model import PersonId, StationId
    from bot.stations.model import InvitationId

_COLUMNS = """
    id, digest, station, role, by_person, created_at, expires_at, state, code, opened_by, consent, name, misses
"""
_ALL = f"select {_COLUMNS} from invitation"  # noqa: S608 - our own column names
BY_ID = f"{_ALL} where id = :id /*+ for no key update */"
BY_DIGEST = f"{_ALL} where digest = :digest /*+ for no key update */"
LIVING = f"""
    {_ALL} where station = :station and state in ('open', 'opened', 'waiting') and expires_at > :now
    order by created_at, id
"""
MADE = f"""
    {_ALL} where station in (select station from membership where person = :person) and by_person = :person
    order by created_at, id
"""  # noqa: S608 - our own text
OPENED = f"{_ALL} where opened_by = :person order by created_at, id"
SAVE = f"""
    insert into invitation ({_COLUMNS})
    values (:id, :digest, :station, :role, :by_person, :created_at, :expires_at,
            :state, :code, :opened_by, :consent, :name, :misses)
    on conflict (id) do update set
        state = excluded.state, code = excluded.code, opened_by = excluded.opened_by, consent = excluded.consent,
        name = excluded.name, misses = excluded.misses
"""  # noqa: S608 - our own column names
GUESS = "insert into guess (person, at) values (:person, :at)"
GUESSES = "select count(*) from guess where person = :person and at > :since"
FORGET_GUESSES = "delete from guess where person = :person"
FORGET_NAMES = """
    update membership set name = '', deputy = (1 = 0), ended_at = coalesce(ended_at, :at) where person = :person
"""
FORGET_INVITATIONS = """
    update invitation set name = '', state = case when state in ('opened', 'waiting') then 'refused' else state end
    where opened_by = :person
"""
FORGET_POSITION = "delete from position where person = :person"
FORGET_SET_ASIDE = """
    update inbox set payload = :nothing
    where state = 'quarantined' and sender = (select telegram_id from person where id = :person)
"""
FORGET_PERSON = "update person set telegram_id = -:person, locale = null, unreachable_since = null where id = :person"
CONSENTS = "select version, at, given from consent where person = :person order by id"
KNOWN = "select created_at from person where id = :person"
RUNS = "select count(*) from assessment where owner = :person and kind = 'practice'"
RECORDS = """
    select count(*) from membership
        join assessment on assessment.station = membership.station
        join history on history.assessment = assessment.id and history.by_person = membership.person
    where membership.person = :person
"""


def invitation_of(row: Row) -> Invitation:
    """The invitation that a row holds."""
    number, digest, station, role, by, created, expires, state, code, opened_by, consent, name, misses = row
    return Invitation(
        number,
        bytes(digest),
        station,
        Role(role),
        by,
        time_from_text(created),
        time_from_text(expires),
        InvitationState(state),
        bytes(code),
        opened_by,
        consent,
        name,
        misses,
    )


class Invitations(Statements):
    """Invitations and the people they are about."""

    __slots__ = ()

    def invitation(self, number: InvitationId) -> Invitation | None:
        """The invitation of that number; until the end of the transaction nobody else may change it."""
        rows = self._execute(BY_ID, {"id": number})
        return invitation_of(rows[0]) if rows else None

    def invitation_by_digest(self, digest: bytes) -> Invitation | None:
        """The invitation whose link has that digest; until the end of the transaction nobody else may change it."""
        rows = self._execute(BY_DIGEST, {"digest": digest})
        return invitation_of(rows[0]) if rows else None

    def invitations(self, station: StationId, now: datetime) -> tuple[Invitation, ...]:
        """The station's invitations that can still come to something, oldest first."""
        rows = self._execute(LIVING, {"station": station, "now": time_to_text(now)})
        return tuple(invitation_of(row) for row in rows)

    def save_invitation(self, invitation: Invitation) -> None:
        """Store an invitation, or what became of it."""
        self._execute(
            SAVE,
            {
                "id": invitation.id,
                "digest": invitation.digest,
                "station": invitation.station,
                "role": invitation.role.value,
                "by_person": invitation.by,
                "created_at": time_to_text(invitation.created_at),
                "expires_at": time_to_text(invitation.expires_at),
                "state": invitation.state.value,
                "code": invitation.code,
                "opened_by": invitation.opened_by,
                "consent": invitation.consent,
                "name": invitation.name,
                "misses": invitation.misses,
            },
        )

    def count_guess(self, person: PersonId, now: datetime) -> None:
        """Keep that the person guessed wrong."""
        self._execute(GUESS, {"person": person, "at": time_to_text(now)})

    def guesses(self, person: PersonId, since: datetime) -> int:
        """How often the person guessed wrong since then."""
        [[count]] = self._execute(GUESSES, {"person": person, "since": time_to_text(since)})
        return int(count)

    def footprint(self, person: PersonId) -> Footprint | None:
        """What is kept of the person."""
        key = {"person": person}
        known = self._execute(KNOWN, key)
        if not known:
            return None
        [[runs]], [[records]] = self._execute(RUNS, key), self._execute(RECORDS, key)
        consents = tuple(
            (version, time_from_text(at), bool(given)) for version, at, given in self._execute(CONSENTS, key)
        )
        return Footprint(time_from_text(known[0][0]), runs, records, consents)

    def forget(self, person: PersonId, now: datetime) -> None:
        """Take away who the person is: what they wrote stays, under a number that leads to nobody any more."""
        key = {"person": person}
        self._execute(FORGET_NAMES, {"person": person, "at": time_to_text(now)})
        self._execute(FORGET_SET_ASIDE, {"person": person, "nothing": b""})
        for statement in (FORGET_INVITATIONS, FORGET_GUESSES, FORGET_POSITION, FORGET_PERSON):
            self._execute(statement, key)
