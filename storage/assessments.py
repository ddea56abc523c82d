"""The SQL of assessments: what is written in them, and the history of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bot.assessments import sealing
from bot.assessments.entries import LazyEntries, is_evidence
from bot.assessments.history import HistoryEntry
from bot.assessments.model import Assessment, EntryRecord, ItemRecord, Kind, VetoRecord
from bot.dialogue.world import Shelved
from storage.chain import START, digest
from storage.codec import (
    answer_from_text,
    answer_to_text,
    event_from_columns,
    event_to_columns,
    optional_time_to_text,
    time_from_text,
    time_to_text,
)
from storage.statements import Row, Statements, Value

if TYPE_CHECKING:
    from bot.assessments.model import AssessmentId, PersonId, Subject
    from bot.rubric.model import ItemId, VetoId

ADD = """
    insert into assessment (id, rubric, version, kind, owner, created_at, changed_at, station, form, form_version)
    values (:id, :rubric, :version, :kind, :owner, :created_at, :created_at, :station, :form, :form_version)
"""
LOAD = """
    select id, rubric, version, kind, owner, created_at, station, form, form_version, seal
    from assessment where id = :assessment /*+ for update */
"""
LOAD_ITEMS = """
    select item, value, revision, grouped, note, remedy, by_person, at from answer where assessment = :assessment
    union all
    select subject, null, 0, false, '', '', null, null from entry
    where assessment = :assessment and value <> ''
    and subject /*+ collate "C" */ >= 'evidence/' and subject /*+ collate "C" */ < 'evidence0'
"""
"""The items, and behind them the subjects of the evidence that stands: so a card can count it at no further cost."""

LOAD_VETOES = """
    select veto, choice, declared, note, revision, by_person, at from veto where assessment = :assessment
"""
LOAD_ENTRIES = "select subject, value, revision, by_person, at from entry where assessment = :assessment"
SAVE_ENTRY = """
    insert into entry (assessment, subject, value, revision, by_person, at)
    values (:assessment, :subject, :value, :revision, :by_person, :at)
    on conflict (assessment, subject) do update set
        value = excluded.value, revision = excluded.revision, by_person = excluded.by_person, at = excluded.at
"""
SEALED = "update assessment set seal = :seal where id = :assessment"
SAVE_ITEM = """
    insert into answer (assessment, item, value, revision, grouped, note, remedy, by_person, at)
    values (:assessment, :item, :value, :revision, :grouped, :note, :remedy, :by_person, :at)
    on conflict (assessment, item) do update set
        value = excluded.value, revision = excluded.revision, grouped = excluded.grouped, note = excluded.note,
        remedy = excluded.remedy, by_person = excluded.by_person, at = excluded.at
"""
SAVE_VETO = """
    insert into veto (assessment, veto, choice, declared, note, revision, by_person, at)
    values (:assessment, :veto, :choice, :declared, :note, :revision, :by_person, :at)
    on conflict (assessment, veto) do update set
        choice = excluded.choice, declared = excluded.declared, note = excluded.note, revision = excluded.revision,
        by_person = excluded.by_person, at = excluded.at
"""
HEAD = "select head from assessment where id = :assessment /*+ for update */"
APPEND = """
    insert into history (assessment, action, kind, subject, before, after, grouped, reason, revision, by_person, at,
                         previous, digest)
    values (:assessment, :action, :kind, :subject, :before, :after, :grouped, :reason, :revision, :by_person, :at,
            :previous, :digest)
"""
TOUCH = "update assessment set changed_at = :at, head = :head where id = :assessment"
_ENTRIES = """
    select assessment, action, kind, subject, before, after, grouped, reason, revision, by_person, at from history
"""
HISTORY = _ENTRIES + "where assessment = :assessment and subject = :subject order by id desc limit :limit"
ACTION = _ENTRIES + "where assessment = :assessment and action = :action order by id"
WRITTEN_BY = f"""
    {_ENTRIES} where by_person = :person and assessment in (
        select id from assessment
        where owner = :person or station in (select station from membership where person = :person))
    order by id
"""  # noqa: S608 - our own text
SHELF = """
    select id, kind, created_at, changed_at,
           (select count(*) from answer where answer.assessment = assessment.id and value is not null)
    from assessment where owner = :owner and kind = 'practice' order by changed_at desc, id limit :limit
"""


@lru_cache(maxsize=8192)
def _item(row: Row) -> ItemRecord:
    """What is written about an item; a tap reads all of a table and changes one line, so equal rows are kept."""
    _, value, revision, grouped, note, remedy, by, at = row
    moment = None if at is None else time_from_text(at)
    return ItemRecord(answer_from_text(value), revision, grouped != 0, note, remedy, by or 0, moment)


def _veto(row: Row) -> VetoRecord:
    _, choice, declared, note, revision, by, at = row
    moment = None if at is None else time_from_text(at)
    return VetoRecord(choice, None if declared is None else bool(declared), note, revision, by or 0, moment)


def _written(row: Row) -> EntryRecord:
    _, value, revision, by, at = row
    return EntryRecord(value, revision, by or 0, None if at is None else time_from_text(at))


def entry_of(row: Row) -> HistoryEntry:
    """The entry of a history that a row holds."""
    assessment, action, kind, subject, before, after, grouped, reason, revision, by, at = row
    event = event_from_columns(kind, subject, before, after, grouped=grouped, reason=reason)
    return HistoryEntry(assessment, action, event, revision, by, time_from_text(at))


class Assessments(Statements):
    """Assessments, their items and conditions, and the history of both."""

    __slots__ = ()

    def add_assessment(self, assessment: Assessment) -> None:
        """Store a new, empty assessment; its owner may fill it in."""
        self._execute(
            ADD,
            {
                "id": assessment.id,
                "rubric": assessment.rubric_id,
                "version": assessment.rubric_version,
                "kind": assessment.kind.value,
                "owner": assessment.owner,
                "created_at": time_to_text(assessment.created_at),
                "station": assessment.station,
                "form": None if assessment.form is None else assessment.form[0],
                "form_version": None if assessment.form is None else assessment.form[1],
            },
        )

    def assessment(self, assessment_id: AssessmentId) -> Assessment | None:
        """The assessment with all that is written in it; until the end of the transaction nobody else may change it."""
        key = {"assessment": assessment_id}
        rows = self._execute(LOAD, key)
        if not rows:
            return None
        number, rubric, version, kind, owner, created_at, station, form, form_version, seal = rows[0]
        listed = self._execute(LOAD_ITEMS, key)
        evidence = frozenset(row[0] for row in listed if is_evidence(row[0]))
        return Assessment(
            number,
            rubric,
            version,
            Kind(kind),
            owner,
            time_from_text(created_at),
            {row[0]: _item(row) for row in listed if row[0] not in evidence},
            {row[0]: _veto(row) for row in self._execute(LOAD_VETOES, key)},
            station,
            None if form is None else (form, form_version),
            LazyEntries(lambda: {row[0]: _written(row) for row in self._execute(LOAD_ENTRIES, key)}, evidence),
            seal,
        )

    def save_entry(self, assessment_id: AssessmentId, subject: Subject, record: EntryRecord) -> None:
        """Store what is written under a subject; a seal stands beside the assessment too, where each turn reads it."""
        if subject == sealing.SEAL:
            code = sealing.seal_in(subject, record.value, "")
            self._execute(SEALED, {"assessment": assessment_id, "seal": code})
        self._execute(
            SAVE_ENTRY,
            {
                "assessment": assessment_id,
                "subject": subject,
                "value": record.value,
                "revision": record.revision,
                "by_person": record.by or None,
                "at": optional_time_to_text(record.at),
            },
        )

    def save_item(self, assessment_id: AssessmentId, item_id: ItemId, record: ItemRecord) -> None:
        """Store what is written about an item."""
        self._execute(
            SAVE_ITEM,
            {
                "assessment": assessment_id,
                "item": item_id,
                "value": answer_to_text(record.answer),
                "revision": record.revision,
                "grouped": record.grouped,
                "note": record.note,
                "remedy": record.remedy,
                "by_person": record.by or None,
                "at": optional_time_to_text(record.at),
            },
        )

    def save_veto(self, assessment_id: AssessmentId, veto_id: VetoId, record: VetoRecord) -> None:
        """Store what is written about a condition."""
        self._execute(
            SAVE_VETO,
            {
                "assessment": assessment_id,
                "veto": veto_id,
                "choice": record.choice,
                "declared": record.declared,
                "note": record.note,
                "revision": record.revision,
                "by_person": record.by or None,
                "at": optional_time_to_text(record.at),
            },
        )

    def append_history(self, entry: HistoryEntry) -> None:
        """Add an entry to the assessment's chain, and keep its time as that of the assessment's last change."""
        columns: dict[str, Value] = {
            "assessment": entry.assessment,
            "action": entry.action,
            **event_to_columns(entry.event),
            "revision": entry.revision,
            "by_person": entry.by,
            "at": time_to_text(entry.at),
        }
        heads = self._execute(HEAD, {"assessment": entry.assessment})
        previous: bytes = heads[0][0] if heads else START
        head = digest(previous, columns)
        self._execute(APPEND, {**columns, "previous": previous, "digest": head})
        self._execute(TOUCH, {"assessment": entry.assessment, "at": columns["at"], "head": head})

    def history(self, assessment_id: AssessmentId, subject: str, limit: int) -> tuple[HistoryEntry, ...]:
        """The newest entries about an item or condition, newest first."""
        rows = self._execute(HISTORY, {"assessment": assessment_id, "subject": subject, "limit": limit})
        return tuple(entry_of(row) for row in rows)

    def action(self, assessment_id: AssessmentId, action: int) -> tuple[HistoryEntry, ...]:
        """Everything that one tap or message brought about, in its order."""
        rows = self._execute(ACTION, {"assessment": assessment_id, "action": action})
        return tuple(entry_of(row) for row in rows)

    def shelf(self, person_id: PersonId, limit: int) -> tuple[Shelved, ...]:
        """The assessments that the person may go on with, last changed first."""
        rows = self._execute(SHELF, {"owner": person_id, "limit": limit})
        return tuple(
            Shelved(number, Kind(kind), time_from_text(created), time_from_text(changed), answered)
            for number, kind, created, changed, answered in rows
        )
