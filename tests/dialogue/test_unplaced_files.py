"""A file that came before its item: where it waits, and what an undo makes of it."""

from __future__ import annotations

from bot.dialogue.given import Command, Commanded, Sent, Tapped
from bot.dialogue.intents import StartPractice
from bot.dialogue.position import PlaceKind
from bot.evidence.kinds import Kind
from bot.evidence.sets import KeptFile
from tests.dialogue.builders import rehearsal


def test_an_undo_takes_back_a_file_that_waited_and_leaves_the_screen_that_asked_about_it() -> None:
    talk = rehearsal()
    talk.give(Commanded(Command.START))
    talk.give(Tapped(StartPractice()))
    talk.give(Commanded(Command.SCORE))
    asked = talk.give(Sent(KeptFile("ab" * 32, Kind.PDF, 1000, "a.pdf"), "", ""))
    assert asked.position.place.kind is PlaceKind.UNPLACED_FILE
    undone = talk.give(Commanded(Command.UNDO))
    assert undone.position.place.kind is not PlaceKind.UNPLACED_FILE
    assert not any(record.value for record in talk.assessments[1].entries.values())
