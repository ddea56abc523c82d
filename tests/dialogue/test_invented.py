"""The invented rubrics in conversation: every screen fits, no tap counts twice, and no points where there are none."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from bot.cli.plain import labels, notice_text, screen_text
from bot.dialogue.given import Command, Commanded, Given, Tapped, Typed
from bot.dialogue.intents import Count, PickUp, StartPractice, Tick
from bot.dialogue.position import Place, PlaceKind, Position
from bot.rubric.answers import Counted, Measured, Ticked
from tests.dialogue.builders import LANGUAGES, rehearsal
from tests.dialogue.checks import assert_fits_a_message
from tests.rubric.examples import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.dialogue.rehearsal import Rehearsal
    from bot.dialogue.turn import Turn
    from bot.rubric.model import Rubric

STEPS = 400
SAID = ("1", "2", "a", "B", "85㎡", "3处", "12.5", "90%", "-1", "1.1.1", "2.1.2", "缺一份，月底前补齐", "。")


def walked(rubric: Rubric, seed: int) -> Iterator[Turn]:
    """What a person sees who taps and types at random; few runs are begun, so that each gets somewhere."""
    chance = random.Random(seed)  # noqa: S311 - a walk, not a secret
    talk = rehearsal(rubric)
    yield talk.give(Commanded(Command.START))
    turn = talk.give(Tapped(StartPractice()))
    for _ in range(STEPS):
        yield turn
        turn = talk.give(_act(turn, chance))


def _act(turn: Turn, chance: random.Random) -> Given:
    luck = chance.random()
    button = chance.choice([button for row in turn.screen.rows for button in row])
    if luck < 0.05:
        return Commanded(chance.choice(list(Command)))
    if luck < 0.25 or isinstance(button.intent, StartPractice | PickUp):
        return Typed(chance.choice(SAID))
    return Tapped(button.intent, turn.screen.assessment)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("rubric", EXAMPLES.values(), ids=EXAMPLES)
def test_every_screen_of_a_random_walk_fits_a_message(rubric: Rubric, seed: int) -> None:
    for turn in walked(rubric, seed):
        assert_fits_a_message(turn.screen)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_points_are_spoken_of_where_there_are_none(seed: int) -> None:
    chinese, english = LANGUAGES.of("zh_CN"), LANGUAGES.of("en")
    for turn in walked(EXAMPLES["safety"], seed):
        told = [screen_text(turn.screen, chinese), notice_text(turn, chinese) or ""]
        told += [label for row in labels(turn.screen, chinese) for label in row]
        assert "分" not in "".join(told), told
        assert "point" not in screen_text(turn.screen, english), screen_text(turn.screen, english)


def begun(name: str, item: str) -> Rehearsal:
    """A practice run of that rubric, at that item."""
    talk = rehearsal(EXAMPLES[name])
    talk.give(Tapped(StartPractice()))
    place = Place(PlaceKind.ITEM, item)
    talk.position = Position(place, 1, back=place)
    return talk


def answer(talk: Rehearsal, item: str) -> object:
    assert talk.assessment is not None
    return talk.assessment.item(item).answer


def test_a_repeated_tick_counts_once_and_says_so() -> None:
    talk = begun("exam-site", "1.2.1")
    first = Tapped(Tick("1.2.1", "plan", 1, 0), 1)
    assert len(talk.give(first).events) == 1
    again = talk.give(first)
    assert again.events == ()
    assert again.notice is not None
    assert again.notice.text.key == "notice.already_recorded"
    assert answer(talk, "1.2.1") == Ticked(("plan",))


def test_a_tick_on_a_card_that_has_changed_changes_nothing() -> None:
    talk = begun("exam-site", "1.2.1")
    talk.give(Tapped(Tick("1.2.1", "plan", 1, 0), 1))
    stale = talk.give(Tapped(Tick("1.2.1", "roster", 1, 0), 1))
    assert stale.events == ()
    assert stale.notice is not None
    assert stale.notice.is_alert
    assert answer(talk, "1.2.1") == Ticked(("plan",))


def test_a_repeated_count_counts_once_and_a_later_one_changes_nothing() -> None:
    talk = begun("workshop", "2.1.1")
    assert len(talk.give(Tapped(Count("2.1.1", 2, 0), 1)).events) == 1
    assert talk.give(Tapped(Count("2.1.1", 2, 0), 1)).events == ()
    assert talk.give(Tapped(Count("2.1.1", 3, 0), 1)).events == ()
    assert answer(talk, "2.1.1") == Counted(2)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("85", "85"),
        ("85.5㎡", "85.5"),
        ("８５ ㎡", "85"),
        ("约120平方米", "120"),
        ("1,200.25 m2", "1200.25"),
        ("120 m²", "120"),
        ("120公顷", None),
        ("-85", None),
        ("85.12345", None),
        ("1000000000", None),
        ("85 200", None),
        ("1e3", None),
        ("很大", None),
    ],
)
def test_a_measured_number_is_taken_with_its_unit_or_without_and_with_no_other(text: str, value: str | None) -> None:
    talk = begun("exam-site", "1.1.1")
    talk.give(Typed(text))
    given = answer(talk, "1.1.1")
    assert (None if given is None else str(given.value) if isinstance(given, Measured) else given) == value


@pytest.mark.parametrize(
    "intent", [Tick("1.2.1", "nothing", 1, 0), Tick("1.2.1", "plan", 2, 0), Tick("1.1.1", "*", 1, 0)]
)
def test_a_tick_of_another_version_is_refused(intent: Tick) -> None:
    turn = begun("exam-site", "1.2.1").give(Tapped(intent, 1))
    assert turn.events == ()
    assert turn.notice is not None
    assert turn.notice.text.key == "notice.unreadable_button"
