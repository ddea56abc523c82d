"""`step` takes anything, in any state, and always leaves a person with a screen and a way on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given as for_all
from hypothesis import settings

from bot.assessments.events import AnswerSetAside, AssessmentEvent
from bot.assessments.history import HistoryEntry
from bot.assessments.model import EntryRecord, ItemRecord
from bot.dialogue import access
from bot.dialogue.engine import show, step
from bot.dialogue.flows import report, station_places
from bot.dialogue.flows.imports import subject_for
from bot.dialogue.given import Command, Given, Tapped
from bot.dialogue.intents import Intent, PickUp, Resume
from bot.dialogue.position import HOME, Place, PlaceKind, Position
from bot.dialogue.rehearsal import ME
from bot.dialogue.screens import DRAWERS
from bot.evidence.kinds import Kind as FileKind
from bot.evidence.sets import UNPLACED, EvidenceSet, KeptFile, set_subject, write
from bot.rubric.answers import Chosen
from bot.workbooks import codec
from bot.workbooks.draft import Draft, Rejected, Spot
from tests.dialogue.builders import (
    COLLEAGUE,
    EMPTY,
    FORM_SUBJECTS,
    MAX_ID,
    NOW,
    RUBRIC,
    STATION_SUBJECTS,
    WATCH_SUBJECTS,
    Shelf,
    at_the_station,
    givens,
    positions,
    sealed,
    world,
    worlds,
)
from tests.dialogue.checks import assert_fits_a_message

if TYPE_CHECKING:
    from bot.dialogue.world import World

NEVER_BEGUN = world(None)


@settings(max_examples=60, deadline=None, database=None)
@for_all(positions, givens, worlds)
def test_step_never_raises_and_its_screen_can_be_sent(position: Position, given: Given, world: World) -> None:
    turn = step(position, given, world)
    assert_fits_a_message(turn.screen)
    assert turn.screen.rows


@pytest.mark.slow
@settings(max_examples=1000, deadline=None, database=None)
@for_all(positions, givens, worlds)
def test_step_never_raises_on_a_thousand_more(position: Position, given: Given, world: World) -> None:
    assert_fits_a_message(step(position, given, world).screen)


@settings(max_examples=50, deadline=None, database=None)
@for_all(positions, worlds)
def test_any_position_can_be_shown_and_showing_it_again_changes_nothing(position: Position, world: World) -> None:
    turn = show(position, world)
    assert turn.events == ()
    assert show(turn.position, world) == turn


@settings(max_examples=60, deadline=None, database=None)
@for_all(positions, givens)
def test_nothing_is_recorded_without_an_assessment(position: Position, given: Given) -> None:
    turn = step(position, given, NEVER_BEGUN)
    assert not any(isinstance(event, AssessmentEvent) for event in turn.events)
    beside = ("AssessmentStarted", "LanguageChosen", "PersonForgotten")
    assert all(type(event).__name__ in beside for event in turn.events)


def test_a_position_in_another_assessment_starts_at_home_with_the_same_way_of_walking() -> None:
    lost = Position(Place(PlaceKind.ITEM, "1.1.1"), assessment=99, last_action=5, draft="words")
    assert show(lost, world()).position == Position(HOME, MAX_ID, lost.walk)


def test_every_intent_command_and_place_has_an_access_rule() -> None:
    assert set(access.INTENTS) == set(Intent.__args__)
    assert set(access.COMMANDS) == set(Command)
    assert set(access.PLACES) == set(PlaceKind)


def test_every_kind_of_place_has_a_drawer() -> None:
    assert set(DRAWERS) == set(PlaceKind)


@pytest.mark.parametrize("intent", [Resume(), PickUp(MAX_ID)])
def test_an_intent_that_fills_in_is_refused_while_nothing_is_begun(intent: Intent) -> None:
    turn = step(Position(), Tapped(intent), NEVER_BEGUN)
    assert turn.notice is not None
    assert turn.notice.text.key == "notice.nothing_begun"


@pytest.mark.parametrize("kind", [kind for kind, rule in access.PLACES.items() if rule is access.Access.MAY_FILL])
def test_a_screen_about_an_assessment_is_never_shown_without_one(kind: PlaceKind) -> None:
    for subject in ("", "1.1.1", "g1", "1", "leak_or_accident", "leak_or_accident/leak"):
        assert show(Position(Place(kind, subject)), NEVER_BEGUN).position.place == HOME


_AT_A_STATION = station_places.KINDS | report.KINDS


def test_every_drawer_draws_its_screen() -> None:
    subjects = ("", "6.6.1", "1.1.1", "g1", "1", "leak_or_accident", "idle_three_years")
    choices = tuple(f"{veto.id}/{choice.id}" for veto in RUBRIC.vetoes for choice in veto.choices)
    at_home = show(Position(HOME, MAX_ID), world(EMPTY)).screen
    contested = AnswerSetAside("1.1.1", Chosen("met"), Chosen("problem"))
    archive = Shelf((HistoryEntry(MAX_ID, 1, contested, 1, ME, NOW),))
    answered = replace(EMPTY, items={"1.1.1": ItemRecord(Chosen("met"), 1, by=COLLEAGUE, at=NOW)})
    text = write(EvidenceSet((KeptFile("ab" * 32, FileKind.PDF, 1),)))
    entries = {set_subject(UNPLACED, 1): EntryRecord(text, 1, ME, NOW)}
    returned = codec.to_text(Draft(EMPTY.id, rejected=(Rejected(Spot("a", 4, "C"), "b", "workbook.why.formula"),)))
    waiting = replace(EMPTY, entries={**entries, subject_for(ME): EntryRecord(returned, 1, ME, NOW)})
    for kind in set(PlaceKind) - {PlaceKind.HOME}:
        about = (*subjects, *choices, *FORM_SUBJECTS, *STATION_SUBJECTS, *WATCH_SUBJECTS)
        here = at_the_station(answered, archive) if kind in _AT_A_STATION else world(waiting)
        if kind in (PlaceKind.REOPEN, PlaceKind.STAMPED):
            here = at_the_station(sealed(EMPTY))
        shown = [show(Position(Place(kind, each), MAX_ID), here) for each in about]
        drawn = [turn.screen for turn in shown if turn.position.place.kind is kind]
        assert drawn, kind
        assert at_home not in drawn
