"""Writes an assessment as plain data, and that as JSON: the same state gives the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import orjson

from bot.reports.transfer.model import LEFT_BEHIND, renumbered
from bot.reports.transfer.shape import FORMAT, FORMAT_VERSION
from bot.rubric.answering import answer_to_data

if TYPE_CHECKING:
    from datetime import datetime

    from bot.assessments.model import EntryRecord, ItemRecord, VetoRecord
    from bot.reports.transfer.model import Transfer
    from bot.stations.model import Membership

Data: TypeAlias = dict[str, object]


def transfer_to_json(transfer: Transfer) -> bytes:
    """The file."""
    return orjson.dumps(assessment_to_data(transfer), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def assessment_to_data(transfer: Transfer) -> Data:
    """What the file holds: people under the numbers 1, 2, 3, everything else as it stands (`docs/reports.md`)."""
    numbers = {person: number for number, person in enumerate(transfer.people, start=1)}
    assessment, station = renumbered(transfer.assessment, numbers), transfer.station
    memberships = {each.person: _membership(each) for each in transfer.members}
    entries = {each: record for each, record in assessment.entries.items() if not each.startswith(LEFT_BEHIND)}
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "rubric": _edition(assessment.rubric_id, assessment.rubric_version),
        "form": None if assessment.form is None else _edition(*assessment.form),
        "station": {
            "code": station.code,
            "name": station.name,
            "authority": station.authority,
            "direct": station.direct,
        },
        "authorities": [
            {"code": each.code, "name": each.name, "level": each.level.value, "parent": each.parent}
            for each in transfer.authorities
        ],
        "people": [{"number": numbers[each], "membership": memberships.get(each)} for each in transfer.people],
        "owner": assessment.owner,
        "created_at": moment(assessment.created_at),
        "seal": assessment.seal,
        "items": {key: _item(assessment.items[key]) for key in sorted(assessment.items)},
        "vetoes": {key: _veto(assessment.vetoes[key]) for key in sorted(assessment.vetoes)},
        "entries": {key: {"value": entries[key].value, **_record(entries[key])} for key in sorted(entries)},
    }


def moment(at: datetime | None) -> str | None:
    """A moment in UTC to the microsecond."""
    return None if at is None else at.isoformat(timespec="microseconds")


def _edition(name: str, version: int) -> Data:
    return {"id": name, "version": version}


def _membership(membership: Membership) -> Data:
    return {
        "role": membership.role.value,
        "name": membership.name,
        "deputy": membership.deputy,
        "consent": membership.consent,
        "joined_at": moment(membership.joined_at),
        "ended_at": moment(membership.ended_at),
    }


def _item(record: ItemRecord) -> Data:
    return {
        "answer": None if record.answer is None else answer_to_data(record.answer),
        "grouped": record.grouped,
        "note": record.note,
        "remedy": record.remedy,
        **_record(record),
    }


def _veto(record: VetoRecord) -> Data:
    return {"choice": record.choice, "declared": record.declared, "note": record.note, **_record(record)}


def _record(record: ItemRecord | VetoRecord | EntryRecord) -> Data:
    return {"revision": record.revision, "by": record.by or None, "at": moment(record.at)}
