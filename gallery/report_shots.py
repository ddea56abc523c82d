"""The scenes of handing in: what is missing, the final version, the stamped copy that comes back, opening again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.assessments.events import EntryWritten, apply
from bot.assessments.model import Assessment, Kind
from bot.assessments.sealing import REOPENED, SEAL, Reopening, Seal, write_reopening, write_seal
from bot.dialogue.engine import show, step
from bot.dialogue.given import Sent, Tapped, Typed
from bot.dialogue.intents import Choose
from bot.dialogue.position import Place, PlaceKind, Position
from bot.dialogue.rehearsal import ME
from bot.dialogue.rehearsal_station import RehearsedRoster, RehearsedStation
from bot.dialogue.world import World
from bot.evidence.kinds import Kind as FileKind
from bot.evidence.sets import KeptFile
from bot.localization import LOCALES
from bot.stations.invitations import CONSENT
from bot.stations.model import Authority, Level, Membership, Role, Station
from gallery.shots import Shelf, Shot
from gallery.states import NOW, empty, passed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.dialogue.given import Given
    from bot.rubric.model import Rubric

_SECTION: Final = "Handing in"
_CODE: Final = "7K3M-Q8ZT-1B4C"
_CONTACT: Final = 2
_STATION: Final = Station(1, "LS-1", "凉山××职业技能鉴定所", "5134")
_PHOTO: Final = KeptFile("cd" * 32, FileKind.JPEG, 240_000)
_REASON: Final = "鉴定范围写漏了一个工种"


def report_shots(rubric: Rubric) -> Iterator[Shot]:
    """Every screen of handing in, as the head, a contact and somebody who practises come upon it."""
    blank, ready = _of_the_station(empty(rubric)), _of_the_station(passed(rubric))
    final, item = _sealed(ready), next(iter(rubric.items.values()))
    yield _shot(rubric, "a practice run", empty(rubric), Place(PlaceKind.REPORT))
    yield _shot(rubric, "just begun", blank, Place(PlaceKind.REPORT))
    yield _shot(rubric, "everything is filled in", ready, Place(PlaceKind.REPORT))
    yield _shot(rubric, "for a contact", ready, Place(PlaceKind.REPORT), person=_CONTACT)
    yield _shot(rubric, "something must be put right first", blank, Place(PlaceKind.SEAL))
    yield _shot(rubric, "before it is made final", ready, Place(PlaceKind.SEAL))
    yield _shot(rubric, "final", final, Place(PlaceKind.REPORT))
    yield _shot(rubric, "home while it is final", final, Place(PlaceKind.HOME))
    card = Place(PlaceKind.ITEM, item.id)
    revision = final.item(item.id).revision
    yield _shot(rubric, "an answer is refused", final, card, Tapped(Choose(item.id, item.levels[-1].id, revision)))
    yield _shot(rubric, "words are refused", final, Place(PlaceKind.WRITE_NOTE, item.id), Typed("证书在二楼"))
    yield _shot(rubric, "the code is asked", final, Place(PlaceKind.STAMPED))
    yield _shot(rubric, "another code", final, Place(PlaceKind.STAMPED), Typed("0000 0000 0000"))
    there = Place(PlaceKind.STAMPED, _CODE)
    yield _shot(rubric, "the copy is asked", final, there)
    yield _shot(rubric, "the copy is here", final, there, Sent(_PHOTO))
    yield _shot(rubric, "the reason is asked", final, Place(PlaceKind.REOPEN))
    yield _shot(rubric, "the reason was typed", final, Place(PlaceKind.REOPEN), Typed(_REASON))
    yield _shot(rubric, "open again", _reopened(final), Place(PlaceKind.REPORT))


def _of_the_station(assessment: Assessment) -> Assessment:
    return replace(assessment, kind=Kind.SELF_ASSESSMENT, station=_STATION.id)


def _sealed(assessment: Assessment) -> Assessment:
    return apply(assessment, EntryWritten(SEAL, "", write_seal(Seal(_CODE, 61))), by=ME, at=NOW)


def _reopened(final: Assessment) -> Assessment:
    why = write_reopening(Reopening(_CODE, _REASON))
    told = apply(final, EntryWritten(REOPENED, "", why), by=ME, at=NOW)
    return apply(told, EntryWritten(SEAL, final.entry(SEAL).value, ""), by=ME, at=NOW)


def _shot(
    rubric: Rubric, title: str, assessment: Assessment, place: Place, given: Given | None = None, *, person: int = ME
) -> Shot:
    """What is seen at a place, or what something done there leads to; ValueError when there is no such place."""
    station = RehearsedStation(_STATION, Authority("5134", "凉山州人力资源和社会保障局", Level.CITY))
    for each, role, name in ((ME, Role.HEAD, "吉站长"), (_CONTACT, Role.CONTACT, "陈老师")):
        station.people[each] = Membership(each, _STATION.id, role, name, NOW, CONSENT)
    roster = RehearsedRoster(station, person, NOW)
    world = World(rubric, assessment, person, LOCALES[0], LOCALES, NOW, 7, Shelf(), roster=roster)
    back = place if place.kind in (PlaceKind.REOPEN, PlaceKind.WRITE_NOTE) else Place(PlaceKind.ITEM, "1.1.1")
    position = Position(place, assessment.id, back=back)
    turn = show(position, world)
    if turn.position.place != place:
        raise ValueError(f"there is no screen {place.code!r}")
    if given is not None:
        turn = step(position, given, world)
    return Shot(_SECTION, title, turn.screen, turn.notice, turn.position.place.kind)
