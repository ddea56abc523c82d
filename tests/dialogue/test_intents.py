"""Buttons: what they carry is small, read back as it was, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from bot.dialogue import (
    check_intents,
    evidence_intents,
    form_intents,
    intents,
    report_intents,
    station_intents,
    workbook_intents,
)
from bot.dialogue.flows import form_places
from bot.dialogue.intents import MAX_BYTES, MOST, Intent, base36, decode, encode, from_base36
from bot.dialogue.position import Place, PlaceKind, Walk
from bot.errors import UnreadableButtonError
from bot.reports.model import Kind
from bot.stations.model import Role
from bot.watch.rules import rules_of
from bot.workbooks.layout import WHOLE, scopes
from tests.dialogue.builders import CODE, FORM, FORM_SUBJECTS, LANGUAGES, MAX_ID, RUBRIC

REVISION = 10**6
"""More changes of one item than anybody makes."""
SHOWN = (*RUBRIC.items, *(section.id for section in FORM.sections))
"""What evidence can be about."""
_ABOUT = ("", "9999", "organisation_code", *RUBRIC.items, *RUBRIC.vetoes_by_id)
"""What findings are about: nothing in particular, a row, a field, an item, a condition."""


def every_intent() -> list[Intent]:
    """Every button that the rubric can lead to, with the largest figures."""
    subjects = ("", *RUBRIC.items, *RUBRIC.groups_by_id, *RUBRIC.vetoes_by_id, *(each.id for each in RUBRIC.chapters))
    choices = [(veto.id, choice.id) for veto in RUBRIC.vetoes for choice in veto.choices]
    sums = REVISION * max(len(group.items) for group in RUBRIC.groups)
    return [
        *(intents.Open(Place(kind, subject)) for kind in PlaceKind for subject in subjects),
        *(intents.Open(Place(kind, f"{veto}/{choice}")) for kind in PlaceKind for veto, choice in choices),
        intents.StartPractice(),
        intents.Resume(),
        intents.PickUp(MAX_ID),
        *(intents.Choose(item.id, level.id, REVISION) for item in RUBRIC.items.values() for level in item.levels),
        *(intents.Mark(item_id, REVISION) for item_id in RUBRIC.items),
        *(intents.ConfirmRest(group_id, sums) for group_id in RUBRIC.groups_by_id),
        *(intents.Rate(item_id, 9_999_999, 9_999_999, REVISION) for item_id in RUBRIC.items),
        *(intents.Count(item_id, 999_999_999, REVISION) for item_id in (*RUBRIC.items, "100.100.1000")),
        *(intents.Tick(item_id, "a" * 16, 1, REVISION) for item_id in (*RUBRIC.items, "100.100.1000")),
        *(intents.SetWalk(walk) for walk in Walk),
        intents.Undo(2**63 - 1),
        *(intents.AnswerVeto(veto, choice, REVISION) for veto, choice in choices),
        *(intents.DeclareVeto(veto, choice, REVISION) for veto, choice in choices),
        *(intents.Speak(locale) for locale in LANGUAGES.locales),
        *(intents.KeepAsNote(item_id, 2**32 - 1) for item_id in RUBRIC.items),
        *(check_intents.StartMeasure(each) for each in (*RUBRIC.items, *RUBRIC.vetoes_by_id)),
        *(check_intents.Mend(f"{rule.id}/{each}") for rule in rules_of(RUBRIC.id) for each in _ABOUT),
        *every_form_intent(),
        *every_station_intent(),
        *every_workbook_intent(),
        *every_evidence_intent(),
        *every_report_intent(),
    ]


def every_report_intent() -> list[Intent]:
    """Every button about handing in, with the largest figures."""
    return [
        *(report_intents.FetchReport(what) for what in ("all", *(kind.value for kind in Kind))),
        report_intents.SealReport(CODE),
        report_intents.ReopenReport(CODE, 2**32 - 1),
        report_intents.ShowStamped(REVISION),
    ]


def every_evidence_intent() -> list[Intent]:
    """Every button about evidence, with the largest figures."""
    return [
        *(evidence_intents.RemoveEvidence(about, REVISION, REVISION) for about in ("", *SHOWN)),
        *(evidence_intents.ShowEvidence(about, REVISION) for about in SHOWN),
        *(evidence_intents.PlaceEvidence(REVISION, about, REVISION) for about in SHOWN),
    ]


def every_workbook_intent() -> list[Intent]:
    """Every button about workbooks, with the largest figures."""
    return [
        *(workbook_intents.FetchWorkbook(scope) for scope in (WHOLE, *scopes(FORM))),
        workbook_intents.TakeOver(REVISION),
        *(workbook_intents.SettleImport(2**32 - 1, side, REVISION) for side in "hf"),
        workbook_intents.DropImport(REVISION),
    ]


def every_station_intent() -> list[Intent]:
    """Every button around stations, with the largest figures."""
    person = 2**53 - 1
    return [
        station_intents.StartSelfAssessment(person),
        station_intents.Agree(MAX_ID, REVISION),
        station_intents.Decline(MAX_ID),
        *(station_intents.Invite(person, role, REVISION) for role in Role),
        station_intents.Withdraw(MAX_ID),
        station_intents.Admit(MAX_ID),
        station_intents.Refuse(MAX_ID),
        station_intents.Remove(person, person),
        *(station_intents.Deputise(person, person, on) for on in (0, 1)),
        *(station_intents.Assign(chapter.id, person) for chapter in RUBRIC.chapters),
        station_intents.Forget(person),
        station_intents.FetchMyData(),
        *(station_intents.PutMine(item_id, REVISION) for item_id in RUBRIC.items),
    ]


def every_form_intent() -> list[Intent]:
    """Every button that the form can lead to, with the largest figures."""
    asked = [(subject, field) for subject in FORM_SUBJECTS if (field := FORM.field(subject)) is not None]
    tables = [f"{section.id}.{table.id}" for section in FORM.sections for table in section.tables]
    return [
        *(intents.Open(Place(kind, subject)) for kind in form_places.KINDS for subject in FORM_SUBJECTS),
        *(form_intents.FillChoice(each, n, REVISION) for each, field in asked for n in range(len(field.choices))),
        *(form_intents.ClearEntry(each, REVISION) for each, _ in asked),
        *(form_intents.ReplaceEntry(each, REVISION) for each, _ in asked),
        *(form_intents.NewRow(table) for table in tables),
        *(form_intents.CopyRow(f"{table}/9999", 9999) for table in tables),
        *(form_intents.DeleteRow(f"{table}/9999", 10 * REVISION) for table in tables),
        form_intents.ConfirmPaste(2**32 - 1),
    ]


def test_every_intent_of_the_rubric_round_trips_within_64_bytes() -> None:
    everything = every_intent()
    assert {type(intent) for intent in everything} == set(Intent.__args__)
    for intent in everything:
        for assessment in (None, 1, MAX_ID):
            data = encode(intent, assessment)
            assert len(data.encode()) <= MAX_BYTES, data
            assert decode(data) == (intent, assessment)


def test_no_two_intents_share_their_data() -> None:
    everything = every_intent()
    assert len({encode(intent, MAX_ID) for intent in everything}) == len(set(everything))


@settings(max_examples=200, deadline=None, database=None)
@for_all(st.text(max_size=80) | st.from_regex(r"[a-zV]:[0-9a-z]{0,12}(:[-0-9a-z./]{0,12}){0,4}", fullmatch=True))
def test_any_other_data_is_an_intent_or_refused_by_name(data: str) -> None:
    try:
        intent, assessment = decode(data)
    except UnreadableButtonError:
        return
    assert isinstance(intent, Intent)
    assert encode(intent, assessment) == data


@pytest.mark.parametrize(
    "data",
    [
        *("", ":", "o", "o:0", "o:0:", "o:00:h", "o:-1:h", "o:0:?x", "z:0", "w:0:x"),
        *("a:0:1.1.1:met", "a:0:1.1.1:met:0:0", "u:0:1_0", "u:0: 1", "u:0:+1"),
        *("o:0:h" + "x" * 64, "o:0:h\ud800" + "\x00" * 60, "p:" + "z" * 60),
    ],
)
def test_cut_or_made_up_data_is_refused(data: str) -> None:
    with pytest.raises(UnreadableButtonError):
        decode(data)


@for_all(st.integers(0, MOST))
def test_numbers_are_written_one_way_only(number: int) -> None:
    text = base36(number)
    assert from_base36(text) == number
    with pytest.raises(ValueError, match="0"):
        from_base36("0" + text)


def test_a_number_that_no_database_can_hold_is_refused() -> None:
    with pytest.raises(UnreadableButtonError):
        decode("u:0:" + base36(MOST + 1))
