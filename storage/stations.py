"""The SQL of stations: authorities, members, consents, and where colleagues are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.stations.model import Authority, Level, Membership, Presence, Role, Station
from storage.codec import optional_time_to_text, time_from_text, time_to_text
from storage.statements import Row, Statements, Value

if TYPE_CHECKING:
    from datetime import datetime

    from bot.assessments.model import AssessmentId, PersonId, StationId

AUTHORITIES = "select code, name, level, parent from authority order by code"
AUTHORITY = "select code, name, level, parent from authority where code = :code"
SAVE_AUTHORITY = """
    insert into authority (code, name, level, parent) values (:code, :name, :level, :parent)
    on conflict (code) do update set name = excluded.name, level = excluded.level, parent = excluded.parent
"""
_STATION = "select id, code, name, authority, direct from station"
STATIONS = f"{_STATION} order by code"
STATION = f"{_STATION} where id = :station"
STATION_BY_CODE = f"{_STATION} where code = :code"
LOCK_STATION = f"{_STATION} where id = :station /*+ for no key update */"
SAVE_STATION = """
    insert into station (code, name, authority, direct) values (:code, :name, :authority, :direct)
    on conflict (code) do update set name = excluded.name, authority = excluded.authority, direct = excluded.direct
"""
BEGUN = """
    select id from assessment where station = :station and kind = 'self' order by created_at desc, id limit 1
"""
_MEMBERSHIP = "select person, station, role, name, joined_at, consent, deputy, ended_at from membership"
MEMBERSHIPS = f"{_MEMBERSHIP} where person = :person and ended_at is null order by joined_at desc, station"
BELONGED = f"{_MEMBERSHIP} where person = :person order by joined_at, station"
MEMBERS = f"{_MEMBERSHIP} where station = :station order by joined_at, person"
SAVE_MEMBERSHIP = """
    insert into membership (station, person, role, name, joined_at, consent, deputy, ended_at)
    values (:station, :person, :role, :name, :joined_at, :consent, :deputy, :ended_at)
    on conflict (station, person) do update set
        role = excluded.role, name = excluded.name, joined_at = excluded.joined_at, consent = excluded.consent,
        deputy = excluded.deputy, ended_at = excluded.ended_at
"""
CONSENT = """
    insert into consent (person, station, version, given, at) values (:person, :station, :version, :given, :at)
"""
PRESENT = """
    select person, place, at from position where assessment = :assessment and at >= :since order by at desc, person
"""


def _authority(row: Row) -> Authority:
    code, name, level, parent = row
    return Authority(code, name, Level(level), parent)


def _station(row: Row) -> Station:
    number, code, name, authority, direct = row
    return Station(number, code, name, authority, bool(direct))


def membership_of(row: Row) -> Membership:
    """The membership that a row holds."""
    person, station, role, name, joined_at, consent, deputy, ended_at = row
    ended = None if ended_at is None else time_from_text(ended_at)
    return Membership(person, station, Role(role), name, time_from_text(joined_at), consent, bool(deputy), ended)


class Stations(Statements):
    """Authorities, stations, and the people who belong to them."""

    __slots__ = ()

    def authorities(self) -> list[Authority]:
        """Every authority, by its code."""
        return [_authority(row) for row in self._execute(AUTHORITIES, {})]

    def authority(self, code: str) -> Authority | None:
        """The authority of that code."""
        rows = self._execute(AUTHORITY, {"code": code})
        return _authority(rows[0]) if rows else None

    def save_authority(self, authority: Authority) -> None:
        """Store an authority, or change the one of that code."""
        level, parent = authority.level.value, authority.parent
        self._execute(
            SAVE_AUTHORITY, {"code": authority.code, "name": authority.name, "level": level, "parent": parent}
        )

    def stations(self) -> list[Station]:
        """Every station, by its code."""
        return [_station(row) for row in self._execute(STATIONS, {})]

    def station(self, station: StationId) -> Station | None:
        """The station of that number."""
        rows = self._execute(STATION, {"station": station})
        return _station(rows[0]) if rows else None

    def station_by_code(self, code: str) -> Station | None:
        """The station of that code."""
        rows = self._execute(STATION_BY_CODE, {"code": code})
        return _station(rows[0]) if rows else None

    def save_station(self, station: Station) -> None:
        """Store a station, or change the one of that code; its number is the database's to give."""
        columns: dict[str, Value] = {"code": station.code, "name": station.name, "authority": station.authority}
        self._execute(SAVE_STATION, {**columns, "direct": station.direct})

    def begun(self, station: StationId) -> AssessmentId | None:
        """The station's self-assessment, if somebody began one."""
        rows = self._execute(BEGUN, {"station": station})
        return int(rows[0][0]) if rows else None

    def hold(self, station: StationId) -> AssessmentId | None:
        """The same; until the end of the transaction nobody else begins one."""
        self._execute(LOCK_STATION, {"station": station})
        return self.begun(station)

    def memberships(self, person: PersonId) -> tuple[Membership, ...]:
        """Where the person belongs now, last joined first."""
        return tuple(membership_of(row) for row in self._execute(MEMBERSHIPS, {"person": person}))

    def members(self, station: StationId) -> tuple[Membership, ...]:
        """Everybody who belongs to the station or ever did, in the order in which they joined."""
        return tuple(membership_of(row) for row in self._execute(MEMBERS, {"station": station}))

    def save_membership(self, membership: Membership) -> None:
        """Store how somebody belongs to a station."""
        self._execute(
            SAVE_MEMBERSHIP,
            {
                "station": membership.station,
                "person": membership.person,
                "role": membership.role.value,
                "name": membership.name,
                "joined_at": time_to_text(membership.joined_at),
                "consent": membership.consent,
                "deputy": membership.deputy,
                "ended_at": optional_time_to_text(membership.ended_at),
            },
        )

    def record_consent(self, person: PersonId, station: StationId, version: int, *, given: bool, now: datetime) -> None:
        """Keep that the person agreed to the statement of that version, or took it back."""
        columns: dict[str, Value] = {"person": person, "station": station, "version": version, "given": given}
        self._execute(CONSENT, {**columns, "at": time_to_text(now)})

    def present(self, assessment: AssessmentId, since: datetime) -> tuple[Presence, ...]:
        """Where people were last seen in the assessment, if since then, last seen first."""
        rows = self._execute(PRESENT, {"assessment": assessment, "since": time_to_text(since)})
        return tuple(Presence(person, place, time_from_text(at)) for person, place, at in rows)
