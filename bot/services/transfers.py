"""An assessment goes from one database to another: all that is read for it, and all that is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.assessments.events import EntryWritten, ItemAnswered, NoteWritten, RemedyWritten, VetoAnswered, VetoStatement
from bot.assessments.history import HistoryEntry
from bot.errors import InvalidInputError
from bot.problems import Problem
from bot.reports.transfer.codes import TransferCode
from bot.reports.transfer.model import Transfer, renumbered, writers
from bot.services.reports import above

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from bot.assessments.events import AssessmentEvent
    from bot.assessments.model import Assessment, AssessmentId, EntryRecord, ItemRecord, PersonId, StationId, VetoRecord
    from bot.services.ports import Transaction
    from bot.stations.model import Authority, Station

ACTION: Final = -1
"""What the history calls an import: no tap's number, so that nobody's undo takes it back."""

_NOBODY: Final = -(2**62)
"""The Telegram id of a person for the moment before they are forgotten; nobody has it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What of a transfer the database knows already and leaves as it is."""

    authorities: tuple[Authority, ...]
    station: Station | None


def transfer_of(tx: Transaction, assessment: Assessment) -> Transfer:
    """Everything that goes along with a station's self-assessment; ValueError for one of no station."""
    station = None if assessment.station is None else tx.station(assessment.station)
    if station is None:
        raise ValueError("only a station's self-assessment is transferred")
    members = tx.members(station.id)
    others = writers(assessment) - {each.person for each in members}
    authorities = tuple(above(tx, tx.authority(station.authority)))
    loaded = replace(assessment, entries=dict(assessment.entries))
    return Transfer(loaded, station, authorities, members, tuple(sorted(others)))


def known_of(tx: Transaction, transfer: Transfer) -> Known:
    """What is there already; InvalidInputError where the station has a self-assessment, which is never overwritten."""
    station = tx.station_by_code(transfer.station.code)
    if station is not None and tx.hold(station.id) is not None:
        raise InvalidInputError([Problem(TransferCode.ALREADY_BEGUN, station.code, {"name": station.name})])
    found = (tx.authority(each.code) for each in transfer.authorities)
    return Known(tuple(each for each in found if each is not None), station)


def take_in(tx: Transaction, transfer: Transfer, number: AssessmentId, now: datetime) -> Known:
    """Store the assessment under that number, with whatever of the station and those above it is not known yet.

    Its people are kept as those are who were forgotten: their names and what they wrote stay, nobody can be written to.
    """
    known = known_of(tx, transfer)
    codes = {each.code for each in known.authorities}
    for authority in transfer.authorities:
        if authority.code not in codes:
            tx.save_authority(authority)
    station = _station(tx, transfer.station)
    people = {person: _person(tx, now) for person in transfer.people}
    for member in transfer.members:
        tx.save_membership(replace(member, person=people[member.person], station=station))
    _store(tx, replace(renumbered(transfer.assessment, people), id=number, station=station))
    return known


def _station(tx: Transaction, station: Station) -> StationId:
    if tx.station_by_code(station.code) is None:
        tx.save_station(station)
    stored = tx.station_by_code(station.code)
    if stored is None:
        raise LookupError(station.code)
    return stored.id


def _person(tx: Transaction, now: datetime) -> PersonId:
    person = tx.person(_NOBODY, now)
    tx.forget(person.id, now)
    return person.id


def _store(tx: Transaction, assessment: Assessment) -> None:
    tx.add_assessment(assessment)
    for item, item_record in assessment.items.items():
        tx.save_item(assessment.id, item, item_record)
    for veto, veto_record in assessment.vetoes.items():
        tx.save_veto(assessment.id, veto, veto_record)
    for subject, entry_record in assessment.entries.items():
        tx.save_entry(assessment.id, subject, entry_record)
    for entry in sorted(_history(assessment), key=lambda each: each.at):
        tx.append_history(entry)


def _history(assessment: Assessment) -> Iterator[HistoryEntry]:
    """One entry for everything that stands, by whom and when it was written last."""
    for event, record in _events(assessment.items, assessment.vetoes, assessment.entries):
        by, at = record.by or assessment.owner, record.at or assessment.created_at
        yield HistoryEntry(assessment.id, ACTION, event, record.revision, by, at)


def _events(
    items: Mapping[str, ItemRecord], vetoes: Mapping[str, VetoRecord], entries: Mapping[str, EntryRecord]
) -> Iterator[tuple[AssessmentEvent, ItemRecord | VetoRecord | EntryRecord]]:
    for item, answered in items.items():
        yield ItemAnswered(item, None, answered.answer, answered.grouped), answered
        if answered.note:
            yield NoteWritten(item, "", answered.note), answered
        if answered.remedy:
            yield RemedyWritten(item, "", answered.remedy), answered
    for veto, declared in vetoes.items():
        statement = VetoStatement(declared.choice, declared.declared, declared.note)
        yield VetoAnswered(veto, VetoStatement(), statement), declared
    for subject, written in entries.items():
        yield EntryWritten(subject, "", written.value), written
