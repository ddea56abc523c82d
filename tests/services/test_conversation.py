"""One turn is one transaction: all of it is kept, or nothing; nobody touches what is not theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.cli.plain import screen_text
from bot.dialogue.given import Command, Commanded, Odd, Oddity, Tapped, Typed
from bot.dialogue.intents import (
    Choose,
    ConfirmRest,
    DeclareVeto,
    Intent,
    Open,
    PickUp,
    Resume,
    Speak,
    StartPractice,
    Undo,
)
from bot.dialogue.position import HOME, Place, PlaceKind
from bot.localization import Localizers
from bot.rubric.answers import Chosen
from bot.services.notices import restore

if TYPE_CHECKING:
    from bot.services.ports import Transaction
    from tests.services.conftest import Desk

SOMEBODY_ELSE = 200


def history(number: int, subject: str) -> object:
    """Reads the history of a subject."""
    return lambda tx: tx.history(number, subject, 50)


async def test_a_tap_keeps_answer_history_position_reply_and_finishes_its_update(desk: Desk) -> None:
    number = await desk.begin()
    before = len(await desk.owed())
    reply = await desk.give(Tapped(ConfirmRest("g1", 0), number))

    stored = await desk.assessment(number)
    assert len(stored.answers) == 7
    assert stored.item("1.1.1").answer == Chosen("met")
    assert stored.item("1.1.1").grouped
    assert stored.item("1.1.1").by == (await desk.person()).id
    entries = await desk.read(history(number, "1.1.1"))
    assert [(entry.event.after, entry.revision, entry.at) for entry in entries] == [(Chosen("met"), 1, desk.now)]
    assert (await desk.person()).position.place == Place(PlaceKind.GROUP, "g2")
    owed = await desk.owed()
    assert len(owed) == before + 1
    assert owed[-1].id == reply.outbox_id
    assert owed[-1].reply == reply.owed
    assert (owed[-1].reply.callback_id, owed[-1].reply.message_id) == ("q3", 5)
    assert await desk.read(lambda tx: tx.waiting()) == []


async def test_a_failure_in_the_middle_keeps_nothing_at_all(desk: Desk) -> None:
    number = await desk.begin()
    inbox_id = await desk.accept()
    owed, position = await desk.owed(), (await desk.person()).position

    class PowerCutError(Exception):
        """The machine stops."""

    def work(tx: Transaction) -> None:
        desk.conversation.handle(tx, desk.request(inbox_id, Tapped(ConfirmRest("g1", 0), number)), desk.now)
        raise PowerCutError

    with pytest.raises(PowerCutError):
        await desk.storage.run(work)

    assert (await desk.assessment(number)).answers == {}
    assert await desk.read(history(number, "1.1.1")) == ()
    assert (await desk.person()).position == position
    assert await desk.owed() == owed
    assert [row.id for row in await desk.read(lambda tx: tx.waiting())] == [inbox_id]


async def test_the_same_tap_in_a_new_update_is_answered_but_not_recorded_again(desk: Desk) -> None:
    number = await desk.begin()
    tap = Tapped(Choose("6.1.1", "minus1", 0), number)
    await desk.give(tap)
    once = await desk.assessment(number)
    for _ in range(5):
        reply = await desk.give(tap)
        assert reply.notice is not None
        assert reply.notice.text.key == "notice.already_recorded"
    assert await desk.assessment(number) == once
    assert len(await desk.read(history(number, "6.1.1"))) == 1


async def test_starting_twice_with_one_button_begins_one_run(desk: Desk) -> None:
    await desk.begin()
    reply = await desk.give(Tapped(StartPractice()))
    assert reply.notice is not None
    assert reply.notice.text.key == "notice.already_begun"
    person = await desk.person()
    assert len(await desk.read(lambda tx: tx.shelf(person.id, 10))) == 1


FORGED: list[Intent] = [
    Choose("1.1.1", "problem", 1),
    Choose("2.1.1", "met", 0),
    ConfirmRest("g2", 0),
    DeclareVeto("leak_or_accident", "leak", 0),
    Undo(3),
    Resume(),
    Open(Place(PlaceKind.SCORE)),
    Open(Place(PlaceKind.HISTORY, "1.1.1")),
]


@pytest.mark.parametrize("intent", FORGED, ids=lambda intent: type(intent).__name__)
@pytest.mark.parametrize("has_own", [True, False], ids=["with a run of their own", "with none"])
async def test_a_tap_forged_for_another_persons_assessment_changes_and_shows_nothing_of_it(
    desk: Desk, intent: Intent, *, has_own: bool
) -> None:
    mine = await desk.begin()
    await desk.give(Tapped(ConfirmRest("g1", 0), mine))
    untouched = await desk.assessment(mine)
    own = await desk.begin(SOMEBODY_ELSE) if has_own else None

    reply = await desk.give(Tapped(intent, mine), SOMEBODY_ELSE)

    assert await desk.assessment(mine) == untouched
    assert len(await desk.read(history(mine, "1.1.1"))) == 1
    assert reply.notice is not None
    assert reply.notice.text.key == "notice.unreadable_button"
    assert reply.screen is not None
    assert reply.screen.assessment == own
    assert "7/61" not in screen_text(reply.screen, Localizers.load("Asia/Shanghai").of(None))
    theirs = (await desk.person(SOMEBODY_ELSE)).position
    assert theirs is None or theirs.assessment == own


@pytest.mark.parametrize("number", [7001, 999_999, 2**53 - 1, 2**63 - 1])
async def test_nobody_picks_up_what_is_not_theirs_or_does_not_exist(desk: Desk, number: int) -> None:
    await desk.begin()
    reply = await desk.give(Tapped(PickUp(number), None), SOMEBODY_ELSE)
    assert reply.notice is not None
    assert reply.notice.text.key == "notice.unreadable_button"
    assert reply.screen is not None
    assert reply.screen.assessment is None


async def test_two_runs_are_kept_apart_and_either_is_gone_on_with(desk: Desk) -> None:
    first = await desk.begin()
    await desk.give(Tapped(ConfirmRest("g1", 0), first))
    await desk.give(Commanded(Command.START))
    reply = await desk.give(Tapped(StartPractice(), first))
    assert reply.screen is not None
    second = reply.screen.assessment
    assert second not in (None, first)
    await desk.give(Tapped(ConfirmRest("g2", 0), second))
    await desk.give(Tapped(PickUp(first), second))
    await desk.give(Tapped(Choose("6.1.1", "none", 0), first))
    assert len((await desk.assessment(first)).answers) == 8
    assert len((await desk.assessment(second or 0)).answers) == 10


async def test_an_owed_reply_is_drawn_anew_from_the_present_with_the_notice_of_then(desk: Desk) -> None:
    number = await desk.begin()
    await desk.give(Tapped(ConfirmRest("g1", 0), number))
    row = (await desk.owed())[-1]
    await desk.give(Tapped(ConfirmRest("g2", 0), number))

    reply = await desk.storage.run(lambda tx: desk.conversation.redraw(tx, row, desk.now))

    text = screen_text(reply.screen, Localizers.load("Asia/Shanghai").of(None))
    assert "已填17/61项" in text
    assert reply.notice == restore(row.reply.notice)
    assert reply.notice.text.args["done"] == 7
    assert reply.owed == row.reply


async def test_a_redraw_keeps_the_language_that_was_chosen(desk: Desk) -> None:
    await desk.begin()
    await desk.give(Tapped(Speak("en")))
    row = (await desk.owed())[-1]
    reply = await desk.storage.run(lambda tx: desk.conversation.redraw(tx, row, desk.now))
    assert reply.locale == "en"
    assert (await desk.person()).locale == "en"


async def test_a_group_is_refused_without_moving_anybody(desk: Desk) -> None:
    await desk.begin()
    position = (await desk.person()).position
    request = desk.request(await desk.accept(), Commanded(Command.SCORE))
    reply = await desk.storage.run(lambda tx: desk.conversation.decline(tx, request, desk.now))
    assert reply.screen is None
    assert reply.notice is not None
    assert reply.notice.text.key == "notice.group_chat"
    assert not reply.owed.draws
    assert (await desk.person()).position == position
    assert await desk.read(lambda tx: tx.waiting()) == []


async def test_whatever_cannot_be_taken_is_answered_and_done_with(desk: Desk) -> None:
    for given in (Odd(Oddity.NOT_TEXT), Odd(Oddity.EDITED), Odd(Oddity.UNKNOWN_COMMAND), Typed("你好"), Typed("")):
        reply = await desk.give(given)
        assert reply.notice is not None
        assert reply.screen is not None
    assert await desk.read(lambda tx: tx.waiting()) == []
    assert (await desk.person()).position.place == HOME


async def test_an_undo_of_a_group_is_written_down_item_by_item(desk: Desk) -> None:
    number = await desk.begin()
    await desk.give(Tapped(ConfirmRest("g1", 0), number))
    action = (await desk.person()).position.last_action
    await desk.give(Tapped(Undo(action), number))
    assert (await desk.assessment(number)).answers == {}
    entries = await desk.read(history(number, "1.5.3"))
    assert [(entry.event.before, entry.event.after) for entry in entries] == [
        (Chosen("met"), None),
        (None, Chosen("met")),
    ]
