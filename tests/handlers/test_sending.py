"""Everything that can go wrong between us and Telegram while sending, over real HTTP."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.databases import opened
from tests.handlers.harness import LOCALIZERS, RECORDED, Harness, calls, now, shown, until

if TYPE_CHECKING:
    from sandbox.server import Running

MANAGER, TEACHER = 5_000_101, 5_000_102
ZH = LOCALIZERS.of("zh_CN")


def fault(method: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - the sandbox checks them
    return {"method": method, "kind": "error", **more}


async def first_card(running: Running, person: int = MANAGER) -> int:
    """Say something and wait for the card; its message id."""
    running.controls.say(person, "hello")
    await until(lambda: shown(running, person))
    chat = running.sandbox.world.chats[person]
    return next(number for number, each in chat.messages.items() if each["from"]["is_bot"])


async def nothing_is_owed(harness: Harness) -> bool:
    return not await harness.storage.run(lambda tx: tx.owed())


async def owes_nothing(harness: Harness) -> None:
    """Wait until every reply is settled."""
    for _ in range(200):
        if await nothing_is_owed(harness):
            return
        await asyncio.sleep(0.02)
    raise AssertionError("something is still owed")


async def test_typed_words_get_a_new_message_and_a_tap_edits_its_card(harness: Harness, running: Running) -> None:
    async with harness:
        card = await first_card(running)
        tap = await running.controls.tap(MANAGER, card, row=0, column=0, wait=3)
        assert tap["answer"]["text"] == ZH.say(RECORDED)
        await until(lambda: "Tapped" in shown(running, MANAGER)[0])
        assert len(shown(running, MANAGER)) == 1
        await owes_nothing(harness)


async def test_a_card_that_already_stands_is_no_error(harness: Harness, running: Running) -> None:
    async with harness:
        card = await first_card(running)
        for _ in range(3):
            await running.controls.tap(MANAGER, card, data="same", wait=3)
        await owes_nothing(harness)
    assert any("not modified" in each.error for each in calls(running, "editMessageText"))
    assert len(calls(running, "sendMessage")) == 1


async def test_a_toast_that_comes_too_late_is_no_error(harness: Harness, running: Running) -> None:
    async with harness:
        card = await first_card(running)
        description = "Bad Request: query is too old and response timeout expired or query ID is invalid"
        running.controls.faults([fault("answerCallbackQuery", code=400, description=description)])
        await running.controls.tap(MANAGER, card, data="late")
        await until(lambda: "UNREADABLE" in shown(running, MANAGER)[0])
        await owes_nothing(harness)
    assert len(calls(running, "answerCallbackQuery")) == 1


@pytest.mark.parametrize("words", ["message to edit not found", "message can't be edited"])
async def test_a_card_that_cannot_be_edited_is_sent_anew(harness: Harness, running: Running, words: str) -> None:
    async with harness:
        card = await first_card(running)
        running.controls.faults([fault("editMessageText", code=400, description=f"Bad Request: {words}")])
        await running.controls.tap(MANAGER, card, data="x", wait=3)
        await until(lambda: len(shown(running, MANAGER)) == 2)
        await owes_nothing(harness)


async def test_somebody_who_blocked_the_bot_is_marked_and_owed_nothing(harness: Harness, running: Running) -> None:
    async with harness:
        await first_card(running)
        running.controls.faults([fault("sendMessage", code=403, description="Forbidden: bot was blocked by the user")])
        running.controls.say(MANAGER, "again")
        await until(lambda: len(calls(running, "sendMessage")) == 2)
        await owes_nothing(harness)
        running.controls.say(MANAGER, "back")
        await until(lambda: "back" in shown(running, MANAGER))


@pytest.mark.slow
@pytest.mark.parametrize(
    "trouble",
    [
        {"kind": "error", "code": 500},
        {"kind": "error", "code": 502, "body": "<html>Bad Gateway</html>"},
        {"kind": "error", "code": 504, "body": ""},
        {"kind": "error", "code": 200, "body": "<html>login to the wi-fi</html>"},
        {"kind": "cut"},
    ],
)
@pytest.mark.parametrize("method", ["sendMessage", "editMessageText", "answerCallbackQuery"])
async def test_what_fails_in_between_is_tried_until_it_stands(
    harness: Harness, running: Running, trouble: dict[str, Any], method: str
) -> None:
    async with harness:
        card = await first_card(running)
        running.controls.faults([{"method": method, "times": 2, **trouble}])
        if method == "sendMessage":
            running.controls.say(MANAGER, "typed")
            await until(lambda: "typed" in shown(running, MANAGER))
        else:
            tap = await running.controls.tap(MANAGER, card, data="x", wait=5)
            assert tap["answer"] is not None
            await until(lambda: "UNREADABLE" in shown(running, MANAGER)[0])
        await owes_nothing(harness)
    assert len([each for each in calls(running, method) if each.fault]) == 2


async def test_after_a_cut_answer_an_edit_is_simply_repeated(harness: Harness, running: Running) -> None:
    async with harness:
        card = await first_card(running)
        running.controls.faults([{"method": "editMessageText", "kind": "cut", "when": "after", "bytes": 10}])
        await running.controls.tap(MANAGER, card, data="x", wait=3)
        await owes_nothing(harness)
    assert len(shown(running, MANAGER)) == 1


@pytest.mark.slow
async def test_a_429_holds_everybody_until_it_is_over(harness: Harness, running: Running) -> None:
    async with harness:
        card = await first_card(running)
        running.controls.say(TEACHER, "hello")
        await until(lambda: shown(running, TEACHER))
        before = running.sandbox.journal.last
        running.controls.faults(
            [fault("editMessageText", code=429, retry_after=1, description="Too Many Requests: retry after 1")]
        )
        await running.controls.tap(MANAGER, card, data="x")
        await until(lambda: calls(running, "editMessageText"))
        held = calls(running, "editMessageText")[0]
        await until(lambda: held.finished is not None)
        running.controls.say(TEACHER, "me too")
        await until(lambda: "me too" in shown(running, TEACHER))
        await owes_nothing(harness)
    in_flight = held.finished + 0.2
    late = [each for each in calls(running) if each.n > before and each.started > in_flight]
    assert late
    assert min(each.started for each in late) - held.finished >= 0.95


@pytest.mark.slow
async def test_a_429_is_obeyed_after_a_restart_too(running: Running, database: str) -> None:
    async with opened(database) as storage:
        async with Harness(running, storage):
            card = await first_card(running)
            running.controls.faults([fault("editMessageText", code=429, retry_after=3, description="x")])
            await running.controls.tap(MANAGER, card, data="x")
            await until(lambda: calls(running, "editMessageText"))
            await asyncio.sleep(0.1)
        (row,) = await storage.run(lambda tx: tx.owed())
    assert row.not_before is not None
    assert timedelta(seconds=0.5) < row.not_before - now() < timedelta(seconds=3)
    async with opened(database) as storage, Harness(running, storage) as second:
        await until(lambda: "again" in shown(running, MANAGER)[0])
        await owes_nothing(second)
    refused, drawn = calls(running, "editMessageText")
    assert drawn.started - refused.finished >= 2.9


@pytest.mark.slow
async def test_replies_that_wait_together_are_joined_and_every_tap_is_answered(
    harness: Harness, running: Running
) -> None:
    async with harness:
        card = await first_card(running)
        running.controls.faults([fault("editMessageText", code=429, retry_after=1, description="x")])
        await running.controls.tap(MANAGER, card, data="first")
        await until(lambda: calls(running, "editMessageText"))
        await until(lambda: calls(running, "editMessageText")[0].finished)
        for _ in range(20):
            await running.controls.tap(MANAGER, card, data="more")
        await until(lambda: len(harness.echo.handled) == 22)
        await owes_nothing(harness)
    assert len([each for each in calls(running, "answerCallbackQuery") if each.status == 200]) == 21
    assert len(calls(running, "editMessageText")) <= 3


async def test_a_card_that_telegram_rejects_is_owned_up_to_once_and_never_loops(
    harness: Harness, running: Running
) -> None:
    async with harness:
        card = await first_card(running)
        running.controls.faults(
            [fault("editMessageText", code=400, description="Bad Request: can't parse entities: x", times=0)]
        )
        await running.controls.tap(MANAGER, card, data="x", wait=3)
        await until(lambda: len(shown(running, MANAGER)) == 2)
        await owes_nothing(harness)
    assert shown(running, MANAGER)[1].startswith(ZH.say("handler.unshown", reference="")[:12])
    assert len(calls(running, "editMessageText")) == 1


async def test_a_refused_token_stops_sending_until_it_is_taken_again(harness: Harness, running: Running) -> None:
    async with harness:
        await first_card(running)
        running.controls.faults([fault("sendMessage", code=401, description="Unauthorized")])
        running.controls.say(MANAGER, "once more")
        await until(lambda: len(calls(running, "sendMessage")) == 2)
        running.controls.say(MANAGER, "the poll that finds the token good")
        await until(lambda: "the poll that finds the token good" in shown(running, MANAGER))
        await owes_nothing(harness)
    refused, sent = calls(running, "sendMessage")[1:]
    assert sent.started - refused.finished >= 0.35


async def test_what_is_asked_in_a_group_is_refused_there_in_words(harness: Harness, running: Running) -> None:
    async with harness:
        group = running.controls.group("鉴定站", [MANAGER, TEACHER])
        running.controls.say(MANAGER, "/start", chat=group["id"])
        await until(lambda: ZH.say("notice.group_chat") in shown(running, group["id"]))
        await owes_nothing(harness)


async def test_words_that_look_like_html_are_shown_as_they_are(harness: Harness, running: Running) -> None:
    evil = '</b><a href="tg://user?id=1">x</a> & &lt;'
    async with harness:
        running.controls.say(MANAGER, evil)
        await until(lambda: evil in shown(running, MANAGER))
    message = next(each for each in running.sandbox.world.chats[MANAGER].messages.values() if each["from"]["is_bot"])
    assert not message.get("entities")
