"""A returned workbook in the conversation: proposed, looked through, decided, taken over, taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.assessments.events import EntryWritten, apply
from bot.cli.plain import screen_text
from bot.dialogue.flows import imports
from bot.dialogue.given import Command, Commanded, Returned, Tapped
from bot.dialogue.intents import Open, StartPractice, Undo
from bot.dialogue.position import Place, PlaceKind, Position
from bot.dialogue.workbook_intents import DropImport, FetchWorkbook, SettleImport, TakeOver
from bot.problems import Problem
from bot.rubric.answers import Chosen
from tests.dialogue.builders import LANGUAGES, NOW, rehearsal
from tests.dialogue.checks import assert_fits_a_message
from tests.workbooks.builders import FORM, add, drafted, edited, fill, made

if TYPE_CHECKING:
    from openpyxl import Workbook

    from bot.assessments.model import Assessment
    from bot.dialogue.rehearsal import Rehearsal
    from bot.dialogue.turn import Turn

OTHER = 9


def begun() -> tuple[Rehearsal, Assessment]:
    """Somebody in a practice run with the form beside it."""
    run = rehearsal()
    run.give(Commanded(Command.START))
    run.give(Tapped(StartPractice(), None))
    assert run.assessment is not None
    assert run.assessment.form == (FORM.id, FORM.version)
    return run, run.assessment


def filled(book: Workbook) -> None:
    """What a person fills in: an answer, fields, a row, a declared condition, and one thing that cannot be taken."""
    fill(book, "items", "1.1.1", "level", "职责明确且未发现问题")
    fill(book, "items", "1.1.1", "note", "看过任命书")
    fill(book, "registration", "address", "value", "西昌市一路")
    fill(book, "registration", "postcode", "value", "六一五")
    fill(book, "vetoes", "idle_three_years", "choice", "近3年没有开展鉴定")
    add(book, "registration.managers", name="吉某某", post="站长")


def proposed(run: Rehearsal, assessment: Assessment) -> Turn:
    """The filled-in twin came back."""
    with edited(made(assessment)) as (book, saved):
        filled(book)
    return run.give(Returned(drafted(saved[0])))


def words(turn: Turn) -> str:
    """What is read, notice and screen."""
    localizer = LANGUAGES.of("zh_CN")
    notice = "" if turn.notice is None else localizer.text(turn.notice.text)
    return f"{notice}\n{screen_text(turn.screen, localizer)}"


def revision(run: Rehearsal) -> int:
    """The revision of the proposal that waits."""
    assert run.assessment is not None
    record = imports.proposal(run.assessment, run.person)
    assert record is not None
    return record.revision


def test_a_returned_workbook_is_shown_and_changes_nothing() -> None:
    run, assessment = begun()
    turn = proposed(run, assessment)
    assert turn.position.place == Place(PlaceKind.IMPORT)
    assert run.assessment is not None
    assert (run.assessment.items, run.assessment.vetoes) == ({}, {})
    assert "还没有写入" in words(turn)
    assert "将选为情形⑹" in words(turn)
    assert "不能收的1处" in words(turn)
    assert "吉某某" not in words(turn)
    assert_fits_a_message(turn.screen)
    page = run.give(Tapped(Open(Place(PlaceKind.IMPORT, "1")), None))
    assert "西昌市一路" in words(page)
    assert_fits_a_message(page.screen)


def test_taking_over_writes_everything_as_one_action_that_can_be_undone() -> None:
    run, assessment = begun()
    proposed(run, assessment)
    taken = run.give(Tapped(TakeOver(revision(run)), None))
    now = run.assessment
    assert now is not None
    assert now.item("1.1.1").answer == Chosen("met")
    assert now.item("1.1.1").note == "看过任命书"
    assert now.entry("registration.address").value == "西昌市一路"
    assert now.entry("registration.managers/1/name").value == "吉某某"
    assert now.veto("idle_three_years").declared is True
    assert len({entry.action for entry in run.entries[-len(taken.events) :]}) == 1
    back = run.give(Tapped(Undo(taken.position.last_action), None))
    after = run.assessment
    assert after is not None
    assert after.answers == {}
    assert after.item("1.1.1").note == ""
    assert after.entry("registration.address").value == ""
    assert after.veto("idle_three_years").declared is True
    assert back.position.place == Place(PlaceKind.IMPORT)


def test_taking_over_twice_writes_once() -> None:
    run, assessment = begun()
    proposed(run, assessment)
    tap = Tapped(TakeOver(revision(run)), None)
    run.give(tap)
    again = run.give(tap)
    assert again.events == ()
    assert "没有改动" in words(again)


def test_a_proposal_outlives_the_position() -> None:
    run, assessment = begun()
    proposed(run, assessment)
    run.position = Position(Place(PlaceKind.IMPORT), run.position.assessment)
    assert "还没有写入" in words(run.look())


def test_what_both_sides_changed_is_asked_before_anything_is_written() -> None:
    run, assessment = begun()
    with edited(made(assessment)) as (book, saved):
        fill(book, "registration", "address", "value", "西昌市二路")
        fill(book, "registration", "contact", "value", "吉某")
    meanwhile = apply(assessment, EntryWritten("registration.address", "", "西昌市一路"), by=OTHER, at=NOW)
    run.assessments[assessment.id] = meanwhile
    asked = run.give(Returned(drafted(saved[0])))
    assert all(text in words(asked) for text in ("西昌市一路", "西昌市二路", "两边都改过"))
    assert_fits_a_message(asked.screen)
    refused = run.give(Tapped(TakeOver(revision(run)), None))
    assert refused.events == ()
    assert run.assessment == meanwhile
    settled = run.give(Tapped(SettleImport(0, "f", revision(run)), None))
    assert "还没有写入" in words(settled)
    run.give(Tapped(TakeOver(revision(run)), None))
    assert run.assessment is not None
    assert run.assessment.entry("registration.address").value == "西昌市二路"
    assert run.assessment.entry("registration.contact").value == "吉某"


def test_a_dropped_proposal_leaves_everything_as_it_was() -> None:
    run, assessment = begun()
    proposed(run, assessment)
    dropped = run.give(Tapped(DropImport(revision(run)), None))
    assert run.assessment is not None
    assert (run.assessment.items, run.assessment.vetoes) == ({}, {})
    assert imports.proposal(run.assessment, run.person) is None
    assert dropped.position.place.kind is not PlaceKind.IMPORT


def test_another_assessments_workbook_is_refused() -> None:
    run, assessment = begun()
    with edited(made(replace(assessment, id=assessment.id + 1))) as (book, saved):
        filled(book)
    refused = run.give(Returned(drafted(saved[0])))
    assert refused.events == ()
    assert "另一份自查" in words(refused)


def test_a_workbook_that_cannot_be_read_is_refused_in_words() -> None:
    run, _ = begun()
    refused = run.give(Returned(Problem("X006", "", {"ranges": "B4:B5"})))
    assert refused.events == ()
    assert "B4:B5" in words(refused)


def test_a_workbook_that_says_nothing_new_is_not_kept() -> None:
    run, assessment = begun()
    turn = run.give(Returned(drafted(made(assessment))))
    assert turn.events == ()
    assert "没有要写入的" in words(turn)


def test_every_part_is_fetched_by_its_button_and_no_other() -> None:
    run, assessment = begun()
    twin = run.give(Tapped(FetchWorkbook("whole"), None))
    assert twin.document == f"workbook:{assessment.id}:whole"
    assert run.give(Tapped(FetchWorkbook("registration.examiners"), None)).document is not None
    assert run.give(Tapped(FetchWorkbook("explained"), None)).document is None
    assert run.give(Tapped(FetchWorkbook("../../etc"), None)).document is None
