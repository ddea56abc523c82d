"""Evidence of a section of the form: where a file belongs, and everything that an item's evidence can do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.assessments.entries import LazyEntries
from bot.assessments.model import EntryRecord
from bot.cli.plain import labels, screen_text
from bot.dialogue.engine import show
from bot.dialogue.evidence_intents import PlaceEvidence, RemoveEvidence, ShowEvidence
from bot.dialogue.flows.evidence_places import subject_at
from bot.dialogue.given import Command, Commanded, Sent, Tapped, Typed
from bot.dialogue.intents import Open, StartPractice
from bot.dialogue.position import Place, PlaceKind, Position
from bot.evidence.kinds import Kind
from bot.evidence.sets import UNPLACED, EvidenceSet, KeptFile, place_subject, set_subject, sets_of, write
from tests.dialogue.builders import EMPTY, LANGUAGES, MAX_ID, NOW, rehearsal, world

if TYPE_CHECKING:
    from bot.dialogue.rehearsal import Rehearsal

SCAN = KeptFile("ab" * 32, Kind.PDF, 1000, "许可证.pdf")
SECTION = Place(PlaceKind.FORM_SECTION, "licence")
EVIDENCE = Place(PlaceKind.EVIDENCE, "licence")
ZH = LANGUAGES.of("zh_CN")


def begun(place: Place = SECTION) -> Rehearsal:
    """Somebody in a practice run, at a place."""
    talk = rehearsal()
    talk.give(Commanded(Command.START))
    talk.give(Tapped(StartPractice()))
    talk.give(Tapped(Open(place)))
    return talk


def stands(talk: Rehearsal, about: str = "licence") -> list[str]:
    """The names of the files that stand under a subject."""
    assert talk.assessment is not None
    return [file.name for each in sets_of(talk.assessment.entries, about) for file in each.set.files]


@pytest.mark.parametrize(
    ("place", "about"),
    [
        (SECTION, "licence"),
        (EVIDENCE, "licence"),
        (Place(PlaceKind.WRITE_WHEREABOUTS, "licence"), "licence"),
        (Place(PlaceKind.FIELD, "registration.address"), "registration"),
        (Place(PlaceKind.HISTORY, "registration.address"), "registration"),
        (Place(PlaceKind.FIELD, "registration.examiners/1/name"), "registration"),
        (Place(PlaceKind.TABLE, "registration.examiners"), "registration"),
        (Place(PlaceKind.ROW, "registration.examiners/1"), "registration"),
        (Place(PlaceKind.PASTE, "cancelled.occupations"), "cancelled"),
        (Place(PlaceKind.ITEM, "2.1.10"), "2.1.10"),
        (Place(PlaceKind.FORM), UNPLACED),
        (Place(PlaceKind.FORM_SECTION, "explained"), UNPLACED),
        (Place(PlaceKind.SCORE), UNPLACED),
    ],
)
def test_a_file_belongs_where_its_sender_is(place: Place, about: str) -> None:
    assert subject_at(place, world()) == about


def test_a_file_sent_at_a_field_joins_its_section_and_the_field_is_gone_on_with() -> None:
    field = Place(PlaceKind.FIELD, "licence.number")
    talk = begun(field)
    kept = talk.give(Sent(SCAN, "副本"))
    assert kept.position.place == EVIDENCE
    assert kept.notice is not None
    assert ZH.text(kept.notice.text) == "许可证情况 佐证材料第1组已收好，1个文件"
    assert stands(talk) == ["许可证.pdf"]
    offered = [button.intent for row in kept.screen.rows for button in row]
    assert {Open(field), Open(SECTION), ShowEvidence("licence", 1)} <= set(offered)
    talk.give(Commanded(Command.CANCEL))
    assert talk.position.place == field


def test_the_card_of_a_section_says_how_many_sets_it_has() -> None:
    talk = begun()
    assert ["佐证材料"] in labels(talk.look().screen, ZH)
    talk.give(Sent(SCAN))
    talk.give(Sent(replace(SCAN, sha256="cd" * 32)))
    assert ["佐证材料（2）"] in labels(talk.give(Tapped(Open(SECTION))).screen, ZH)


def test_a_set_of_a_section_is_taken_back_and_brought_back() -> None:
    talk = begun()
    talk.give(Sent(SCAN))
    talk.give(Tapped(RemoveEvidence("licence", 1, 1)))
    assert stands(talk) == []
    assert talk.position.place == EVIDENCE
    talk.give(Commanded(Command.UNDO))
    assert stands(talk) == ["许可证.pdf"]


def test_where_the_papers_of_a_section_are_is_written_and_can_be_left() -> None:
    talk = begun(Place(PlaceKind.WRITE_WHEREABOUTS, "licence"))
    assert talk.give(Commanded(Command.CANCEL)).position.place == SECTION
    talk.give(Tapped(Open(Place(PlaceKind.WRITE_WHEREABOUTS, "licence"))))
    written = talk.give(Typed("办公室1号柜"))
    assert talk.assessment is not None
    assert talk.assessment.entry(place_subject("licence")).value == "办公室1号柜"
    assert "备查位置：办公室1号柜" in screen_text(written.screen, ZH)


def test_files_that_came_nowhere_go_to_a_section_by_its_button() -> None:
    talk = begun(Place(PlaceKind.SCORE))
    asked = talk.give(Sent(SCAN))
    buttons = {button.intent: button for row in asked.screen.rows for button in row}
    put = PlaceEvidence(1, "registration", 1)
    assert ZH.text(buttons[put].text) == "放进登记表（附件3）"
    talk.give(Tapped(put))
    assert stands(talk, "registration") == ["许可证.pdf"]
    assert stands(talk, UNPLACED) == []


@pytest.mark.parametrize("words", ["登记表（附件3）", "登记表(附件3)"])
def test_files_that_came_nowhere_go_to_a_section_by_its_name(words: str) -> None:
    talk = begun(Place(PlaceKind.SCORE))
    talk.give(Sent(SCAN))
    talk.give(Typed(words))
    assert stands(talk, "registration") == ["许可证.pdf"]


@pytest.mark.parametrize("about", ["explained", "nothing", "registration.examiners", "⑴"])
def test_there_is_no_evidence_of_what_is_neither_item_nor_section(about: str) -> None:
    talk = begun(Place(PlaceKind.SCORE))
    talk.give(Sent(SCAN))
    assert talk.give(Tapped(PlaceEvidence(1, about, 1))).events == ()
    before = talk.position
    assert talk.give(Tapped(Open(Place(PlaceKind.EVIDENCE, about)))).position == before


def test_the_card_of_an_item_counts_its_sets_without_reading_what_they_say() -> None:
    def never() -> dict[str, EntryRecord]:
        raise AssertionError

    subjects = {set_subject("2.1.10", 1), set_subject("2.1.10", 3), set_subject("2.1.1", 1), place_subject("2.1.10")}
    unread = replace(EMPTY, entries=LazyEntries(never, frozenset(subjects)))
    card = show(Position(Place(PlaceKind.ITEM, "2.1.10"), MAX_ID), world(unread)).screen
    assert ["佐证材料（2）"] in labels(card, ZH)


def test_the_card_of_an_item_does_not_count_what_was_taken_back() -> None:
    text = write(EvidenceSet((SCAN,)))
    values = {set_subject("2.1.10", 1): text, set_subject("2.1.10", 2): ""}
    entries = {subject: EntryRecord(value, 1, 1, NOW) for subject, value in values.items()}
    card = show(Position(Place(PlaceKind.ITEM, "2.1.10"), MAX_ID), world(replace(EMPTY, entries=entries))).screen
    assert ["佐证材料（1）"] in labels(card, ZH)
