"""What a sound file comes to; its people keep the numbers that they have in it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.assessments.model import Assessment, EntryRecord, ItemRecord, Kind, VetoRecord
from bot.reports.transfer.model import Transfer
from bot.rubric.answering import answer_for
from bot.stations.model import Authority, Level, Membership, Role, Station

if TYPE_CHECKING:
    from bot.reports.transfer.shape import (
        EntryShape,
        ItemShape,
        MembershipShape,
        PersonShape,
        TransferShape,
        VetoShape,
    )
    from bot.rubric.model import Item, Rubric


def build(shape: TransferShape, rubric: Rubric) -> Transfer:
    """The assessment with its station and people; neither it nor the station has a number yet."""
    station = shape.station
    return Transfer(
        _assessment(shape, rubric),
        Station(0, station.code, station.name, station.authority, station.direct),
        tuple(Authority(each.code, each.name, Level(each.level), each.parent) for each in shape.authorities),
        tuple(_membership(each, each.membership) for each in shape.people if each.membership is not None),
        tuple(each.number for each in shape.people if each.membership is None),
    )


def _assessment(shape: TransferShape, rubric: Rubric) -> Assessment:
    return Assessment(
        id=0,
        rubric_id=rubric.id,
        rubric_version=rubric.version,
        kind=Kind.SELF_ASSESSMENT,
        owner=shape.owner,
        created_at=datetime.fromisoformat(shape.created_at),
        items={key: _item(rubric.items[key], each) for key, each in shape.items.items()},
        vetoes={key: _veto(each) for key, each in shape.vetoes.items()},
        form=None if shape.form is None else (shape.form.id, shape.form.version),
        entries={key: _entry(each) for key, each in shape.entries.items()},
        seal=shape.seal,
    )


def _membership(person: PersonShape, shape: MembershipShape) -> Membership:
    return Membership(
        person=person.number,
        station=0,
        role=Role(shape.role),
        name=shape.name,
        joined_at=datetime.fromisoformat(shape.joined_at),
        consent=shape.consent,
        deputy=shape.deputy,
        ended_at=_moment(shape.ended_at),
    )


def _item(item: Item, shape: ItemShape) -> ItemRecord:
    return ItemRecord(
        answer=None if shape.answer is None else answer_for(item, shape.answer),
        revision=shape.revision,
        grouped=shape.grouped,
        note=shape.note,
        remedy=shape.remedy,
        by=shape.by or 0,
        at=_moment(shape.at),
    )


def _veto(shape: VetoShape) -> VetoRecord:
    return VetoRecord(shape.choice, shape.declared, shape.note, shape.revision, shape.by or 0, _moment(shape.at))


def _entry(shape: EntryShape) -> EntryRecord:
    return EntryRecord(shape.value, shape.revision, shape.by or 0, _moment(shape.at))


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
