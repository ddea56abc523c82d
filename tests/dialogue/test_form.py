"""The form in the chat: one field at a time, rows, pasted lines, and two people who never overwrite each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.assessments.events import EntryWritten
from bot.assessments.history import HistoryEntry
from bot.assessments.model import Assessment, EntryRecord, Kind
from bot.cli.plain import screen_text
from bot.dialogue.engine import show, step
from bot.dialogue.flows.form_places import KINDS
from bot.dialogue.form_intents import (
    ClearEntry,
    ConfirmPaste,
    CopyRow,
    DeleteRow,
    FillChoice,
    NewRow,
)
from bot.dialogue.given import Command, Commanded, Tapped, Typed
from bot.dialogue.intents import MAX_BYTES, Open, StartPractice, checksum, encode
from bot.dialogue.position import HOME, Place, PlaceKind, Position
from bot.dialogue.rehearsal import ME, Rehearsal
from bot.forms.subjects import MOST_ROWS_EVER
from tests.dialogue.builders import EMPTY, FORM, FORM_SUBJECTS, LANGUAGES, MAX_ID, NOW, RUBRIC, Shelf, rehearsal, world
from tests.dialogue.checks import assert_fits_a_message

if TYPE_CHECKING:
    from bot.dialogue.turn import Turn

EXAMINERS = "registration.examiners"
COLLEAGUE = 9
SHARED = replace(EMPTY, kind=Kind.SELF_ASSESSMENT)


def at(kind: PlaceKind, subject: str = "", **other: object) -> Position:
    return replace(Position(Place(kind, subject), MAX_ID), **other)


def holding(assessment: Assessment = EMPTY, by: int = ME, **written: tuple[str, int]) -> Assessment:
    """An assessment with these entries: the value and the revision, by subject, dots and strokes as __ and ___."""
    named = {subject.replace("___", "/").replace("__", "."): record for subject, record in written.items()}
    entries = {subject: EntryRecord(value, revision, by, NOW) for subject, (value, revision) in named.items()}
    return replace(assessment, entries={**assessment.entries, **entries})


def key_of(turn: Turn) -> str:
    return "" if turn.notice is None else turn.notice.text.key


def words_of(turn: Turn) -> str:
    return screen_text(turn.screen, LANGUAGES.of("zh_CN"))


@pytest.fixture
def talk() -> Rehearsal:
    begun = rehearsal()
    begun.give(Commanded(Command.START))
    begun.give(Tapped(StartPractice()))
    return begun


def test_a_practice_run_begins_with_the_form_of_its_rubric(talk: Rehearsal) -> None:
    assert talk.assessment is not None
    assert talk.assessment.form == (FORM.id, FORM.version)
    assert talk.give(Commanded(Command.FORM)).position.place == Place(PlaceKind.FORM)


def test_an_assessment_without_a_form_says_so_and_stays_where_it_was() -> None:
    old = world(replace(EMPTY, form=None), form=None)
    turn = step(at(PlaceKind.ITEM, "1.1.1"), Commanded(Command.FORM), old)
    assert turn.position.place == Place(PlaceKind.ITEM, "1.1.1")
    assert key_of(turn) == "form.none"
    turn = step(at(PlaceKind.ITEM, "1.1.1"), Tapped(Open(Place(PlaceKind.FORM)), MAX_ID), old)
    assert key_of(turn) == "notice.unreadable_button"


def test_typed_words_go_to_the_field_that_is_asked_and_the_next_one_follows() -> None:
    turn = step(at(PlaceKind.FIELD, "registration.address"), Typed("成都市某路１号"), world())
    assert turn.events == (EntryWritten("registration.address", "", "成都市某路1号"),)
    assert turn.position.place == Place(PlaceKind.FIELD, "registration.postcode")


def test_the_number_of_an_item_is_an_answer_where_a_field_asks_for_it() -> None:
    turn = step(at(PlaceKind.FIELD, "measures.problems/1/about"), Typed("2.1.10"), world())
    assert turn.events == (EntryWritten("measures.problems/1/about", "", "2.1.10"),)


def test_words_that_do_not_fit_are_refused_with_the_reason_and_nothing_is_kept() -> None:
    turn = step(at(PlaceKind.FIELD, "registration.postcode"), Typed("61000"), world())
    assert turn.events == ()
    assert key_of(turn) == "unclean.postcode"
    assert turn.position.place == Place(PlaceKind.FIELD, "registration.postcode")


def test_a_local_telephone_takes_the_area_code_that_the_form_knows_already() -> None:
    knows = holding(licence__phone=("0834-2161234", 1))
    turn = step(at(PlaceKind.FIELD, "registration.phone"), Typed("2165678"), world(knows))
    assert turn.events == (EntryWritten("registration.phone", "", "0834-2165678"),)
    assert key_of(step(at(PlaceKind.FIELD, "registration.phone"), Typed("2165678"), world())) == "unclean.area_code"


def test_an_unusual_value_is_kept_and_its_remark_must_be_read() -> None:
    turn = step(at(PlaceKind.FIELD, "registration.organisation_code"), Typed("没有代码"), world())
    assert len(turn.events) == 1
    assert turn.notice is not None
    assert turn.notice.is_alert
    assert key_of(turn) == "form.kept_with_remark"


def test_a_choice_is_kept_by_its_id_and_brings_up_what_depends_on_it() -> None:
    tap = Tapped(FillChoice("registration.category", 9, 0), MAX_ID)
    turn = step(at(PlaceKind.FIELD, "registration.category"), tap, world())
    assert turn.events == (EntryWritten("registration.category", "", "j"),)
    assert turn.position.place == Place(PlaceKind.FIELD, "registration.category_other")


def test_a_choice_tapped_twice_is_recorded_once() -> None:
    there = holding(registration__category=("j", 1))
    turn = step(at(PlaceKind.FORM), Tapped(FillChoice("registration.category", 9, 0), MAX_ID), world(there))
    assert turn.events == ()
    assert key_of(turn) == "form.already"


def test_an_old_choice_button_changes_nothing_and_shows_what_stands() -> None:
    there = holding(registration__category=("a", 2))
    turn = step(at(PlaceKind.FORM), Tapped(FillChoice("registration.category", 9, 1), MAX_ID), world(there))
    assert turn.events == ()
    assert key_of(turn) == "form.changed"
    assert turn.position.place == Place(PlaceKind.FIELD, "registration.category")


def test_levels_are_ticked_one_by_one_and_a_second_copy_of_a_tap_does_not_untick() -> None:
    subject = "licence.scope/1/levels"
    tap = Tapped(FillChoice(subject, 1, 0), MAX_ID)
    first = step(at(PlaceKind.FIELD, subject), tap, world())
    assert first.events == (EntryWritten(subject, "", "intermediate"),)
    again = step(first.position, tap, world(first.assessment))
    assert again.events == ()
    more = step(first.position, Tapped(FillChoice(subject, 0, 1), MAX_ID), world(first.assessment))
    assert more.events == (EntryWritten(subject, "intermediate", "junior,intermediate"),)
    less = step(more.position, Tapped(FillChoice(subject, 1, 2), MAX_ID), world(more.assessment))
    assert less.events == (EntryWritten(subject, "junior,intermediate", "junior"),)


def test_clearing_takes_back_what_stands_only_as_it_was_seen() -> None:
    there = holding(registration__address=("某路", 3))
    stale = step(at(PlaceKind.FORM), Tapped(ClearEntry("registration.address", 2), MAX_ID), world(there))
    assert (stale.events, key_of(stale)) == ((), "form.changed")
    turn = step(at(PlaceKind.FORM), Tapped(ClearEntry("registration.address", 3), MAX_ID), world(there))
    assert turn.events == (EntryWritten("registration.address", "某路", ""),)
    again = step(turn.position, Tapped(ClearEntry("registration.address", 3), MAX_ID), world(turn.assessment))
    assert (again.events, key_of(again)) == ((), "form.cleared")


def test_two_people_who_begin_the_same_new_row_get_a_row_each() -> None:
    subject = f"{EXAMINERS}/1/name"
    opened = step(at(PlaceKind.FORM), Tapped(NewRow(EXAMINERS), MAX_ID), world(SHARED))
    assert opened.position.place == Place(PlaceKind.FIELD, subject)
    there = replace(SHARED, entries={subject: EntryRecord("甲", 1, COLLEAGUE, NOW)})
    turn = step(opened.position, Typed("乙"), world(there))
    assert turn.events == (EntryWritten(f"{EXAMINERS}/2/name", "", "乙"),)
    assert turn.position.place.subject.startswith(f"{EXAMINERS}/2/")


ROW = holding(
    registration__examiners___3___name=("王五", 1),
    registration__examiners___3___education=("大学", 2),
)


def test_a_row_is_copied_whole_and_a_repeated_tap_copies_it_once() -> None:
    tap = Tapped(CopyRow(f"{EXAMINERS}/3", 4), MAX_ID)
    turn = step(at(PlaceKind.ROW, f"{EXAMINERS}/3"), tap, world(ROW))
    assert {event.subject for event in turn.events if isinstance(event, EntryWritten)} == {
        f"{EXAMINERS}/4/name",
        f"{EXAMINERS}/4/education",
    }
    assert turn.position.place == Place(PlaceKind.ROW, f"{EXAMINERS}/4")
    again = step(at(PlaceKind.ROW, f"{EXAMINERS}/3"), tap, world(turn.assessment))
    assert again.events == ()
    assert again.position.place == Place(PlaceKind.ROW, f"{EXAMINERS}/4")


def test_a_row_is_deleted_only_as_it_was_seen_and_comes_back_whole(talk: Rehearsal) -> None:
    stale = step(at(PlaceKind.ROW, f"{EXAMINERS}/3"), Tapped(DeleteRow(f"{EXAMINERS}/3", 2), MAX_ID), world(ROW))
    assert (stale.events, key_of(stale)) == ((), "form.row_changed")
    talk.give(Commanded(Command.FORM))
    talk.give(Tapped(Open(Place(PlaceKind.TABLE, EXAMINERS)), 1))
    talk.give(Typed("王五 大学 技师 中式烹调师 某校"))
    assert talk.assessment is not None
    talk.give(Tapped(ConfirmPaste(checksum("王五 大学 技师 中式烹调师 某校")), 1))
    before = {subject: record.value for subject, record in talk.assessment.entries.items()}
    assert before[f"{EXAMINERS}/1/occupation"] == "中式烹调师"
    deleted = talk.give(Tapped(DeleteRow(f"{EXAMINERS}/1", 5), 1))
    assert len(deleted.events) == 5
    assert "王**" not in words_of(deleted)
    talk.give(Commanded(Command.UNDO))
    assert {subject: record.value for subject, record in talk.assessment.entries.items()} == before


def test_the_row_of_a_deleted_person_says_that_it_is_gone() -> None:
    turn = show(at(PlaceKind.ROW, f"{EXAMINERS}/7"), world(ROW))
    assert turn.position.place == Place(PlaceKind.ROW, f"{EXAMINERS}/7")
    assert "已经删除" in words_of(turn)


def test_pasted_lines_are_shown_first_and_kept_only_when_confirmed() -> None:
    text = "双头灶台\tZT-2\t20\n冰柜\tBG\t两台"
    shown = step(at(PlaceKind.TABLE, "registration.equipment"), Typed(text.replace("\t", " "), tabbed=text), world())
    assert shown.events == ()
    assert shown.position == replace(shown.position, place=Place(PlaceKind.PASTE, "registration.equipment"), draft=text)
    assert "第2行，数量" in words_of(shown)
    kept = step(shown.position, Tapped(ConfirmPaste(checksum(text)), MAX_ID), world(shown.assessment))
    assert [event.after for event in kept.events if isinstance(event, EntryWritten)] == ["双头灶台", "ZT-2", "20"]
    again = step(kept.position, Tapped(ConfirmPaste(checksum(text)), MAX_ID), world(kept.assessment))
    assert (again.events, key_of(again)) == ((), "form.done_already")


def test_who_pasted_rows_sees_people_in_full_before_they_are_kept_and_nobody_does_afterwards() -> None:
    shown = step(at(PlaceKind.TABLE, EXAMINERS), Typed("王五，大学本科，技师，中式烹调师，某某学校"), world())
    assert "王五 · 大学本科" in words_of(shown)
    confirm = next(button for row in shown.screen.rows for button in row if isinstance(button.intent, ConfirmPaste))
    kept = step(shown.position, Tapped(confirm.intent, MAX_ID), world(shown.assessment))
    assert key_of(kept) == "form.pasted"
    assert "王**" in words_of(kept)
    assert "王五" not in words_of(kept)
    assert "大学本科" not in words_of(kept)


def test_a_long_list_comes_in_several_messages_and_a_fresh_start_drops_what_waits() -> None:
    first = step(at(PlaceKind.PASTE, "registration.equipment"), Typed("甲,A,1"), world())
    both = step(first.position, Typed("乙,B,2"), world())
    assert both.position.draft == "甲,A,1\n乙,B,2"
    fresh = step(both.position, Tapped(Open(Place(PlaceKind.PASTE, "registration.equipment")), MAX_ID), world())
    assert fresh.position.draft == ""


def test_lines_beyond_what_can_wait_are_refused_and_the_others_stay() -> None:
    waits = at(PlaceKind.PASTE, "registration.equipment", draft="甲,A,1\n" * 2_000)
    turn = step(waits, Typed("乙,B,2\n" * 1_500), world())
    assert key_of(turn) == "form.paste.too_long"
    assert turn.position.draft == waits.draft


def test_an_old_confirmation_does_not_keep_newer_lines() -> None:
    waits = at(PlaceKind.PASTE, "registration.equipment", draft="冰柜\tBG\t2")
    turn = step(waits, Tapped(ConfirmPaste(checksum("双头灶台\tZT-2\t20")), MAX_ID), world())
    assert (turn.events, key_of(turn)) == ((), "form.done_already")


def test_leaving_what_was_being_written_leads_to_its_screen() -> None:
    for kind, subject, leads_to in (
        (PlaceKind.FIELD, "registration.address", Place(PlaceKind.FORM_SECTION, "registration")),
        (PlaceKind.FIELD, f"{EXAMINERS}/3/name", Place(PlaceKind.ROW, f"{EXAMINERS}/3")),
        (PlaceKind.PASTE, EXAMINERS, Place(PlaceKind.TABLE, EXAMINERS)),
    ):
        turn = step(at(kind, subject), Commanded(Command.CANCEL), world(ROW))
        assert turn.position.place == leads_to


def test_a_full_table_takes_no_more_rows() -> None:
    most = FORM.table("licence.scope")
    assert most is not None
    full = {f"licence.scope/{n}/occupation": EntryRecord("x", 1, ME, NOW) for n in range(1, most.most + 1)}
    turn = step(at(PlaceKind.FORM), Tapped(NewRow("licence.scope"), MAX_ID), world(replace(EMPTY, entries=full)))
    assert key_of(turn) == "form.table_full"
    used_up = {f"licence.scope/{MOST_ROWS_EVER}/occupation": EntryRecord("", 2, ME, NOW)}
    turn = step(at(PlaceKind.FORM), Tapped(NewRow("licence.scope"), MAX_ID), world(replace(EMPTY, entries=used_up)))
    assert key_of(turn) == "form.table_full"


LONG = {"hanzi": "问" * 1000, "emoji": "😀" * 1000, "html": "<b>&</b>" * 120}


@pytest.mark.parametrize("words", LONG.values(), ids=LONG)
def test_the_fullest_form_fits_a_message(words: str) -> None:
    """Every field full, thirty rows in each table, a long paste at hand."""
    entries: dict[str, EntryRecord] = {}
    for section in FORM.sections:
        for field in section.fields:
            value = field.choices[-1].id if field.choices else words
            entries[f"{section.id}.{field.id}"] = EntryRecord(value, 10**6, COLLEAGUE, NOW)
        for table in section.tables:
            for number in range(1, 31):
                for column in table.columns:
                    value = column.choices[-1].id if column.choices else words
                    subject = f"{section.id}.{table.id}/{number}/{column.id}"
                    entries[subject] = EntryRecord(value, 10**6, COLLEAGUE, NOW)
    full = world(replace(SHARED, entries=entries))
    met = set()
    for subject in ("", *FORM_SUBJECTS):
        for kind in (
            PlaceKind.FORM,
            PlaceKind.FORM_SECTION,
            PlaceKind.FIELD,
            PlaceKind.TABLE,
            PlaceKind.ROW,
            PlaceKind.PASTE,
        ):
            draft = f"{words}\n" * 4 if kind is PlaceKind.PASTE else words
            turn = show(at(kind, subject, draft=draft, last_action=2**53), full)
            if turn.position.place.kind is kind:
                met.add(kind)
                assert_fits_a_message(turn.screen)
    assert met == set(KINDS)


@pytest.mark.parametrize("subject", [subject for subject in FORM_SUBJECTS if FORM.field(subject)])
def test_every_button_of_a_field_is_small_enough(subject: str) -> None:
    field = FORM.field(subject)
    assert field is not None
    offered = [FillChoice(subject, number, 10**6) for number in range(len(field.choices))]
    for intent in (Open(Place(PlaceKind.FIELD, subject)), ClearEntry(subject, 10**6), *offered):
        assert len(encode(intent, MAX_ID).encode()) <= MAX_BYTES


def test_the_history_of_a_personal_field_shows_who_and_when_but_masks_the_values() -> None:
    subject = "registration.head"
    told = Shelf((HistoryEntry(MAX_ID, 1, EntryWritten(subject, "张三丰", "李四光"), 2, ME, NOW),))
    turn = show(at(PlaceKind.HISTORY, subject), world(holding(registration__head=("李四光", 2)), told))
    text = words_of(turn)
    assert "张** → 李**" in text
    assert "三丰" not in text
    assert Place(PlaceKind.FIELD, subject) in [
        button.intent.place for row in turn.screen.rows for button in row if isinstance(button.intent, Open)
    ]


def test_nasty_words_are_shown_literally() -> None:
    for words in ("=1+1", "</b>", "{{7*7}}", "{label}", "😀", "שלום"):
        turn = step(at(PlaceKind.FIELD, "registration.organiser"), Typed(words), world())
        assert turn.events == (EntryWritten("registration.organiser", "", words),)
        card = show(at(PlaceKind.FIELD, "registration.organiser"), world(turn.assessment))
        assert words in words_of(card)


def test_a_form_place_without_a_form_leads_home() -> None:
    old = world(replace(EMPTY, form=None), form=None)
    for kind in (PlaceKind.FORM, PlaceKind.TABLE, PlaceKind.FIELD):
        assert show(at(kind, EXAMINERS), old).position.place == HOME


def test_the_form_belongs_to_the_rubric_of_this_province_alone() -> None:
    other = replace(RUBRIC, id="another")
    talk = rehearsal(other)
    talk.give(Tapped(StartPractice()))
    assert talk.assessment is not None
    assert talk.assessment.form is None
