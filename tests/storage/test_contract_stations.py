"""What every Storage promises about stations, members and invitations."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.dialogue.position import HOME, Position
from bot.stations.model import Authority, Invitation, InvitationState, Level, Membership, Role, Station
from tests.storage.builders import NOW, later

if TYPE_CHECKING:
    from bot.services.ports import Storage, Transaction

AUTHORITY = Authority("5134", "凉山州人力资源和社会保障局", Level.CITY, "51")
STATION = Station(0, "LS-1", "凉山××职业技能鉴定所", "5134", direct=True)


def found(tx: Transaction) -> int:
    """Store the authority and the station; its number."""
    tx.save_authority(AUTHORITY)
    tx.save_station(STATION)
    station = tx.station_by_code("LS-1")
    assert station is not None
    return station.id


def invitation(tx: Transaction, number: int = 9, **other: object) -> Invitation:
    """Store a station, two people, and an invitation by the first that the second opened."""
    station, by, opened = found(tx), tx.person(100, NOW).id, tx.person(200, NOW).id
    made = Invitation(number, b"digest%d" % number, station, Role.FILLER, by, NOW, later(60), opened_by=opened)
    made = replace(made, **other)  # type: ignore[arg-type]  # the fields of an invitation
    tx.save_invitation(made)
    return made


async def test_authorities_and_stations_are_read_as_they_were_saved(storage: Storage) -> None:
    number = await storage.run(found)
    assert await storage.run(lambda tx: tx.authorities()) == [AUTHORITY]
    assert await storage.run(lambda tx: tx.authority("5134")) == AUTHORITY
    assert await storage.run(lambda tx: tx.authority("none")) is None
    assert await storage.run(lambda tx: tx.station(number)) == replace(STATION, id=number)
    assert await storage.run(lambda tx: tx.stations()) == [replace(STATION, id=number)]


async def test_saving_again_changes_and_keeps_the_number(storage: Storage) -> None:
    number = await storage.run(found)
    await storage.run(lambda tx: tx.save_authority(replace(AUTHORITY, name="新名")))
    await storage.run(lambda tx: tx.save_station(replace(STATION, name="新站", direct=False)))
    assert await storage.run(lambda tx: tx.station_by_code("LS-1")) == Station(number, "LS-1", "新站", "5134")
    assert [each.name for each in await storage.run(lambda tx: tx.authorities())] == ["新名"]


async def test_a_membership_ends_but_is_still_read_as_the_stations(storage: Storage) -> None:
    station = await storage.run(found)
    person = (await storage.run(lambda tx: tx.person(100, NOW))).id
    member = Membership(person, station, Role.CONTACT, "陈老师", NOW, 1, deputy=True)
    await storage.run(lambda tx: tx.save_membership(member))
    assert await storage.run(lambda tx: tx.memberships(person)) == (member,)
    ended = replace(member, ended_at=later(5))
    await storage.run(lambda tx: tx.save_membership(ended))
    assert await storage.run(lambda tx: tx.memberships(person)) == ()
    assert await storage.run(lambda tx: tx.members(station)) == (ended,)


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"by": None, "code": b"\x00code", "role": Role.HEAD},
        {"state": InvitationState.WAITING, "consent": 1, "name": "陈老师", "misses": 3},
    ],
)
async def test_an_invitation_is_read_as_it_was_saved(storage: Storage, other: dict[str, object]) -> None:
    made = await storage.run(lambda tx: invitation(tx, **other))
    assert await storage.run(lambda tx: tx.invitation(9)) == made
    assert await storage.run(lambda tx: tx.invitation_by_digest(made.digest)) == made
    assert await storage.run(lambda tx: tx.invitation(8)) is None


async def test_only_invitations_that_can_still_come_to_something_are_listed(storage: Storage) -> None:
    alive = await storage.run(lambda tx: invitation(tx, 1))
    await storage.run(lambda tx: invitation(tx, 2, state=InvitationState.USED))
    await storage.run(lambda tx: invitation(tx, 3, expires_at=NOW))
    assert await storage.run(lambda tx: tx.invitations(alive.station, NOW)) == (alive,)
    assert await storage.run(lambda tx: tx.invitations(alive.station, later(60))) == ()


async def test_wrong_guesses_are_counted_from_a_moment_on_and_for_each_person(storage: Storage) -> None:
    one, other = [(await storage.run(lambda tx, n=n: tx.person(n, NOW))).id for n in (100, 200)]
    await storage.run(lambda tx: tx.count_guess(one, NOW))
    await storage.run(lambda tx: tx.count_guess(one, later(10)))
    counts = [
        await storage.run(lambda tx: tx.guesses(one, NOW - timedelta(hours=1))),
        await storage.run(lambda tx: tx.guesses(one, later(5))),
        await storage.run(lambda tx: tx.guesses(other, NOW - timedelta(hours=1))),
    ]
    assert counts == [2, 1, 0]


async def test_who_is_seen_in_an_assessment_is_who_was_there_since_a_moment(storage: Storage) -> None:
    here = Position(HOME, 7)
    people = [(await storage.run(lambda tx, n=n: tx.person(n, NOW))).id for n in (100, 200, 300)]
    for person, at in zip(people, (later(60), NOW, None), strict=True):
        await storage.run(lambda tx, p=person, at=at: tx.save_position(p, here, at))
    present = await storage.run(lambda tx: tx.present(7, later(30)))
    assert [(each.person, each.place, each.at) for each in present] == [(people[0], HOME.code, later(60))]


async def test_forgetting_takes_the_name_and_leaves_who_agreed_when(storage: Storage) -> None:
    made = await storage.run(lambda tx: invitation(tx, name="陈老师", state=InvitationState.WAITING))
    person = made.opened_by or 0
    member = Membership(person, made.station, Role.FILLER, "陈老师", NOW, 1)
    await storage.run(lambda tx: tx.save_membership(member))
    await storage.run(lambda tx: tx.save_position(person, Position()))
    await storage.run(lambda tx: tx.save_locale(person, "en"))
    await storage.run(lambda tx: tx.record_consent(person, made.station, 1, given=True, now=NOW))
    await storage.run(lambda tx: tx.forget(person, later(9)))
    footprint = await storage.run(lambda tx: tx.footprint(person))
    assert footprint is not None
    assert footprint.consents == ((1, NOW, True),)
    assert await storage.run(lambda tx: tx.members(made.station)) == (replace(member, name="", ended_at=later(9)),)
    assert await storage.run(lambda tx: tx.invitation(9)) == replace(made, name="", state=InvitationState.REFUSED)
    assert await storage.run(lambda tx: tx.known(200)) is None
    gone = await storage.run(lambda tx: tx.person_by_id(person))
    assert gone is not None
    assert (gone.telegram_id, gone.locale, gone.position) == (-person, None, None)
