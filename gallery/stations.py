"""Scenes of a station: somebody joins, several people fill in, two answer one item, somebody asks to be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.dialogue.given import Command, Commanded, Tapped, Typed
from bot.dialogue.intents import Choose, Open
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.rehearsal import ME, Rehearsal
from bot.dialogue.rehearsal_station import RehearsedStation
from bot.dialogue.station_intents import Agree, Assign, FetchMyData, Forget, Invite, StartSelfAssessment
from bot.localization import LOCALES
from bot.stations.invitations import CONSENT
from bot.stations.model import Authority, Level, Membership, Role, Station
from gallery.shots import Shot
from gallery.states import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.dialogue.given import Given
    from bot.rubric.model import Rubric

_SECTION: Final = "Stations"
_CONTACT: Final = 2
_JOINING: Final = 3
_STATION: Final = Station(1, "LS-1", "凉山××职业技能鉴定所", "5134")
_AUTHORITY: Final = Authority("5134", "凉山州人力资源和社会保障局", Level.CITY)


def scenes(rubric: Rubric) -> Iterator[Shot]:
    """Every screen of a station, as a head, a contact and somebody who joins come upon them."""
    station = RehearsedStation(_STATION, _AUTHORITY)
    for person, role, name in ((ME, Role.HEAD, "吉站长"), (_CONTACT, Role.CONTACT, "陈老师")):
        station.people[person] = Membership(person, _STATION.id, role, name, NOW, CONSENT)
    head = Rehearsal(rubric, LOCALES, LOCALES[0], clock=lambda: NOW, station=station)
    contact, joining = (
        Rehearsal(
            rubric,
            LOCALES,
            LOCALES[0],
            clock=lambda: NOW,
            station=station,
            person=person,
            assessments=head.assessments,
            entries=head.entries,
        )
        for person in (_CONTACT, _JOINING)
    )
    yield from _joining(head, joining)
    yield from _together(head, contact)
    yield from _leaving(contact)


def _shot(title: str, talk: Rehearsal, given: Given) -> Shot:
    turn = talk.give(given)
    return Shot(_SECTION, title, turn.screen, turn.notice, turn.position.place.kind)


def _joining(head: Rehearsal, joining: Rehearsal) -> Iterator[Shot]:
    assert head.station is not None  # noqa: S101 - `scenes` gave it one
    yield _shot("home of the head", head, Commanded(Command.START))
    yield _shot("an invitation is made", head, Tapped(Invite(_STATION.id, Role.FILLER, 0)))
    number = next(iter(head.station.invited))
    yield _shot("the statement", joining, Commanded(Command.START, f"j_{1:043d}"))
    yield _shot("the name is asked", joining, Tapped(Agree(number, CONSENT)))
    yield _shot("no name", joining, Typed("。"))
    yield _shot("waiting", joining, Typed("新来的人"))
    yield _shot("let in or refuse", head, Tapped(Open(Place(PlaceKind.ADMIT, str(number)))))
    yield _shot("the members", head, Tapped(Open(Place(PlaceKind.MEMBERS, str(_STATION.id)))))
    there = f"{_STATION.id}/{_CONTACT}"
    yield _shot("a member", head, Tapped(Open(Place(PlaceKind.MEMBER, there))))
    yield _shot("removing a member", head, Tapped(Open(Place(PlaceKind.MEMBER_REMOVE, there))))


def _together(head: Rehearsal, contact: Rehearsal) -> Iterator[Shot]:
    yield _shot("the self-assessment begins", head, Tapped(StartSelfAssessment(_STATION.id)))
    number, item = head.position.assessment, next(iter(head.rubric.items.values()))
    chapter, card = head.rubric.chapters[0].id, Place(PlaceKind.ITEM, item.id)
    best, worst = item.levels[0].id, item.levels[-1].id
    yield _shot("a chapter is given", head, Tapped(Open(Place(PlaceKind.ASSIGN, chapter)), number))
    yield _shot("a chapter was given", head, Tapped(Assign(chapter, _CONTACT), number))
    contact.give(Tapped(Open(card), number))
    head.give(Tapped(Choose(item.id, best, 0), number))
    head.give(Tapped(Open(card), number))
    yield _shot("two answers to one item", contact, Tapped(Choose(item.id, worst, 0), number))
    yield _shot("a colleague's answer", contact, Tapped(Open(card), number))
    yield from _in_the_form(head, contact)
    yield _shot("the history of both", contact, Tapped(Open(Place(PlaceKind.HISTORY, item.id)), number))
    yield _shot("the map with those who are there", contact, Commanded(Command.MAP))


def _in_the_form(head: Rehearsal, contact: Rehearsal) -> Iterator[Shot]:
    number, field = head.position.assessment, Place(PlaceKind.FIELD, "registration.address")
    for each in (head, contact):
        each.give(Tapped(Open(field), number))
    head.give(Typed("成都市某某区某某路1号"))
    yield _shot("two values of one field", contact, Typed("成都市某某区某某路2号"))
    yield _shot("the history of the field", contact, Tapped(Open(Place(PlaceKind.HISTORY, field.subject)), number))


def _leaving(contact: Rehearsal) -> Iterator[Shot]:
    yield _shot("what is kept of a person", contact, Commanded(Command.MY_DATA))
    yield _shot("all of it as a file", contact, Tapped(FetchMyData()))
    yield _shot("asked before being forgotten", contact, Commanded(Command.FORGET))
    yield _shot("forgotten", contact, Tapped(Forget(_CONTACT)))
