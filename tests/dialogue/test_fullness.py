"""The fullest assessments still fit: everything lost, everything excused, long words everywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.assessments.events import ItemAnswered, NoteWritten, VetoAnswered, VetoStatement
from bot.assessments.history import HistoryEntry
from bot.assessments.model import Assessment, ItemRecord, VetoRecord
from bot.dialogue.engine import show
from bot.dialogue.flows.navigation import is_real
from bot.dialogue.position import Place, PlaceKind, Position, Walk
from bot.dialogue.rehearsal import ME
from bot.rubric.answers import Chosen, Excused
from tests.dialogue.builders import EMPTY, MAX_ID, NOW, RUBRIC, Shelf, world
from tests.dialogue.checks import assert_fits_a_message

LONG = {"hanzi": "问" * 4096, "emoji": "😀" * 2048, "html": "<b>&</b>" * 512}


def lost(words: str) -> Assessment:
    """Every item at nothing, every condition declared, everything explained at length."""
    items = {
        item.id: ItemRecord(Chosen(item.zero_levels[0].id), 5, note=words, remedy=words, by=ME, at=NOW)
        for item in RUBRIC.items.values()
    }
    return replace(EMPTY, items=items, vetoes=declared(words))


def excused(words: str) -> Assessment:
    """Everything that can be excused is, for a long reason; the graded ones are left open where they can be."""
    items = {
        item.id: ItemRecord(Excused(words) if item.not_applicable else Chosen(open_level(item.id)), 5, note=words)
        for item in RUBRIC.items.values()
    }
    return replace(EMPTY, items=items, vetoes=declared(words))


def open_level(item_id: str) -> str:
    """The level that the notice leaves open, or else the first."""
    levels = RUBRIC.items[item_id].levels
    return next((level.id for level in levels if level.low != level.high), levels[0].id)


def declared(words: str) -> dict[str, VetoRecord]:
    """Every condition declared, with words."""
    return {
        veto.id: VetoRecord(veto.choices[-1].id, declared=True, note=words, revision=5, by=ME, at=NOW)
        for veto in RUBRIC.vetoes
    }


def told(words: str) -> Shelf:
    """A history of a dozen long entries about each subject."""
    entries = []
    for veto in RUBRIC.vetoes:
        statement = VetoStatement(veto.choices[-1].id, declared=True, note=words)
        entries += [VetoAnswered(veto.id, statement, statement, words)] * 12
    for item_id in RUBRIC.items:
        entries += [ItemAnswered(item_id, Excused(words), Excused(words[1:])), NoteWritten(item_id, words, words)] * 6
    moments = (NOW + timedelta(minutes=count) for count in range(len(entries)))
    return Shelf(tuple(HistoryEntry(MAX_ID, 1, event, 1, ME, at) for event, at in zip(entries, moments, strict=True)))


def every_place() -> list[Place]:
    """Every screen there is, about every subject it can be about, but for most items of the great many."""
    subjects = (
        *(
            "",
            *tuple(RUBRIC.items)[::4],
            "5.1.1",
            "6.4.2",
            "6.6.1",
            *RUBRIC.groups_by_id,
            *RUBRIC.vetoes_by_id,
            *(chapter.id for chapter in RUBRIC.chapters),
        ),
        *(f"{veto.id}/{choice.id}" for veto in RUBRIC.vetoes for choice in veto.choices),
    )
    places = dict.fromkeys(Place(kind, subject) for kind in PlaceKind for subject in subjects)
    return [place for place in places if is_real(place, world())]


@pytest.mark.parametrize("words", LONG.values(), ids=LONG)
@pytest.mark.parametrize("fill", [lost, excused], ids=lambda fill: fill.__name__)
def test_the_fullest_screens_fit_a_message(fill: type, words: str) -> None:
    there = world(fill(words), told(words))
    met = set()
    for place in every_place():
        turn = show(Position(place, MAX_ID, Walk.SINGLE, Place(PlaceKind.ITEM, "1.1.1"), 2**53, words), there)
        assert turn.position.place == place
        met.add(place.kind)
        assert_fits_a_message(turn.screen)
        assert turn.screen.rows, place
    assert met == set(PlaceKind)


@pytest.mark.parametrize("walk", Walk)
def test_the_emptiest_screens_say_what_to_do(walk: Walk) -> None:
    for place in every_place():
        turn = show(Position(place, MAX_ID, walk), world(EMPTY))
        assert_fits_a_message(turn.screen)
        assert turn.screen.rows, place
