"""Handing in by chat: drafts for everybody, 定稿 and 重新打开 for whoever leads, the stamped copy under its code."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.assessments.events import EntryWritten, apply
from bot.assessments.model import EntryRecord, Kind
from bot.assessments.sealing import REOPENED, SEAL, Reopening, read_reopening, read_seal
from bot.cli.plain import screen_text
from bot.dialogue.engine import refusal, show, step
from bot.dialogue.flows.report import ALL
from bot.dialogue.given import Command, Commanded, Sent, Tapped, Typed
from bot.dialogue.intents import Open, Resume, checksum
from bot.dialogue.position import Place, PlaceKind, Position
from bot.dialogue.rehearsal import ME
from bot.dialogue.report_intents import FetchReport, ReopenReport, SealReport, ShowStamped
from bot.dialogue.turn import PersonTold
from bot.evidence.kinds import Kind as FileKind
from bot.evidence.refusals import Reason, Refusal
from bot.evidence.sets import KeptFile, read
from bot.reports.model import Unprintable
from bot.stations.model import Role
from tests.dialogue.builders import (
    CODE,
    COLLEAGUE,
    EMPTY,
    LANGUAGES,
    MAX_ID,
    NOW,
    at_the_station,
    sealed,
    troupe,
    world,
)
from tests.dialogue.checks import assert_fits_a_message
from tests.watch.stations import station

if TYPE_CHECKING:
    from bot.assessments.model import Assessment
    from bot.dialogue.intents import Intent
    from bot.dialogue.turn import Turn
    from bot.dialogue.world import World

REPORT = Position(Place(PlaceKind.REPORT), MAX_ID)
CONFIRM = Position(Place(PlaceKind.SEAL), MAX_ID)
REOPEN = Position(Place(PlaceKind.REOPEN), MAX_ID, back=Place(PlaceKind.REOPEN))
STAMPED = Position(Place(PlaceKind.STAMPED), MAX_ID)
PHOTO = KeptFile("ab" * 32, FileKind.JPEG, 1000, "盖章.jpg", 7)


def in_order() -> Assessment:
    """A station's self-assessment that can be made final."""
    return replace(station(), id=MAX_ID, owner=ME, kind=Kind.SELF_ASSESSMENT, station=1)


def of_a_colleague(assessment: Assessment) -> World:
    """The same world, seen by a contact, who leads nothing."""
    here = at_the_station(assessment)
    return replace(here, person=COLLEAGUE, roster=replace(here.roster, person=COLLEAGUE))  # type: ignore[type-var]


def tapped(intent: Intent, here: World, position: Position = REPORT) -> Turn:
    return step(position, Tapped(intent, MAX_ID), here)


def key_of(turn: Turn) -> str:
    return "" if turn.notice is None else turn.notice.text.key


def words_of(turn: Turn) -> str:
    return screen_text(turn.screen, LANGUAGES.of("zh_CN"))


def offered(turn: Turn) -> list[Intent]:
    return [button.intent for row in turn.screen.rows for button in row]


def code_of(assessment: Assessment) -> str:
    return at_the_station(assessment).package(assessment).stamp.code


def test_what_is_missing_is_counted_and_each_has_its_button() -> None:
    turn = step(Position(assessment=MAX_ID), Commanded(Command.REPORT), at_the_station(EMPTY))
    assert turn.position.place == REPORT.place
    assert "未评61项" in words_of(turn)
    assert "未答6种" in words_of(turn)
    places = [each.place.kind for each in offered(turn) if isinstance(each, Open)]
    assert places[:3] == [PlaceKind.GROUP, PlaceKind.VETOES, PlaceKind.CHECK]


def test_a_station_in_order_is_led_to_the_final_version() -> None:
    turn = show(REPORT, at_the_station(in_order()))
    assert offered(turn)[0] == Open(Place(PlaceKind.SEAL))
    assert LANGUAGES.of("zh_CN").say("report.nothing_missing") in words_of(turn)


def test_every_document_that_is_due_can_be_asked_for_alone_or_with_the_others() -> None:
    here = at_the_station(in_order())
    kinds = [each.kind.value for each in here.package(in_order()).documents]
    asked = [each.what for each in offered(show(REPORT, here)) if isinstance(each, FetchReport)]
    assert asked == [ALL, *kinds]
    for what in asked:
        turn = tapped(FetchReport(what), here)
        assert (turn.document, turn.events) == (f"report:{MAX_ID}:{what}", ())


def test_a_document_that_is_not_due_is_not_promised() -> None:
    turn = tapped(FetchReport("no such document"), at_the_station(in_order()))
    assert (turn.document, key_of(turn)) == (None, "report.not_due")


def test_a_practice_run_gives_drafts_and_never_a_final_version() -> None:
    practice = replace(station(), id=MAX_ID, owner=ME)
    turn = show(REPORT, world(practice))
    assert any(isinstance(each, FetchReport) for each in offered(turn))
    assert Open(Place(PlaceKind.SEAL)) not in offered(turn)
    refused = tapped(SealReport(code_of(practice)), world(practice))
    assert (refused.events, key_of(refused)) == ((), "report.only_heads")
    assert world(practice).package(practice).stamp.draft == "试填草稿"


def test_who_does_not_lead_is_told_who_can() -> None:
    turn = show(REPORT, of_a_colleague(in_order()))
    assert "吉站长" in words_of(turn)
    assert Open(Place(PlaceKind.SEAL)) not in offered(turn)
    for intent in (SealReport(code_of(in_order())), Open(Place(PlaceKind.SEAL))):
        assert tapped(intent, of_a_colleague(in_order())).events == ()
    taken_back = ReopenReport(CODE, checksum("原因"))
    refused = step(replace(REPORT, draft="原因"), Tapped(taken_back, MAX_ID), of_a_colleague(sealed(in_order())))
    assert (refused.events, key_of(refused)) == ((), "report.only_heads")


def test_the_confirmation_says_exactly_what_will_be_locked() -> None:
    turn = show(CONFIRM, at_the_station(in_order()))
    words, package = words_of(turn), at_the_station(in_order()).package(in_order())
    assert package.total in words
    assert package.stamp.code in words
    assert "61/61" in words
    assert "6/6" in words
    assert SealReport(package.stamp.code) in offered(turn)


def test_nothing_is_made_final_while_something_must_be_put_right() -> None:
    unfinished = replace(in_order(), items={**in_order().items, "9.1.1": EMPTY.item("9.1.1")})
    here = at_the_station(unfinished)
    assert not any(isinstance(each, SealReport) for each in offered(show(CONFIRM, here)))
    assert Open(Place(PlaceKind.CHECK)) in offered(show(CONFIRM, here))
    turn = tapped(SealReport(code_of(unfinished)), here)
    assert (turn.events, key_of(turn)) == ((), "report.not_ready")


def test_what_changed_since_it_was_shown_is_shown_again_instead() -> None:
    shown = code_of(in_order())
    changed = apply(in_order(), EntryWritten("registration.floor_area", "1200", "1300"), by=COLLEAGUE, at=NOW)
    turn = tapped(SealReport(shown), at_the_station(changed), CONFIRM)
    assert (turn.events, key_of(turn), turn.position.place) == ((), "report.changed_meanwhile", CONFIRM.place)
    assert code_of(changed) in words_of(turn)


def test_the_final_version_locks_tells_the_others_and_owes_the_documents() -> None:
    code = code_of(in_order())
    turn = tapped(SealReport(code), at_the_station(in_order()), CONFIRM)
    assert turn.assessment is not None
    assert turn.assessment.seal == code
    assert turn.document == f"report:{MAX_ID}:{ALL}"
    assert [each.person for each in turn.events if isinstance(each, PersonTold)] == [COLLEAGUE]
    assert code in words_of(turn)
    seal = read_seal(turn.assessment.entry(SEAL).value)
    assert seal is not None
    assert (seal.code, seal.revision) == (code, at_the_station(in_order()).package(in_order()).stamp.revision)


def test_the_code_is_the_same_for_the_draft_and_the_final_version() -> None:
    assert code_of(sealed(in_order())) == code_of(in_order())


def test_a_second_tap_finds_it_final_already() -> None:
    turn = tapped(SealReport(CODE), at_the_station(sealed(in_order())))
    assert (turn.events, turn.document, key_of(turn)) == ((), None, "report.sealed_already")


def test_neither_is_undone_by_an_undo() -> None:
    position = replace(CONFIRM, last_action=5)
    assert tapped(SealReport(code_of(in_order())), at_the_station(in_order()), position).position.last_action == 0
    again = replace(REOPEN, last_action=5, draft="原因")
    turn = tapped(ReopenReport(CODE, checksum("原因")), at_the_station(sealed(in_order())), again)
    assert turn.position.last_action == 0


def test_opening_again_takes_a_reason_and_a_confirmation() -> None:
    here = at_the_station(sealed(in_order()))
    asked = step(REOPEN, Typed("地址写错了"), here)
    assert asked.events == ()
    [sure] = [each for each in offered(asked) if isinstance(each, ReopenReport)]
    assert "地址写错了" in words_of(asked)
    turn = step(asked.position, Tapped(sure, MAX_ID), here)
    assert turn.assessment is not None
    assert turn.assessment.seal == ""
    assert read_reopening(turn.assessment.entry(REOPENED).value) == Reopening(CODE, "地址写错了")
    assert [each.person for each in turn.events if isinstance(each, PersonTold)] == [COLLEAGUE]


@pytest.mark.parametrize("kind", [PlaceKind.REPORT, PlaceKind.HOME, PlaceKind.CHECK])
def test_that_the_stamped_copy_is_void_is_said_everywhere(kind: PlaceKind) -> None:
    here = at_the_station(sealed(in_order()))
    opened = tapped(ReopenReport(CODE, checksum("原因")), here, replace(REOPEN, draft="原因")).assessment
    assert opened is not None
    words = words_of(show(Position(Place(kind), MAX_ID), at_the_station(opened)))
    assert CODE in words
    assert "作废" in words


def test_a_reason_that_was_not_the_one_shown_opens_nothing() -> None:
    here = at_the_station(sealed(in_order()))
    turn = tapped(ReopenReport(CODE, checksum("别的")), here, replace(REOPEN, draft="原因"))
    assert (turn.events, key_of(turn)) == ((), "report.reason_first")
    too_long = step(REOPEN, Typed("长" * 501), here)
    assert too_long.position.draft == ""


def test_an_old_button_opens_nothing_that_was_made_final_again() -> None:
    turn = tapped(ReopenReport("0000-0000-0000", 1), at_the_station(sealed(in_order())), replace(REOPEN, draft="x"))
    assert (turn.events, key_of(turn)) == ((), "report.reopened_already")


@pytest.mark.parametrize(
    "typed", [CODE, CODE.lower(), CODE.replace("-", ""), "7k3m q8zt 1b4c", "７Ｋ３Ｍ－Ｑ８ＺＴ－１Ｂ４Ｃ"]
)
def test_the_code_may_be_typed_carelessly(typed: str) -> None:
    turn = step(STAMPED, Typed(typed), at_the_station(sealed(in_order())))
    assert turn.position.place == Place(PlaceKind.STAMPED, CODE)


@pytest.mark.parametrize(
    ("typed", "key"), [("盖好了", "report.code_unreadable"), ("0000-0000-0000", "report.code_differs")]
)
def test_another_code_is_refused_with_the_one_that_is_meant(typed: str, key: str) -> None:
    turn = step(STAMPED, Typed(typed), at_the_station(sealed(in_order())))
    assert turn.position.place == STAMPED.place
    assert turn.notice is not None
    assert (turn.notice.text.key, turn.notice.text.args["code"]) == (key, CODE)


def test_photos_of_an_album_make_one_stamped_copy() -> None:
    here, at = at_the_station(sealed(in_order())), replace(STAMPED, place=Place(PlaceKind.STAMPED, CODE))
    first = step(at, Sent(PHOTO, album="9"), here)
    second = step(
        first.position, Sent(replace(PHOTO, sha256="cd" * 32), album="9"), replace(here, assessment=first.assessment)
    )
    third = step(at, Sent(PHOTO), replace(here, assessment=second.assessment))
    assert third.assessment is not None
    stands = {key: each for key, each in third.assessment.entries.items() if key.startswith("report/stamped/")}
    assert [len(read(each.value).files) for each in stands.values()] == [2, 1]
    shown = show(REPORT, replace(here, assessment=third.assessment))
    assert "已回传" in words_of(shown)
    assert_fits_a_message(shown.screen)
    got = tapped(ShowStamped(1), replace(here, assessment=third.assessment))
    assert got.document == f"evidence:{MAX_ID}:report/stamped/{CODE}/1"


def test_a_stamped_copy_changes_neither_the_code_nor_the_evidence() -> None:
    final = sealed(in_order())
    at = replace(STAMPED, place=Place(PlaceKind.STAMPED, CODE))
    copied = step(at, Sent(PHOTO), at_the_station(final)).assessment
    assert copied is not None
    assert code_of(copied) == code_of(final)


def test_a_stamped_copy_is_photos_or_a_pdf() -> None:
    at = replace(STAMPED, place=Place(PlaceKind.STAMPED, CODE))
    turn = step(at, Sent(replace(PHOTO, kind=FileKind.DOCX)), at_the_station(sealed(in_order())))
    assert (turn.events, key_of(turn)) == ((), "report.stamped_kind")


def test_the_same_photo_again_leaves_no_trace() -> None:
    at, here = replace(STAMPED, place=Place(PlaceKind.STAMPED, CODE)), at_the_station(sealed(in_order()))
    first = step(at, Sent(PHOTO, album="9"), here)
    assert step(at, Sent(PHOTO, album="9"), replace(here, assessment=first.assessment)).events == ()


def test_a_file_for_what_is_final_is_refused_before_it_is_fetched() -> None:
    here = at_the_station(sealed(in_order()))
    item = Position(Place(PlaceKind.ITEM, "1.1.1"), MAX_ID)
    assert refusal(item, here) == Refusal(Reason.SEALED)
    assert refusal(STAMPED, here) == Refusal(Reason.SEALED)
    assert refusal(replace(STAMPED, place=Place(PlaceKind.STAMPED, CODE)), here) is None


def test_a_stamped_copy_is_void_once_its_seal_is_taken_back() -> None:
    at = replace(STAMPED, place=Place(PlaceKind.STAMPED, CODE))
    copied = step(at, Sent(PHOTO), at_the_station(sealed(in_order()))).assessment
    assert copied is not None
    reopened = tapped(
        ReopenReport(CODE, checksum("原因")), at_the_station(copied), replace(REOPEN, draft="原因")
    ).assessment
    assert reopened is not None
    turn = tapped(ShowStamped(1), at_the_station(reopened))
    assert (turn.document, key_of(turn)) == (None, "evidence.gone")


def test_the_deputy_may_do_what_the_head_may() -> None:
    people = troupe()
    people.people[COLLEAGUE] = replace(people.people[COLLEAGUE], role=Role.CONTACT, deputy=True)
    here = of_a_colleague(in_order())
    here = replace(here, roster=replace(here.roster, troupe=people))  # type: ignore[type-var]
    turn = tapped(SealReport(code_of(in_order())), here, CONFIRM)
    assert turn.assessment is not None
    assert turn.assessment.seal


def test_leaving_a_question_about_handing_in_leads_back_to_it() -> None:
    turn = step(REOPEN, Commanded(Command.CANCEL), at_the_station(sealed(in_order())))
    assert turn.position.place == REPORT.place


def test_going_on_is_offered_from_home_while_it_is_final() -> None:
    turn = show(Position(assessment=MAX_ID), at_the_station(sealed(in_order())))
    assert Resume() in offered(turn)
    assert CODE in words_of(turn)


def test_an_entry_about_the_seal_is_never_printed() -> None:
    noted = {**in_order().entries, REOPENED: EntryRecord("{}", 9, ME, NOW)}
    assert code_of(replace(in_order(), entries=noted)) == code_of(in_order())


def test_where_an_authority_s_templates_are_wrong_everything_else_goes_on() -> None:
    here = replace(at_the_station(in_order()), compiles=lambda *_: Unprintable(("L001",)))
    for position in (REPORT, CONFIRM):
        turn = show(position, here)
        assert "审批机关的材料模板写错了（L001）" in words_of(turn)
        assert not [
            each for row in turn.screen.rows for each in row if isinstance(each.intent, FetchReport | SealReport)
        ]
    for intent in (FetchReport(ALL), SealReport(CODE)):
        turn = tapped(intent, here)
        assert (key_of(turn), turn.events, turn.document) == ("report.templates_wrong", (), None)
