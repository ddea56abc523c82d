"""What typed words mean, at the edges."""

from __future__ import annotations

import pytest

from bot.assessments.events import NoteWritten
from bot.cli.plain import screen_text
from bot.dialogue.engine import show
from bot.dialogue.given import Command, Commanded, Tapped, Typed
from bot.dialogue.intents import Choose, Intent, StartPractice
from bot.dialogue.position import Place, PlaceKind, Position
from tests.dialogue.builders import LANGUAGES, MAX_ID, RUBRIC, rehearsal, world

ZH = LANGUAGES.of("zh_CN")
ITEM, GROUP, VETO = (
    Place(PlaceKind.ITEM, "6.6.1"),
    Place(PlaceKind.GROUP, "g2"),
    Place(PlaceKind.VETO, "leak_or_accident"),
)


def begun(place: Place) -> object:
    """A practice run, at that place."""
    talk = rehearsal()
    talk.give(Tapped(StartPractice()))
    talk.position = Position(place, 1, back=place)
    return talk


@pytest.mark.parametrize("place", [ITEM, GROUP, VETO], ids=lambda place: place.code)
@pytest.mark.parametrize("text", ["9" * 4096, "㉑" * 4096, "-1", "0", "1e3", "²³", "٣٣٣٣", "0/0", "∞", "½"])
def test_a_figure_that_is_no_option_records_nothing(place: Place, text: str) -> None:
    turn = begun(place).give(Typed(text))
    assert turn.events == ()
    assert turn.screen.rows


@pytest.mark.parametrize(
    ("text", "level"),
    [("1", 1), ("２", 2), ("3.", 3), ("第3项", 3), (" 4、", 4), ("㈥", None), ("7", None), ("5个", None)],
)
def test_an_option_is_picked_by_its_number_however_it_is_written(text: str, level: int | None) -> None:
    turn = begun(Place(PlaceKind.ITEM, "5.1.1")).give(Typed(text))
    picked = [event.after.level for event in turn.events]
    assert picked == ([] if level is None else [RUBRIC.items["5.1.1"].levels[level - 1].id])


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("200 5", (200, 5)),
        ("抽查200份，差错5份", (200, 5)),
        ("２００，５", (200, 5)),
        ("200/5", (200, 5)),
        ("200\n5", (200, 5)),
        ("200", None),
        ("3.5%", None),
        ("200 3%", None),
        ("2.5 200", None),
        ("200.5", None),
        ("20% 200", None),
        ("1 2 3", None),
        ("12345678 1", None),
    ],
)
def test_two_figures_are_read_wherever_they_stand_and_rates_are_not(text: str, figures: tuple[int, int] | None) -> None:
    turn = begun(Place(PlaceKind.WRITE_RATE, "6.6.1")).give(Typed(text))
    assert [(event.after.sampled, event.after.errors) for event in turn.events] == (
        [] if figures is None else [figures]
    )


@pytest.mark.parametrize("draft", ["abc", "7", "7 200 1", "-7 200", "７ ２００", "7  200", "99999999 1"])
def test_a_strange_draft_is_asked_for_again(draft: str) -> None:
    position = Position(Place(PlaceKind.WRITE_RATE, "6.6.1"), MAX_ID, draft=draft)
    assert "请发两个数" in screen_text(show(position, world()).screen, ZH)


def test_a_button_keeps_only_the_words_it_was_drawn_for() -> None:
    talk = begun(Place(PlaceKind.ITEM, "3.3.1"))
    first = talk.give(Typed("先说的话")).screen.rows[0][0].intent
    second = talk.give(Typed("后说的话")).screen.rows[0][0].intent
    assert talk.give(Tapped(first, 1)).events == ()
    assert talk.give(Tapped(second, 1)).events == (NoteWritten("3.3.1", "", "后说的话"),)
    assert talk.give(Tapped(second, 1)).events == ()


@pytest.mark.parametrize("kind", [PlaceKind.WRITE_NOTE, PlaceKind.WRITE_REMEDY, PlaceKind.WRITE_RATE])
def test_an_id_typed_where_words_are_asked_for_jumps_there(kind: PlaceKind) -> None:
    turn = begun(Place(kind, "6.6.1")).give(Typed("2.1.10"))
    assert turn.position.place == Place(PlaceKind.ITEM, "2.1.10")
    assert turn.events == ()


@pytest.mark.parametrize("command", Command)
def test_a_command_records_nothing_and_loses_nothing(command: Command) -> None:
    talk = begun(Place(PlaceKind.WRITE_NOTE, "3.3.1"))
    talk.give(Tapped(Choose("3.3.1", "met", 0), 1))
    before = talk.assessment.answers
    turn = talk.give(Commanded(command))
    assert turn.events == () or command is Command.UNDO
    assert talk.assessment.answers == ({} if command is Command.UNDO else before)


def test_an_intent_is_what_a_button_carries() -> None:
    for row in begun(ITEM).look().screen.rows:
        assert all(isinstance(button.intent, Intent) for button in row)
