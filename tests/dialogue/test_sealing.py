"""What was made final is changed by nothing: no button, no words, no file, no undo; what is typed is not lost."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given as for_all
from hypothesis import settings

from bot.assessments.events import AssessmentEvent, EntryWritten, subject_of
from bot.assessments.model import EntryRecord
from bot.assessments.sealing import REPORT
from bot.cli.plain import screen_text
from bot.dialogue import check_intents, evidence_intents, form_intents, intents, station_intents, workbook_intents
from bot.dialogue.engine import step
from bot.dialogue.flows.imports import subject_for
from bot.dialogue.given import Recaptioned, Returned, Sent, Tapped, Typed
from bot.dialogue.position import Place, PlaceKind, Position
from bot.evidence.kinds import Kind
from bot.evidence.sets import EvidenceSet, KeptFile, set_subject, write
from bot.workbooks import codec
from bot.workbooks.draft import Draft, Entered, Spot
from bot.workbooks.targets import Target, TargetKind
from tests.dialogue.builders import (
    CODE,
    EMPTY,
    LANGUAGES,
    MAX_ID,
    ME,
    NOW,
    assessments,
    at_the_station,
    givens,
    positions,
    rehearsal,
    sealed,
)
from tests.dialogue.test_crawl import Crawl

if TYPE_CHECKING:
    from bot.assessments.model import Assessment
    from bot.dialogue.given import Given
    from bot.dialogue.rehearsal import Rehearsal
    from bot.dialogue.turn import Turn

CHANGING = {
    intents.Choose,
    intents.Mark,
    intents.ConfirmRest,
    intents.Undo,
    intents.AnswerVeto,
    intents.KeepAsNote,
    station_intents.Assign,
    check_intents.StartMeasure,
    form_intents.FillChoice,
}
"""What a walk of some length changes something by, besides words and files."""


def changed(turn: Turn) -> list[str]:
    """What the turn changed of what is handed in."""
    subjects = [subject_of(event) for event in turn.events if isinstance(event, AssessmentEvent)]
    return [each for each in subjects if not each.startswith(REPORT)]


@settings(max_examples=60, deadline=None, database=None)
@for_all(positions, givens, assessments())
def test_nothing_that_anybody_does_changes_what_is_final(position: Position, given: Given, filled: Assessment) -> None:
    final = sealed(filled)
    turn = step(position, given, at_the_station(final))
    assert changed(turn) == []
    if turn.assessment is not None and turn.assessment.id == final.id:
        assert (turn.assessment.items, turn.assessment.vetoes) == (final.items, final.vetoes)


def final_twin(talk: Rehearsal) -> Rehearsal:
    """The same person at the same place in the same assessments, made final."""
    return rehearsal(
        position=talk.position,
        assessments={number: sealed(each) for number, each in talk.assessments.items()},
        entries=list(talk.entries),
        actions=talk.actions,
        station=deepcopy(talk.station),
    )


@pytest.mark.slow
def test_whatever_changes_something_on_a_long_walk_changes_nothing_once_it_is_final() -> None:
    met: set[type] = set()
    for seed in (2, 4, 8, 10):
        crawl = Crawl(seed)
        for _ in range(700):
            if crawl.chance.random() < 0.3:
                crawl.meanwhile()
            given = crawl.pick()
            turn = final_twin(crawl.talk).give(given)
            assert changed(turn) == [], given
            crawl.turn = crawl.talk.give(given)
            if changed(crawl.turn):
                met.add(type(given.intent) if isinstance(given, Tapped) else type(given))
    assert met >= CHANGING | {Typed, Sent}, (CHANGING | {Typed, Sent}) - met


SET = write(EvidenceSet((KeptFile("ab" * 32, Kind.PDF, 1, message=3),)))
WRITING = (
    Place(PlaceKind.WRITE_NOTE, "1.1.1"),
    Place(PlaceKind.WRITE_REMEDY, "1.1.1"),
    Place(PlaceKind.WRITE_EXCUSE, "6.4.5"),
    Place(PlaceKind.WRITE_WHEREABOUTS, "1.1.1"),
    Place(PlaceKind.WRITE_VETO_DETAILS, "leak_or_accident"),
    Place(PlaceKind.FIELD, "registration.address"),
)


def final(**entries: str) -> Assessment:
    """An assessment with those entries, made final."""
    written = {subject: EntryRecord(value, 1, ME, NOW) for subject, value in entries.items()}
    return sealed(replace(EMPTY, entries=written))


@pytest.mark.parametrize("place", WRITING, ids=lambda place: place.kind.name)
def test_words_that_could_not_be_kept_stay_with_their_card(place: Place) -> None:
    position = Position(place, MAX_ID, back=place)
    turn = step(position, Typed("西昌市二路2号"), at_the_station(final()))
    assert (turn.events, turn.position) == ((), replace(position, draft="西昌市二路2号"))
    assert turn.notice is not None
    assert (turn.notice.text.key, turn.notice.text.args["code"]) == ("report.locked_words", CODE)


def test_the_words_of_a_field_stand_on_its_card_until_they_are_sent_again() -> None:
    place = Place(PlaceKind.FIELD, "registration.address")
    position = Position(place, MAX_ID, back=place)
    held = step(position, Typed("西昌市二路2号"), at_the_station(final())).position
    opened = step(held, Typed(" "), at_the_station()).screen
    assert "西昌市二路2号" in screen_text(opened, LANGUAGES.of("zh_CN"))
    again = step(held, Typed("西昌市二路2号"), at_the_station())
    assert [event.after for event in again.events if isinstance(event, EntryWritten)] == ["西昌市二路2号"]


@pytest.mark.parametrize(
    "given",
    [
        Sent(KeptFile("cd" * 32, Kind.PDF, 1)),
        Recaptioned(3, "新的说明"),
        Returned(
            Draft(MAX_ID, (Entered(Target(TargetKind.ENTRY, "registration.address"), "", "新", Spot("a", 4, "C")),))
        ),
        Tapped(evidence_intents.RemoveEvidence("1.1.1", 1, 1), MAX_ID),
        Tapped(evidence_intents.PlaceEvidence(1, "1.1.1", 1), MAX_ID),
        Tapped(form_intents.ClearEntry("registration.address", 1), MAX_ID),
        Tapped(form_intents.DeleteRow("registration.examiners/1", 1), MAX_ID),
        Tapped(workbook_intents.TakeOver(1), MAX_ID),
        Tapped(workbook_intents.DropImport(1), MAX_ID),
        Tapped(intents.DeclareVeto("leak_or_accident", "leak", 0), MAX_ID),
    ],
    ids=lambda given: type(given.intent if isinstance(given, Tapped) else given).__name__,
)
def test_what_few_walks_come_upon_changes_nothing_either_and_it_is_said_why(given: Given) -> None:
    returned = Draft(
        MAX_ID, (Entered(Target(TargetKind.ENTRY, "registration.postcode"), "", "615000", Spot("a", 4, "C")),)
    )
    written = {set_subject(about, 1): SET for about in ("1.1.1", "")}
    written |= {"registration.address": "西昌市", "registration.examiners/1/name": "张三"}
    here = at_the_station(final(**written, **{subject_for(ME): codec.to_text(returned)}))
    turn = step(Position(Place(PlaceKind.ITEM, "1.1.1"), MAX_ID), given, here)
    assert turn.events == ()
    assert turn.notice is not None
    assert turn.notice.text.key == "report.locked"
    assert turn.notice.is_alert
