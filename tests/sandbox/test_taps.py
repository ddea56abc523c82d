"""Taps on buttons and the bot's answers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sandbox.client import Client
    from sandbox.server import Running

TOO_OLD = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
BOARD = {"inline_keyboard": [[{"text": "是", "callback_data": "y"}, {"text": "否", "callback_data": "n"}]]}


@pytest.fixture
async def card(client: Client, person: int) -> int:
    sent = await client.call("sendMessage", chat_id=person, text="?", reply_markup=BOARD)
    return int(sent.result["message_id"])


async def query_of(client: Client, person: int, card: int) -> str:
    return str((await client.act("tap", person=person, message_id=card, text="是"))["callback_query_id"])


async def test_a_tap_becomes_a_callback_query_with_the_message(client: Client, person: int, card: int) -> None:
    await client.act("tap", person=person, message_id=card, row=0, column=1)
    (update,) = (await client.call("getUpdates")).result
    callback = update["callback_query"]
    assert (callback["data"], callback["from"]["id"]) == ("n", person)
    assert callback["message"]["reply_markup"] == BOARD
    assert callback["chat_instance"]


async def test_the_answer_reaches_who_tapped(client: Client, person: int, card: int) -> None:
    tapping = asyncio.create_task(client.act("tap", person=person, message_id=card, text="是", wait=5))
    (update,) = (await client.call("getUpdates", timeout=5)).result
    query = update["callback_query"]["id"]
    await client.call("answerCallbackQuery", callback_query_id=query, text="已记2分", show_alert=True)
    answer = (await tapping)["answer"]
    assert (answer["text"], answer["show_alert"], answer["person"]) == ("已记2分", True, person)
    assert (await client.look("chat", person=person))["toasts"] == [answer]


async def test_a_tap_is_answered_only_once(client: Client, person: int, card: int) -> None:
    query = await query_of(client, person, card)
    assert (await client.call("answerCallbackQuery", callback_query_id=query)).result is True
    assert (await client.call("answerCallbackQuery", callback_query_id=query)).error == TOO_OLD


@pytest.mark.parametrize("query", ["1", "", "x"])
async def test_an_unknown_query_cannot_be_answered(client: Client, query: str) -> None:
    assert (await client.call("answerCallbackQuery", callback_query_id=query)).error == TOO_OLD


async def test_an_old_tap_cannot_be_answered(client: Client, person: int, card: int) -> None:
    query = await query_of(client, person, card)
    await client.act("advance", seconds=16)
    assert (await client.call("answerCallbackQuery", callback_query_id=query)).error == TOO_OLD


async def test_an_answer_has_at_most_200_characters(client: Client, person: int, card: int) -> None:
    query = await query_of(client, person, card)
    too_long = await client.call("answerCallbackQuery", callback_query_id=query, text="字" * 201)
    assert too_long.error == (400, "Bad Request: MESSAGE_TOO_LONG")
    assert (await client.call("answerCallbackQuery", callback_query_id=query, text="字" * 200)).status == 200


async def test_any_data_can_be_forged(client: Client, person: int, card: int) -> None:
    await client.act("tap", person=person, message_id=card, data="'; DROP TABLE answers")
    (update,) = (await client.call("getUpdates")).result
    assert update["callback_query"]["data"] == "'; DROP TABLE answers"


async def test_a_tap_on_an_erased_message_carries_an_inaccessible_one(client: Client, person: int, card: int) -> None:
    await client.act("erase", person=person, message_id=card)
    await client.act("tap", person=person, message_id=card, data="y")
    (update,) = (await client.call("getUpdates")).result
    assert update["callback_query"]["message"]["date"] == 0


async def test_a_missing_button_cannot_be_tapped(client: Client, person: int, card: int) -> None:
    answer = await client.act("tap", person=person, message_id=card, text="也许")
    assert answer == {"error": f"message {card} has no button with the text '也许'"}


async def test_a_tap_in_a_group_comes_from_who_tapped(client: Client, running: Running, person: int) -> None:
    colleague = 5_000_102
    group = running.controls.group("鉴定站", [person, colleague])["id"]
    sent = (await client.call("sendMessage", chat_id=group, text="?", reply_markup=BOARD)).result
    running.sandbox.world.queue.clear()
    await client.act("tap", person=colleague, message_id=sent["message_id"], text="是", chat=group)
    (update,) = (await client.call("getUpdates")).result
    assert update["callback_query"]["from"]["id"] == colleague
    assert update["callback_query"]["message"]["chat"]["id"] == group
