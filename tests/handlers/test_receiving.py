"""Everything that can happen between Telegram and the inbox, over real HTTP."""

from __future__ import annotations

import asyncio
import logging
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from bot.handlers.failures import new_reference
from bot.handlers.wire import dumps
from bot.services.ports import RawUpdate
from tests.databases import opened
from tests.handlers.harness import LOCALIZERS, POISON, Harness, calls, now, shown, until

if TYPE_CHECKING:
    from bot.services.ports import InboxRow, Storage, Transaction
    from sandbox.server import Running

MANAGER, TEACHER = 5_000_101, 5_000_102
ZH = LOCALIZERS.of("zh_CN")


def words(harness: Harness, person: int = MANAGER) -> list[str]:
    return [said for who, said in harness.echo.handled if who == person]


async def test_updates_are_confirmed_only_by_the_call_after_their_batch(harness: Harness, running: Running) -> None:
    async with harness:
        running.controls.say(MANAGER, "one")
        await until(lambda: "one" in shown(running, MANAGER))
        await until(lambda: len(calls(running, "getUpdates")) >= 2)
        running.controls.say(MANAGER, "two")
        await until(lambda: "two" in shown(running, MANAGER))
        await until(lambda: calls(running, "getUpdates")[-1].finished is None)
    polls = calls(running, "getUpdates")
    assert "offset" not in polls[0].params
    for before, poll in pairwise(polls):
        if before.result:
            assert poll.params.get("offset") == str(before.result[-1] + 1)
        else:
            assert "offset" not in poll.params


@pytest.mark.slow
async def test_a_failed_poll_forgets_the_offset_and_repeats_do_no_harm(harness: Harness, running: Running) -> None:
    running.controls.faults([{"method": "getUpdates", "kind": "cut", "nth": 2, "times": 2}])
    async with harness:
        running.controls.say(MANAGER, "one")
        await until(lambda: len(calls(running, "getUpdates")) >= 5, 10)
    assert words(harness) == ["one"]
    assert "offset" not in calls(running, "getUpdates")[2].params


async def test_the_same_update_a_hundred_times_has_one_effect(harness: Harness, running: Running) -> None:
    async with harness:
        running.controls.say(MANAGER, "once")
        await until(lambda: "once" in shown(running, MANAGER))
        number = running.sandbox.world.queue.next_id - 1
        for _ in range(100):
            running.controls.resend(number)
        running.controls.say(MANAGER, "end")
        await until(lambda: "end" in shown(running, MANAGER))
    assert words(harness) == ["once", "end"]


async def test_a_lower_update_id_and_a_known_one_with_other_words_are_handled(
    harness: Harness, running: Running
) -> None:
    async with harness:
        running.controls.say(MANAGER, "first")
        await until(lambda: "first" in shown(running, MANAGER))
        message = {
            "message_id": 900,
            "date": 1_800_000_000,
            "chat": {"id": MANAGER, "type": "private", "first_name": "x"},
            "from": {"id": MANAGER, "is_bot": False, "first_name": "x"},
        }
        number = running.sandbox.world.queue.next_id - 1
        running.controls.update({"update_id": 5, "message": {**message, "text": "lower"}})
        await until(lambda: "lower" in shown(running, MANAGER))
        running.controls.update({"update_id": number, "message": {**message, "text": "same number"}})
        await until(lambda: "same number" in shown(running, MANAGER))


async def test_one_persons_updates_are_handled_in_their_order(harness: Harness, running: Running) -> None:
    for number in range(150):
        running.controls.say(MANAGER if number % 2 else TEACHER, str(number))
    async with harness:
        await until(lambda: len(harness.echo.handled) == 150)
    assert words(harness) == [str(number) for number in range(1, 150, 2)]
    assert words(harness, TEACHER) == [str(number) for number in range(0, 150, 2)]


@pytest.mark.usefixtures("on_postgresql")
async def test_what_one_person_says_at_once_is_taken_at_once_from_a_server_too(harness: Harness) -> None:
    updates = [RawUpdate(number, MANAGER, b'{"update_id":%d}' % number) for number in range(1, 6)]
    assert await harness.dispatcher.take(updates) == 5
    assert await harness.dispatcher.drain(20) == 0


async def test_a_poisonous_update_is_set_aside_after_five_tries_and_the_lane_goes_on(
    harness: Harness, running: Running, storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    async with harness:
        with caplog.at_level(logging.INFO, logger="bot"):
            running.controls.say(MANAGER, POISON)
            running.controls.say(MANAGER, "after")
            await until(lambda: "after" in shown(running, MANAGER))
    assert harness.echo.tries == 6
    told = next(each for each in shown(running, MANAGER) if each != "after")
    reference = next(each.args[1] for each in caplog.records if each.args and "set aside" in each.msg)
    assert isinstance(reference, str)
    assert told == ZH.say("handler.set_aside", reference=reference)
    assert not await storage.run(lambda tx: tx.waiting())
    assert POISON not in caplog.text


async def test_a_poisonous_tap_is_answered_with_its_number(harness: Harness, running: Running) -> None:
    async with harness:
        running.controls.say(MANAGER, "hello")
        await until(lambda: shown(running, MANAGER))
        broken = {"id": "9", "from": {"id": MANAGER, "is_bot": False, "first_name": "x"}, "chat_instance": []}
        chat = {"id": MANAGER, "type": "private", "first_name": "x"}
        running.controls.update(
            {"callback_query": {**broken, "message": {"message_id": 2, "date": "?", "chat": chat}, "data": 3}}
        )
        await until(lambda: calls(running, "answerCallbackQuery"))
    assert "编号" in calls(running, "answerCallbackQuery")[0].params["text"]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"id": "\ud800"},
        {"id": []},
        {"message": {"message_id": 2, "chat": {"id": TEACHER, "type": "private"}}},
    ],
)
async def test_an_update_whose_sender_cannot_be_told_is_set_aside_all_the_same(
    harness: Harness, running: Running, storage: Storage, spoilt: dict[str, Any]
) -> None:
    """One of them speaks of somebody else's private chat: nothing of the sender's is shown there."""
    person = {"id": MANAGER, "is_bot": False, "first_name": "x"}
    card = {"message_id": 2, "date": 0, "chat": {"id": MANAGER, "type": "private"}}
    tap = {"id": "9", "from": person, "message": card, "data": "h", **spoilt}
    update = RawUpdate(1, MANAGER, dumps({"update_id": 1, "callback_query": tap}))
    async with harness:
        await harness.dispatcher.take([update])
        running.controls.say(MANAGER, "after")
        await until(lambda: "after" in shown(running, MANAGER))
    assert not await storage.run(lambda tx: tx.waiting())
    assert {each.params["chat_id"] for each in calls(running, "sendMessage")} == {str(MANAGER)}


async def test_an_update_with_a_number_that_no_database_holds_stops_nothing(harness: Harness, running: Running) -> None:
    async with harness:
        running.controls.update({"update_id": 2**63, "callback_query": {}})
        running.sandbox.world.queue.next_id = 7
        running.controls.say(MANAGER, "after")
        await until(lambda: "after" in shown(running, MANAGER))


@pytest.mark.slow
async def test_what_failed_before_a_restart_is_counted_on(running: Running, database: str) -> None:
    async with opened(database) as storage:
        first = Harness(running, storage)
        first.dispatcher._delays = (0.0, 60.0, 60.0, 60.0)
        async with first:
            running.controls.say(MANAGER, POISON)
            await until(lambda: first.echo.tries == 2)
            await asyncio.sleep(0.1)
        (row,) = await storage.run(lambda tx: tx.waiting())
        assert row.attempts == 2
    async with opened(database) as storage:
        second = Harness(running, storage)
        async with second:
            await until(lambda: len(shown(running, MANAGER)) == 1)
    assert second.echo.tries == 3


@pytest.mark.slow
async def test_while_the_database_is_away_polling_pauses_and_everything_is_handled_later(
    harness: Harness, running: Running
) -> None:
    async with harness:
        running.controls.say(MANAGER, "before")
        await until(lambda: "before" in shown(running, MANAGER))
        harness.storage.is_down = True
        running.controls.say(MANAGER, "meanwhile")
        await asyncio.sleep(0.4)
        polls = len(calls(running, "getUpdates"))
        running.controls.say(MANAGER, "later")
        await asyncio.sleep(0.2)
        assert len(calls(running, "getUpdates")) == polls
        harness.storage.is_down = False
        await until(lambda: "later" in shown(running, MANAGER))
    assert words(harness) == ["before", "meanwhile", "later"]


async def test_who_waits_for_the_database_is_told_once_and_then_answered(harness: Harness, running: Running) -> None:
    async with harness:
        running.controls.say(MANAGER, "before")
        await until(lambda: "before" in shown(running, MANAGER))
        [row] = await harness.storage.run(taken)
        harness.storage.is_down = True
        harness.dispatcher.submit(row)
        await until(lambda: ZH.say("handler.busy") in shown(running, MANAGER))
        await asyncio.sleep(0.5)
        harness.storage.is_down = False
        await until(lambda: "kept" in shown(running, MANAGER))
    assert shown(running, MANAGER).count(ZH.say("handler.busy")) == 1
    assert harness.echo.tries == 2


def taken(tx: Transaction) -> list[InboxRow]:
    """An update that has come in and is this process's work, as the intake has it: nobody else takes it too."""
    tx.accept([waiting_update()], now())
    return tx.claim(1)


def waiting_update() -> RawUpdate:
    manager = {"id": MANAGER, "is_bot": False, "first_name": "x"}
    message = {"message_id": 8, "date": 1, "chat": {"id": MANAGER, "type": "private"}, "from": manager, "text": "kept"}
    return RawUpdate(1, MANAGER, dumps({"update_id": 1, "message": message}))


@pytest.mark.parametrize(("code", "words"), [(401, "Unauthorized"), (404, "Not Found")])
async def test_a_refused_token_makes_no_hot_loop(
    harness: Harness, running: Running, code: int, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    running.controls.faults([{"method": "*", "kind": "error", "times": 0, "code": code, "description": words}])
    running.controls.say(MANAGER, "hello")
    with caplog.at_level(logging.ERROR, logger="bot"):
        async with harness:
            await until(lambda: calls(running, "getUpdates"))
            await asyncio.sleep(1.0)
    assert 2 <= len(calls(running, "getUpdates")) <= 3
    assert not calls(running)
    assert "ZICHA_TELEGRAM_TOKEN" in caplog.text


async def test_another_process_with_the_same_token_is_named(
    harness: Harness, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    conflict = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    running.controls.faults([{"method": "getUpdates", "kind": "error", "code": 409, "description": conflict}])
    with caplog.at_level(logging.ERROR, logger="bot"):
        async with harness:
            await until(lambda: "another process polls with this token" in caplog.text)
            await asyncio.sleep(0.5)
    assert len(calls(running, "getUpdates")) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "trouble",
    [
        {"kind": "error", "code": 502, "body": "<html>"},
        {"kind": "error", "code": 200, "body": ""},
        {"kind": "error", "code": 200, "body": '{"ok":true,"result":{}}'},
        {"kind": "cut"},
    ],
)
async def test_polling_goes_on_after_trouble_and_does_not_spin(
    harness: Harness, running: Running, trouble: dict[str, Any]
) -> None:
    running.controls.faults([{"method": "getUpdates", "times": 2, **trouble}])
    running.controls.say(MANAGER, "hello")
    async with harness:
        await until(lambda: "hello" in shown(running, MANAGER))
    polls = calls(running, "getUpdates")
    assert polls[1].started - polls[0].finished >= 0.2


@pytest.mark.slow
async def test_a_flood_of_updates_is_taken_in_bounded_numbers(harness: Harness, running: Running) -> None:
    for number in range(1500):
        running.controls.say(MANAGER, str(number))
    largest = 0

    def all_handled() -> bool:
        nonlocal largest
        largest = max(largest, len(harness.dispatcher._lanes))
        return len(harness.echo.handled) == 1500

    async with harness:
        await until(all_handled, 60)
    assert words(harness) == [str(number) for number in range(1500)]
    assert largest < 1100


def test_references_are_short_and_cannot_be_misread() -> None:
    references = {new_reference() for _ in range(500)}
    assert len(references) > 490
    assert all(len(each) == 6 and not set(each) & set("01OIL") for each in references)
