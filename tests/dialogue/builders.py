"""Worlds, assessments and hypothesis strategies for the conversation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from bot.assessments.events import EntryWritten, ItemAnswered, apply, subject_of
from bot.assessments.history import HistoryEntry
from bot.assessments.model import Assessment, EntryRecord, ItemRecord, Kind, VetoRecord
from bot.assessments.sealing import SEAL, Seal, write_seal
from bot.dialogue import check_intents, form_intents, intents, report_intents, station_intents, workbook_intents
from bot.dialogue.given import Command, Commanded, Odd, Oddity, Offered, Recaptioned, Sent, Tapped, Typed
from bot.dialogue.position import HOME, Place, PlaceKind, Position, Walk
from bot.dialogue.rehearsal import ME, Rehearsal
from bot.dialogue.rehearsal_station import RehearsedRoster, RehearsedStation
from bot.dialogue.world import Shelved, World
from bot.evidence.kinds import Kind as FileKind
from bot.evidence.refusals import Reason, Refusal
from bot.evidence.sets import KeptFile
from bot.forms.loader import forms
from bot.localization import Localizers
from bot.rubric.answers import Chosen, Counted, Excused, Sampled
from bot.rubric.loader import library
from bot.stations.invitations import CONSENT, LIVES
from bot.stations.model import Authority, Invitation, InvitationState, Level, Membership, Role, Station

if TYPE_CHECKING:
    from bot.rubric.answers import Answer
    from bot.rubric.model import Item, Rubric

NOW = datetime(2017, 4, 21, 2, 42, tzinfo=UTC)
RUBRIC = library().latest("sichuan-2017")
FORM = forms().latest("sichuan-2017")
LANGUAGES = Localizers.load("Asia/Shanghai")
CODE = "7K3M-Q8ZT-1B4C"
"""A 校验码 under which an assessment may be sealed."""
MAX_ID = 2**53 - 1
"""The largest number of an assessment."""
EMPTY = Assessment(MAX_ID, RUBRIC.id, RUBRIC.version, Kind.PRACTICE, ME, NOW, form=(FORM.id, FORM.version))


@dataclass(frozen=True)
class Shelf:
    """An archive that holds what it is given."""

    entries: tuple[HistoryEntry, ...] = ()
    shelved: tuple[Shelved, ...] = ()

    def shelf(self) -> tuple[Shelved, ...]:
        """What it was given."""
        return self.shelved

    def history(self, subject: str) -> tuple[HistoryEntry, ...]:
        """Those about the subject."""
        return tuple(entry for entry in self.entries if subject_of(entry.event) == subject)

    def action(self, action: int) -> tuple[HistoryEntry, ...]:
        """Those of the action."""
        return tuple(entry for entry in self.entries if entry.action == action)

    def fresh_id(self) -> int:
        """A number of its own."""
        return 12345


def world(assessment: Assessment | None = EMPTY, archive: Shelf | None = None, **other: Any) -> World:  # noqa: ANN401
    """A world with that assessment, all else plain."""
    plain = World(RUBRIC, assessment, ME, "zh_CN", LANGUAGES.locales, NOW, 7, archive or Shelf(), form=FORM)
    return replace(plain, **other)


def rehearsal(rubric: Rubric = RUBRIC, **other: Any) -> Rehearsal:  # noqa: ANN401 - the rehearsal's own fields
    """A conversation in memory that stands still in time."""
    return Rehearsal(rubric, LANGUAGES.locales, "zh_CN", clock=lambda: NOW, **other)


COLLEAGUE, JOINING = 2, 3
"""Who else there is at the rehearsed station, and who is about to join it."""


def troupe() -> RehearsedStation:
    """A station with a head, who is ME, a contact, and two invitations: one waits for the head, one is being said."""
    here = Station(1, "LS-1", "凉山××职业技能鉴定所", "5134")
    made = RehearsedStation(here, Authority("5134", "凉山州人力资源和社会保障局", Level.CITY))
    for person, role, name in ((ME, Role.HEAD, "吉站长"), (COLLEAGUE, Role.CONTACT, "陈老师")):
        made.people[person] = Membership(person, here.id, role, name, NOW, CONSENT)
    waiting = Invitation(
        77, b"", here.id, Role.FILLER, ME, NOW, NOW + LIVES, InvitationState.WAITING, b"", JOINING, CONSENT, "新来的人"
    )
    said = replace(waiting, id=78, state=InvitationState.OPENED, opened_by=ME, consent=0, name="")
    made.invited = {waiting.id: waiting, said.id: said}
    return made


def at_the_station(assessment: Assessment | None = None, archive: Shelf | None = None, **other: Any) -> World:  # noqa: ANN401
    """A world in which ME is the head of a station, in its self-assessment."""
    shared = replace(EMPTY if assessment is None else assessment, kind=Kind.SELF_ASSESSMENT, station=1)
    return world(shared, archive, roster=RehearsedRoster(troupe(), ME, NOW), **other)


def sealed(assessment: Assessment) -> Assessment:
    """The assessment, made final."""
    text = write_seal(Seal(CODE, 5))
    return apply(assessment, EntryWritten(SEAL, assessment.entry(SEAL).value, text), by=ME, at=NOW)


def possible_answers(item: Item) -> tuple[Answer, ...]:
    """Some of everything that can be said of an item."""
    answers: list[Answer] = [Chosen(level.id) for level in item.levels]
    names = () if item.facts is None else item.facts.names
    if "problems" in names:
        answers += [Counted(number) for number in range(5)] + ([Counted(1, serious=True)] if "serious" in names else [])
    if "sampled" in names:
        answers += [Sampled(1000, 29), Sampled(1000, 30), Sampled(3, 1)]
    if item.not_applicable is not None:
        answers.append(Excused("上年没有这项工作"))
    return tuple(answers)


words = st.text(max_size=40) | st.sampled_from(["2", "200 7", "7 200", "6.6.1", "９", "㉑" * 50, "3%", " \u3000", "/"])
"""What people type, with what the flows look for among it."""

FORM_SUBJECTS = (
    *(section.id for section in FORM.sections),
    *(f"{section.id}.{field.id}" for section in FORM.sections for field in section.fields),
    *(f"{section.id}.{table.id}" for section in FORM.sections for table in section.tables),
    *(f"{section.id}.{table.id}/{n}" for section in FORM.sections for table in section.tables for n in (1, 2, 9999)),
    *(
        f"{section.id}.{table.id}/{number}/{column.id}"
        for section in FORM.sections
        for table in section.tables
        for column in table.columns
        for number in (1, 9999)
    ),
)
"""Every section, field, table, row and cell, rows by a small and by the largest number."""

_SUBJECTS = (
    *RUBRIC.items,
    *RUBRIC.groups_by_id,
    *RUBRIC.vetoes_by_id,
    *(f"{veto.id}/{choice.id}" for veto in RUBRIC.vetoes for choice in veto.choices),
    *(chapter.id for chapter in RUBRIC.chapters),
)
STATION_SUBJECTS = ("1", "1/1", "1/2", "1/3", "2/1", "77", "78", "done", "1/", "/1", "9" * 20)
"""A station, its people, its invitations, and what is none of them."""

WATCH_SUBJECTS = ("fiscal_account/2.1.4", "appraised_beyond_scope/9999", "blank_items/", "2")
"""Findings that can be explained, one that cannot, and a page."""

garbage = st.text(max_size=12) | st.sampled_from(
    ["", "/", "0.0.0", "2.1", "⑴/", *(f"{veto}/" for veto in RUBRIC.vetoes_by_id)]
)
_BESIDE = (CODE, *FORM_SUBJECTS, *STATION_SUBJECTS, *WATCH_SUBJECTS)
subjects = st.sampled_from(_SUBJECTS) | st.sampled_from(_BESIDE) | garbage
places = st.builds(Place, st.sampled_from(PlaceKind), st.just("") | subjects)
numbers = st.integers(0, 3) | st.integers(0, 2**53)
positions = st.builds(
    Position,
    places,
    st.sampled_from([None, 1, MAX_ID]),
    st.sampled_from(Walk),
    places | st.just(HOME),
    numbers,
    words,
    errand=st.sampled_from(["", *WATCH_SUBJECTS]) | garbage,
)
_ITEMS = st.sampled_from(tuple(RUBRIC.items)) | garbage
_LEVELS = st.sampled_from(sorted({level.id for item in RUBRIC.items.values() for level in item.levels})) | garbage
_VETOES = st.sampled_from(tuple(RUBRIC.vetoes_by_id)) | garbage
_CHOICES = st.sampled_from(sorted({choice.id for veto in RUBRIC.vetoes for choice in veto.choices})) | garbage

intents_of_any_kind = st.one_of(
    st.builds(intents.Open, places),
    st.just(intents.StartPractice()),
    st.just(intents.Resume()),
    st.builds(intents.PickUp, numbers),
    st.builds(intents.Choose, _ITEMS, _LEVELS, numbers),
    st.builds(intents.Mark, _ITEMS, numbers),
    st.builds(intents.ConfirmRest, st.sampled_from(tuple(RUBRIC.groups_by_id)) | garbage, numbers),
    st.builds(intents.Rate, _ITEMS, numbers, numbers, numbers),
    st.builds(intents.Count, _ITEMS, numbers, numbers),
    st.builds(intents.Tick, _ITEMS, st.sampled_from(["*", "plan"]) | garbage, numbers, numbers),
    st.builds(intents.SetWalk, st.sampled_from(Walk)),
    st.builds(intents.Undo, numbers),
    st.builds(intents.AnswerVeto, _VETOES, _CHOICES, numbers),
    st.builds(intents.DeclareVeto, _VETOES, _CHOICES, numbers),
    st.builds(intents.Speak, st.sampled_from(LANGUAGES.locales) | garbage),
    st.builds(intents.KeepAsNote, _ITEMS, numbers),
    st.builds(check_intents.StartMeasure, subjects),
    st.builds(check_intents.Mend, subjects),
    st.builds(form_intents.FillChoice, subjects, numbers, numbers),
    st.builds(form_intents.ClearEntry, subjects, numbers),
    st.builds(form_intents.ReplaceEntry, subjects, numbers),
    st.builds(form_intents.NewRow, subjects),
    st.builds(form_intents.CopyRow, subjects, numbers),
    st.builds(form_intents.DeleteRow, subjects, numbers),
    st.builds(form_intents.ConfirmPaste, numbers),
    st.builds(workbook_intents.FetchWorkbook, st.sampled_from(["whole", "form"]) | subjects),
    st.builds(workbook_intents.TakeOver, numbers),
    st.builds(workbook_intents.SettleImport, numbers, st.sampled_from("hf") | garbage, numbers),
    st.builds(workbook_intents.DropImport, numbers),
    st.builds(station_intents.StartSelfAssessment, numbers),
    st.builds(station_intents.Agree, numbers, numbers),
    st.builds(station_intents.Decline, numbers),
    st.builds(station_intents.Invite, numbers, st.sampled_from(Role), numbers),
    st.builds(station_intents.Withdraw, numbers),
    st.builds(station_intents.Admit, numbers),
    st.builds(station_intents.Refuse, numbers),
    st.builds(station_intents.Remove, numbers, numbers),
    st.builds(station_intents.Deputise, numbers, numbers, numbers),
    st.builds(station_intents.Assign, st.sampled_from("123456789x"), numbers),
    st.builds(station_intents.Forget, numbers),
    st.builds(station_intents.FetchMyData),
    st.builds(station_intents.PutMine, _ITEMS, numbers),
    st.builds(report_intents.FetchReport, st.sampled_from(["all", "letter", "table", "form"]) | garbage),
    st.builds(report_intents.SealReport, st.sampled_from([CODE]) | garbage),
    st.builds(report_intents.ReopenReport, st.sampled_from([CODE]) | garbage, numbers),
    st.builds(report_intents.ShowStamped, numbers),
)
files = st.builds(
    KeptFile, st.sampled_from(["ab" * 32, "cd" * 32]), st.sampled_from(FileKind), st.integers(1, 2**25), words
)
givens = st.one_of(
    st.builds(Tapped, intents_of_any_kind, st.sampled_from([None, 1, MAX_ID])),
    st.builds(Commanded, st.sampled_from(Command), words),
    st.builds(Typed, words, st.booleans()),
    st.builds(Odd, st.sampled_from(Oddity)),
    st.builds(Sent, files | st.builds(Refusal, st.sampled_from(Reason), words), words, st.sampled_from(["", "9"])),
    st.builds(Recaptioned, st.integers(0, 3), words),
    st.builds(Offered, st.just("id"), words, st.integers(0), words, st.integers(1, 3)),
)


def _records(item_id: str) -> st.SearchStrategy[ItemRecord]:
    answers = st.none() | st.sampled_from((*possible_answers(RUBRIC.items[item_id]), Chosen("of another version")))
    return st.builds(
        ItemRecord, answers, st.integers(0, 3), st.booleans(), words, words, st.just(ME) | st.just(9), st.just(NOW)
    )


_veto_records = st.builds(
    VetoRecord, _CHOICES, st.none() | st.booleans(), words, st.integers(0, 3), st.just(ME), st.just(NOW)
)


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    """An assessment filled in here and there."""
    ids = draw(st.lists(st.sampled_from(tuple(RUBRIC.items)), unique=True, max_size=12))
    items = {item_id: draw(_records(item_id)) for item_id in ids}
    vetoes = draw(st.dictionaries(st.sampled_from(tuple(RUBRIC.vetoes_by_id)), _veto_records, max_size=3))
    values = words | st.sampled_from(["yes", "j", "junior,senior", "2017-03-01", "张三", "028-85550000"])
    records = st.builds(EntryRecord, values, st.integers(0, 3), st.just(ME) | st.just(9), st.just(NOW))
    entries = draw(st.dictionaries(st.sampled_from(FORM_SUBJECTS), records, max_size=20))
    filled = replace(EMPTY, items=items, vetoes=vetoes, entries=entries)
    return draw(st.sampled_from((filled, sealed(filled))))


@st.composite
def archives(draw: st.DrawFn) -> Shelf:
    """A short history of answers, and something on the shelf."""
    ids = draw(st.lists(st.sampled_from(tuple(RUBRIC.items)), unique=True, max_size=3))
    entries = tuple(
        HistoryEntry(
            MAX_ID,
            draw(st.integers(0, 3)),
            ItemAnswered(item_id, None, possible_answers(RUBRIC.items[item_id])[-1]),
            draw(st.integers(0, 3)),
            ME,
            NOW,
        )
        for item_id in ids
    )
    shelved = (Shelved(MAX_ID, Kind.PRACTICE, NOW, NOW, 3), Shelved(1, Kind.PRACTICE, NOW, NOW, 0))
    return Shelf(entries, draw(st.sampled_from([(), shelved])))


_languages = st.sampled_from(LANGUAGES.locales)
_actions = st.integers(0, 2**53)
worlds = st.one_of(
    st.builds(world, st.none() | assessments(), archives(), locale=_languages, action=_actions),
    st.builds(at_the_station, st.none() | assessments(), archives(), locale=_languages, action=_actions),
)
