"""Editing and deleting messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sandbox.client import Client
    from sandbox.server import Running

BOARD = {"inline_keyboard": [[{"text": "上一项", "callback_data": "back"}]]}
NOT_MODIFIED = (
    400,
    (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message"
    ),
)


@pytest.fixture
async def card(client: Client, person: int) -> int:
    sent = await client.call("sendMessage", chat_id=person, text="<b>一</b>", parse_mode="HTML", reply_markup=BOARD)
    return int(sent.result["message_id"])


async def test_an_edit_replaces_text_and_keyboard(client: Client, person: int, card: int) -> None:
    edited = (await client.call("editMessageText", chat_id=person, message_id=card, text="二")).result
    assert edited["text"] == "二"
    assert edited["edit_date"] >= edited["date"]
    assert "reply_markup" not in edited
    assert "entities" not in edited


async def test_the_same_content_again_is_not_modified(client: Client, person: int, card: int) -> None:
    same = {"text": "<b>一</b>", "parse_mode": "HTML", "reply_markup": BOARD}
    assert (await client.call("editMessageText", chat_id=person, message_id=card, **same)).error == NOT_MODIFIED


async def test_another_style_is_a_modification(client: Client, person: int, card: int) -> None:
    edited = await client.call("editMessageText", chat_id=person, message_id=card, text="一", reply_markup=BOARD)
    assert edited.status == 200


async def test_only_the_keyboard_may_be_edited(client: Client, person: int, card: int) -> None:
    edited = (await client.call("editMessageReplyMarkup", chat_id=person, message_id=card)).result
    assert edited["text"] == "一"
    assert "reply_markup" not in edited
    again = await client.call("editMessageReplyMarkup", chat_id=person, message_id=card)
    assert again.error == NOT_MODIFIED


@pytest.mark.parametrize("method", ["editMessageText", "editMessageReplyMarkup"])
async def test_an_unknown_message_cannot_be_edited(client: Client, person: int, method: str) -> None:
    answer = await client.call(method, chat_id=person, message_id=999, text="x")
    assert answer.error == (400, "Bad Request: message to edit not found")


async def test_an_erased_message_cannot_be_edited(client: Client, person: int, card: int) -> None:
    await client.act("erase", person=person, message_id=card)
    answer = await client.call("editMessageText", chat_id=person, message_id=card, text="x")
    assert answer.error == (400, "Bad Request: message to edit not found")


async def test_a_message_of_another_chat_cannot_be_edited(client: Client, running: Running, card: int) -> None:
    running.controls.say(5_000_102, "/start")
    answer = await client.call("editMessageText", chat_id=5_000_102, message_id=card, text="x")
    assert answer.error == (400, "Bad Request: message to edit not found")


async def test_a_persons_message_cannot_be_edited(client: Client, person: int) -> None:
    answer = await client.call("editMessageText", chat_id=person, message_id=1, text="x")
    assert answer.error == (400, "Bad Request: message can't be edited")


async def test_an_edit_without_message_id_is_refused(client: Client, person: int) -> None:
    answer = await client.call("editMessageText", chat_id=person, text="x")
    assert answer.error == (400, "Bad Request: message identifier is not specified")


async def test_a_message_is_deleted_once(client: Client, person: int, card: int) -> None:
    assert (await client.call("deleteMessage", chat_id=person, message_id=card)).result is True
    answer = await client.call("deleteMessage", chat_id=person, message_id=card)
    assert answer.error == (400, "Bad Request: message to delete not found")


async def test_after_48_hours_a_message_stays(client: Client, person: int, card: int) -> None:
    await client.act("advance", seconds=48 * 3600 + 1)
    answer = await client.call("deleteMessage", chat_id=person, message_id=card)
    assert answer.error == (400, "Bad Request: message can't be deleted")
    assert (await client.call("editMessageText", chat_id=person, message_id=card, text="二")).status == 200


async def test_in_a_group_the_bot_deletes_only_its_own(client: Client, running: Running, person: int) -> None:
    group = running.controls.group("鉴定站", [person])["id"]
    foreign = running.controls.say(person, "/help", chat=group)["message"]["message_id"]
    answer = await client.call("deleteMessage", chat_id=group, message_id=foreign)
    assert answer.error == (400, "Bad Request: message can't be deleted")
