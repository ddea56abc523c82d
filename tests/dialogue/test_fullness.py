"""The fullest assessments still fit: everything lost, everything excused, long words everywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.assessments.events import AnswerSetAside, ItemAnswered, NoteWritten, VetoAnswered, VetoStatement
from bot.assessments.history import HistoryEntry
from bot.assessments.model import Assessment, EntryRecord, ItemRecord, VetoRecord
from bot.assessments.sealing import stamped_about
from bot.dialogue.engine import show
from bot.dialogue.flows import report
from bot.dialogue.flows.imports import subject_for
from bot.dialogue.flows.navigation import is_real
from bot.dialogue.position import Place, PlaceKind, Position, Walk
from bot.dialogue.rehearsal import ME
from bot.evidence import sets
from bot.evidence.kinds import Kind as FileKind
from bot.evidence.limits import LONGEST_NAME, MOST_BYTES
from bot.evidence.sets import UNPLACED, EvidenceSet, KeptFile, set_subject
from bot.rubric.answers import Chosen, Excused
from bot.workbooks import codec
from bot.workbooks.draft import Draft, Entered, Rejected, Spot
from bot.workbooks.targets import Target, TargetKind
from tests.dialogue.builders import (
    CODE,
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
    sealed,
    world,
)
from tests.dialogue.checks import assert_fits_a_message

if TYPE_CHECKING:
    from bot.dialogue.world import World

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


def full(assessment: Assessment, words: str) -> Assessment:
    """The assessment of a station with as much beside the answers as there can be, some of it a colleague's."""
    text = sets.write(EvidenceSet((KeptFile("ab" * 32, FileKind.PDF, MOST_BYTES, words[:LONGEST_NAME]),) * 10, words))
    kept = {
        set_subject(about, number): text for about in (UNPLACED, "1.1.1", "registration") for number in range(1, 30)
    }
    written = {**dict.fromkeys(FORM_SUBJECTS, words[:200]), **kept, subject_for(ME): codec.to_text(returned(words))}
    items = {each: replace(record, by=COLLEAGUE) for each, record in assessment.items.items()}
    entries = {subject: EntryRecord(value, 1, COLLEAGUE, NOW) for subject, value in written.items()}
    return replace(assessment, items=items, entries=entries)


def handed_in(assessment: Assessment, words: str) -> Assessment:
    """The assessment made final, with as many stamped copies as there are evidence."""
    files = EvidenceSet((KeptFile("ab" * 32, FileKind.PDF, MOST_BYTES, words[:LONGEST_NAME]),) * 10, words)
    kept = {f"{stamped_about(CODE)}{number}": EntryRecord(sets.write(files), 1, COLLEAGUE, NOW) for number in range(9)}
    return sealed(replace(assessment, entries={**assessment.entries, **kept}))


def returned(words: str) -> Draft:
    """A workbook in which everything was changed here meanwhile, or cannot be taken."""
    spot = Spot("考评人员", 4, "C")
    addresses = (Entered(Target(TargetKind.ENTRY, subject), "", words, spot) for subject in FORM_SUBJECTS[:40])
    return Draft(MAX_ID, tuple(addresses), rejected=(Rejected(spot, words, "unclean.postcode"),) * 40)


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
    entries.append(AnswerSetAside("1.1.1", Chosen("met"), Excused(words)))
    moments = (NOW + timedelta(minutes=count) for count in range(len(entries)))
    return Shelf(tuple(HistoryEntry(MAX_ID, 1, event, 1, ME, at) for event, at in zip(entries, moments, strict=True)))


OF_THE_FORM = (
    "registration",
    "registration.category",
    "registration.examiners",
    "registration.examiners/1",
    "registration.examiners/1/name",
)


def every_place(there: World) -> list[Place]:
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
            *OF_THE_FORM,
            *WATCH_SUBJECTS,
            *STATION_SUBJECTS,
            CODE,
            *(chapter.id for chapter in RUBRIC.chapters),
        ),
        *(f"{veto.id}/{choice.id}" for veto in RUBRIC.vetoes for choice in veto.choices),
    )
    places = dict.fromkeys(Place(kind, subject) for kind in PlaceKind for subject in subjects)
    return [place for place in places if is_real(place, there)]


@pytest.mark.parametrize("words", LONG.values(), ids=LONG)
@pytest.mark.parametrize("fill", [lost, excused], ids=lambda fill: fill.__name__)
def test_the_fullest_screens_fit_a_message(fill: type, words: str) -> None:
    filled = full(fill(words), words)
    usual, final = (at_the_station(each, told(words)) for each in (filled, handed_in(filled, words)))
    places = [(usual, each) for each in every_place(usual)]
    places += [(final, each) for each in every_place(final) if each.kind in report.KINDS]
    met = set()
    for there, place in places:
        turn = show(Position(place, MAX_ID, Walk.SINGLE, Place(PlaceKind.ITEM, "1.1.1"), 2**53, words), there)
        assert turn.position.place == place
        met.add(place.kind)
        assert_fits_a_message(turn.screen)
        assert turn.screen.rows, place
    assert met == set(PlaceKind)


@pytest.mark.parametrize("walk", Walk)
def test_the_emptiest_screens_say_what_to_do(walk: Walk) -> None:
    for place in every_place(world()):
        turn = show(Position(place, MAX_ID, walk), world(EMPTY))
        assert_fits_a_message(turn.screen)
        assert turn.screen.rows, place
