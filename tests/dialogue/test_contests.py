"""Two people on one value: what the second meant is never lost, both are shown, and one of them is chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.assessments.events import AnswerSetAside, EntrySetAside, EntryWritten, ItemAnswered, SetAside
from bot.cli.plain import labels, screen_text
from bot.dialogue.form_intents import ClearEntry, FillChoice, ReplaceEntry
from bot.dialogue.given import Command, Commanded, Tapped, Typed
from bot.dialogue.intents import Choose, ConfirmRest, Mark, Open, PickUp, Undo
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.rehearsal import ME, Rehearsal
from bot.dialogue.station_intents import PutMine, StartSelfAssessment
from bot.rubric.answers import Chosen
from tests.dialogue.builders import COLLEAGUE, LANGUAGES, NOW, RUBRIC, troupe
from tests.dialogue.checks import assert_fits_a_message

if TYPE_CHECKING:
    from datetime import datetime

    from bot.assessments.events import AssessmentEvent
    from bot.dialogue.intents import Intent
    from bot.dialogue.turn import Turn

MET, PROBLEM = Chosen("met"), Chosen("problem")
GROUP = Place(PlaceKind.GROUP, "g1")
ITEMS = RUBRIC.groups_by_id["g1"].items
ADDRESS, LEVELS, NAME = "registration.address", "licence.scope/1/levels", "registration.head"


@dataclass
class Two:
    """A head and a contact in one self-assessment; every act takes a minute."""

    now: datetime = NOW
    people: dict[int, Rehearsal] = field(default_factory=dict)
    turn: Turn | None = None

    def __post_init__(self) -> None:
        """Both are there, and the head has begun."""
        station = troupe()
        head = Rehearsal(RUBRIC, LANGUAGES.locales, "zh_CN", clock=lambda: self.now, station=station)
        contact = Rehearsal(
            RUBRIC,
            LANGUAGES.locales,
            "zh_CN",
            clock=lambda: self.now,
            station=station,
            person=COLLEAGUE,
            assessments=head.assessments,
            entries=head.entries,
        )
        self.people = {ME: head, COLLEAGUE: contact}
        self.tap(ME, StartSelfAssessment(1))
        self.tap(COLLEAGUE, PickUp(self.number))
        for each in self.people:
            self.tap(each, Open(GROUP))

    @property
    def number(self) -> int:
        """The self-assessment's."""
        [found] = self.people[ME].assessments
        return found

    def tap(self, person: int, intent: Intent) -> Turn:
        """Somebody taps a button of the self-assessment."""
        number = None if isinstance(intent, StartSelfAssessment) else self.number
        return self._give(person, Tapped(intent, number))

    def type(self, person: int, words: str) -> Turn:
        """Somebody types."""
        return self._give(person, Typed(words))

    def _give(self, person: int, given: Tapped | Typed | Commanded) -> Turn:
        self.now += timedelta(minutes=1)
        turn = self.people[person].give(given)
        assert_fits_a_message(turn.screen)
        self.turn = turn
        return turn

    def told(self, subject: str) -> list[AssessmentEvent]:
        """What the history has of a subject, oldest first."""
        return [each.event for each in reversed(self.people[ME].history(subject))]


@pytest.fixture
def two() -> Two:
    return Two()


def key_of(turn: Turn) -> str:
    return "" if turn.notice is None else turn.notice.text.key


def text_of(turn: Turn) -> str:
    return screen_text(turn.screen, LANGUAGES.of("zh_CN"))


def words_on(turn: Turn) -> list[str]:
    return [label for row in labels(turn.screen, LANGUAGES.of("zh_CN")) for label in row]


def press(two: Two, person: int, turn: Turn, part: str) -> Turn:
    """Tap the only button of the screen that has those words."""
    buttons = [button for row in turn.screen.rows for button in row]
    found = [button for button, label in zip(buttons, words_on(turn), strict=True) if part in label]
    assert len(found) == 1, words_on(turn)
    return two.tap(person, found[0].intent)


def test_a_mark_on_what_a_colleague_found_in_order_leads_to_the_choice(two: Two) -> None:
    two.tap(COLLEAGUE, ConfirmRest("g1", 0))
    turn = two.tap(ME, Mark("1.1.1", 0))
    assert turn.events == (AnswerSetAside("1.1.1", MET, PROBLEM),)
    assert turn.position.place == Place(PlaceKind.CONFLICT, "1.1.1")
    assert key_of(turn) == "notice.two_answers"
    text = text_of(turn)
    assert "陈老师，2017年4月21日 10:47：\n职责明确且未发现问题（2分）" in text
    assert "您的：\n发现问题（含职责不明确）（0分）" in text
    assert {"用陈老师填的", "用我填的"} <= set(words_on(turn))


def test_taking_ones_own_leads_back_to_the_group_card(two: Two) -> None:
    two.tap(COLLEAGUE, ConfirmRest("g1", 0))
    turn = press(two, ME, two.tap(ME, Mark("1.1.1", 0)), "用我填的")
    assert turn.events == (ItemAnswered("1.1.1", MET, PROBLEM),)
    assert turn.position.place == GROUP


def test_keeping_the_colleagues_leads_back_to_the_group_card_and_ones_own_is_in_the_history(two: Two) -> None:
    two.tap(COLLEAGUE, ConfirmRest("g1", 0))
    turn = press(two, ME, two.tap(ME, Mark("1.1.1", 0)), "用陈老师填的")
    assert (turn.events, turn.position.place) == ((), GROUP)
    assert two.told("1.1.1")[-1] == AnswerSetAside("1.1.1", MET, PROBLEM)


def test_a_second_copy_of_a_tap_that_is_asked_about_is_kept_once(two: Two) -> None:
    two.tap(COLLEAGUE, ConfirmRest("g1", 0))
    two.tap(ME, Mark("1.1.1", 0))
    again = two.tap(ME, Mark("1.1.1", 0))
    assert again.events == ()
    assert again.position.place == Place(PlaceKind.CONFLICT, "1.1.1")
    assert sum(isinstance(each, SetAside) for each in two.told("1.1.1")) == 1


def test_a_mark_that_agrees_with_a_colleague_is_no_contest(two: Two) -> None:
    two.tap(COLLEAGUE, Mark("1.1.1", 0))
    turn = two.tap(ME, Mark("1.1.1", 0))
    assert (turn.events, key_of(turn)) == ((), "notice.already_recorded")


def test_a_mark_on_what_is_seen_to_be_a_colleagues_is_no_contest(two: Two) -> None:
    two.tap(COLLEAGUE, ConfirmRest("g1", 0))
    two.tap(ME, Open(GROUP))
    turn = two.tap(ME, Mark("1.1.1", 1))
    assert turn.events == (ItemAnswered("1.1.1", MET, PROBLEM),)
    assert turn.position.place == GROUP


@pytest.mark.parametrize("intent", [Mark("1.1.1", 0), Choose("1.1.1", "problem", 0)])
def test_a_repeat_of_ones_own_tap_is_no_contest_whatever_a_colleague_did_since(two: Two, intent: Intent) -> None:
    two.tap(ME, intent)
    two.tap(COLLEAGUE, Choose("1.1.1", "met", 1))
    again = two.tap(ME, intent)
    assert (again.events, key_of(again)) == ((), "notice.changed_by_other")


def test_a_mark_on_what_a_colleague_took_back_leads_to_the_choice(two: Two) -> None:
    taken = two.tap(COLLEAGUE, ConfirmRest("g1", 0)).position.last_action
    two.tap(ME, Open(GROUP))
    two.tap(COLLEAGUE, Undo(taken))
    turn = two.tap(ME, Mark("1.1.1", 1))
    assert turn.events == (AnswerSetAside("1.1.1", None, PROBLEM),)
    assert "10:49：\n未填\n您的：\n发现问题" in text_of(turn)
    assert press(two, ME, turn, "用我填的").events == (ItemAnswered("1.1.1", None, PROBLEM),)


def test_taking_a_mark_back_from_an_old_card_changes_nothing_and_shows_what_stands(two: Two) -> None:
    two.tap(COLLEAGUE, Mark("1.1.1", 0))
    two.tap(ME, Open(GROUP))
    two.tap(COLLEAGUE, Choose("1.1.1", "met", 1))
    turn = two.tap(ME, Mark("1.1.1", 1))
    assert (turn.events, key_of(turn)) == ((), "notice.changed_by_other")


def test_a_number_typed_on_an_old_group_card_leads_to_the_choice(two: Two) -> None:
    two.tap(COLLEAGUE, ConfirmRest("g1", 0))
    turn = two.type(ME, "2")
    assert turn.events == (AnswerSetAside("1.2.1", MET, PROBLEM),)
    assert press(two, ME, turn, "用我填的").position.place == GROUP


def test_a_number_typed_on_an_old_group_card_does_not_take_a_colleagues_mark_back(two: Two) -> None:
    two.tap(COLLEAGUE, Mark("1.2.1", 0))
    turn = two.type(ME, "2")
    assert (turn.events, key_of(turn)) == ((), "notice.already_recorded")
    assert two.type(ME, "2").events == (ItemAnswered("1.2.1", PROBLEM, None),)


def test_a_number_typed_on_the_card_as_it_stands_is_recorded_at_once(two: Two) -> None:
    two.tap(COLLEAGUE, ConfirmRest("g1", 0))
    two.tap(ME, Open(GROUP))
    assert two.type(ME, "2").events == (ItemAnswered("1.2.1", MET, PROBLEM),)


def test_confirming_beside_a_colleagues_marks_records_the_rest_and_asks_about_each(two: Two) -> None:
    two.tap(COLLEAGUE, Mark("1.2.1", 0))
    two.tap(COLLEAGUE, Mark("1.5.1", 0))
    turn = two.tap(ME, ConfirmRest("g1", 0))
    recorded = {each.item for each in turn.events if isinstance(each, ItemAnswered)}
    assert recorded == set(ITEMS) - {"1.2.1", "1.5.1"}
    assert turn.events[-2:] == (AnswerSetAside("1.2.1", PROBLEM, MET), AnswerSetAside("1.5.1", PROBLEM, MET))
    assert key_of(turn) == "notice.group_two_answers"
    assert turn.position.place == Place(PlaceKind.CONFLICT, "1.2.1")
    second = press(two, ME, turn, "用陈老师填的")
    assert second.position.place == Place(PlaceKind.CONFLICT, "1.5.1")
    last = press(two, ME, second, "用我填的")
    assert last.events == (ItemAnswered("1.5.1", PROBLEM, MET),)
    assert last.position.place == GROUP


def test_taking_ones_own_of_several_leads_to_the_next_choice(two: Two) -> None:
    two.tap(COLLEAGUE, Mark("1.2.1", 0))
    two.tap(COLLEAGUE, Mark("1.5.1", 0))
    turn = press(two, ME, two.tap(ME, ConfirmRest("g1", 0)), "用我填的")
    assert turn.position.place == Place(PlaceKind.CONFLICT, "1.5.1")


def test_confirming_beside_a_colleague_who_found_the_same_is_no_contest(two: Two) -> None:
    two.tap(COLLEAGUE, Choose("1.2.1", "met", 0))
    turn = two.tap(ME, ConfirmRest("g1", 0))
    assert {each.item for each in turn.events if isinstance(each, ItemAnswered)} == set(ITEMS) - {"1.2.1"}
    assert not any(isinstance(each, SetAside) for each in turn.events)


def test_a_repeat_of_ones_own_confirmation_is_no_contest(two: Two) -> None:
    two.tap(ME, ConfirmRest("g1", 0))
    two.tap(COLLEAGUE, Mark("1.2.1", 1))
    again = two.tap(ME, ConfirmRest("g1", 0))
    assert (again.events, key_of(again)) == ((), "notice.group_already_recorded")


def test_confirming_from_a_card_older_than_ones_own_marks_changes_nothing(two: Two) -> None:
    two.tap(ME, Mark("1.2.1", 0))
    turn = two.tap(ME, ConfirmRest("g1", 0))
    assert (turn.events, key_of(turn)) == ((), "notice.group_changed")


def test_a_number_with_several_ways_to_fail_opens_the_items_own_card_however_old_it_is(two: Two) -> None:
    two.tap(COLLEAGUE, ConfirmRest("g2", 0))
    assert two.tap(ME, Mark("2.1.10", 0)).position.place == Place(PlaceKind.ITEM, "2.1.10")


def written(two: Two, subject: str, mine: str = "乙路", theirs: str = "甲路") -> Turn:
    """Both open a field, the colleague writes it, and then the other's words come."""
    for each in (ME, COLLEAGUE):
        two.tap(each, Open(Place(PlaceKind.FIELD, subject)))
    two.type(COLLEAGUE, theirs)
    return two.type(ME, mine)


def test_what_a_colleague_wrote_meanwhile_is_never_overwritten_silently(two: Two) -> None:
    turn = written(two, ADDRESS)
    assert turn.events == (EntrySetAside(ADDRESS, "甲路", "乙路"),)
    assert key_of(turn) == "form.contested"
    text = text_of(turn)
    assert "陈老师，2017年4月21日 10:49：\n甲路" in text
    assert "您的：\n乙路" in text


def test_of_two_values_the_person_may_put_their_own(two: Two) -> None:
    written(two, ADDRESS)
    put = two.tap(ME, ReplaceEntry(ADDRESS, 1))
    assert put.events == (EntryWritten(ADDRESS, "甲路", "乙路"),)
    again = two.tap(ME, ReplaceEntry(ADDRESS, 1))
    assert (again.events, key_of(again)) == ((), "form.already")


def test_the_value_that_was_not_chosen_stays_in_the_fields_history(two: Two) -> None:
    kept = press(two, ME, written(two, ADDRESS), "用陈老师填的")
    assert (kept.events, kept.position.place) == ((), Place(PlaceKind.FIELD, "registration.postcode"))
    told = two.tap(ME, Open(Place(PlaceKind.HISTORY, ADDRESS)))
    assert "没有覆盖：当时是甲路，另外填了乙路" in text_of(told)


def test_putting_ones_own_is_asked_again_when_the_other_changed_it_once_more(two: Two) -> None:
    written(two, ADDRESS)
    two.tap(COLLEAGUE, Open(Place(PlaceKind.FIELD, ADDRESS)))
    two.type(COLLEAGUE, "丙路")
    put = two.tap(ME, ReplaceEntry(ADDRESS, 1))
    assert put.events == (EntrySetAside(ADDRESS, "丙路", "乙路"),)
    assert "丙路" in text_of(put)
    assert two.tap(ME, ReplaceEntry(ADDRESS, 2)).events == (EntryWritten(ADDRESS, "丙路", "乙路"),)


def test_the_choice_waits_while_somebody_looks_elsewhere(two: Two) -> None:
    turn = written(two, ADDRESS)
    two._give(ME, Commanded(Command.HELP))
    two.tap(ME, Open(turn.position.place))
    assert two.tap(ME, ReplaceEntry(ADDRESS, 1)).events == (EntryWritten(ADDRESS, "甲路", "乙路"),)


def test_what_a_colleague_cleared_meanwhile_is_asked_about(two: Two) -> None:
    two.tap(COLLEAGUE, Open(Place(PlaceKind.FIELD, ADDRESS)))
    two.type(COLLEAGUE, "甲路")
    two.tap(ME, Open(Place(PlaceKind.FIELD, ADDRESS)))
    two.tap(COLLEAGUE, ClearEntry(ADDRESS, 1))
    assert two.type(ME, "乙路").events == (EntrySetAside(ADDRESS, "", "乙路"),)


def test_a_choice_tapped_on_an_old_card_leads_to_the_choice_between_both(two: Two) -> None:
    two.tap(COLLEAGUE, FillChoice("registration.category", 0, 0))
    turn = two.tap(ME, FillChoice("registration.category", 9, 0))
    assert turn.events == (EntrySetAside("registration.category", "a", "j"),)
    assert two.tap(ME, FillChoice("registration.category", 0, 0)).events == ()


def test_a_level_ticked_on_an_old_card_leads_to_the_choice_between_both(two: Two) -> None:
    two.tap(ME, FillChoice(LEVELS, 0, 0))
    two.tap(COLLEAGUE, FillChoice(LEVELS, 1, 1))
    turn = two.tap(ME, FillChoice(LEVELS, 2, 1))
    assert turn.events == (EntrySetAside(LEVELS, "junior,intermediate", "junior,senior"),)


def test_a_person_in_the_form_is_masked_in_the_choice_and_in_the_history(two: Two) -> None:
    turn = written(two, NAME, "李四光", "张三丰")
    assert turn.events == (EntrySetAside(NAME, "张三丰", "李四光"),)
    told = two.tap(ME, Open(Place(PlaceKind.HISTORY, NAME)))
    assert all(word not in text_of(turn) + text_of(told) for word in ("张三丰", "李四光"))


def test_nobody_else_is_shown_a_choice_that_is_not_theirs(two: Two) -> None:
    written(two, ADDRESS)
    turn = two.tap(COLLEAGUE, Open(Place(PlaceKind.CONFLICT, ADDRESS)))
    assert key_of(turn) == "notice.unreadable_button"
    assert two.tap(COLLEAGUE, ReplaceEntry(ADDRESS, 1)).events == ()
    assert two.tap(COLLEAGUE, PutMine("1.1.1", 0)).events == ()
