"""Whom the bot may write to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sandbox.client import Client
    from sandbox.server import Running

STRANGER = 5_000_103


async def attempt(client: Client, chat_id: object) -> tuple[int, str]:
    return (await client.call("sendMessage", chat_id=chat_id, text="x")).error


async def test_a_message_to_nobody_is_refused(client: Client) -> None:
    assert (await client.call("sendMessage", text="x")).error == (400, "Bad Request: chat_id is empty")


@pytest.mark.parametrize("chat_id", [42, -42, "@nobody", "吉站长", STRANGER])
async def test_a_chat_the_bot_never_saw_is_not_found(client: Client, chat_id: object) -> None:
    assert await attempt(client, chat_id) == (400, "Bad Request: chat not found")


async def test_a_chat_id_may_be_a_string(client: Client, person: int) -> None:
    assert (await client.call("sendMessage", chat_id=str(person), text="x")).status == 200


async def test_someone_met_only_in_a_group_cannot_be_addressed(client: Client, running: Running, person: int) -> None:
    running.controls.group("鉴定站", [person, STRANGER])
    expected = (403, "Forbidden: bot can't initiate conversation with a user")
    assert await attempt(client, STRANGER) == expected


async def test_a_person_who_blocked_the_bot_is_403_until_unblocked(client: Client, person: int) -> None:
    await client.act("block", person=person)
    assert await attempt(client, person) == (403, "Forbidden: bot was blocked by the user")
    await client.act("unblock", person=person)
    assert (await client.call("sendMessage", chat_id=person, text="x")).status == 200


async def test_blocking_and_unblocking_is_told_to_the_bot(client: Client, person: int) -> None:
    await client.act("block", person=person)
    await client.act("say", person=person, text="/start")
    first, second, third = (await client.call("getUpdates")).result
    assert first["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert second["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert third["message"]["text"] == "/start"


@pytest.mark.parametrize("method", ["editMessageText", "deleteMessage", "sendChatAction"])
async def test_a_blocked_bot_can_do_nothing_there(client: Client, person: int, method: str) -> None:
    sent = (await client.call("sendMessage", chat_id=person, text="x")).result
    await client.act("block", person=person)
    answer = await client.call(method, chat_id=person, message_id=sent["message_id"], text="y", action="typing")
    assert answer.error == (403, "Forbidden: bot was blocked by the user")


async def test_a_deactivated_person_is_403(client: Client, person: int) -> None:
    await client.act("person", id=person, standing="deactivated")
    assert await attempt(client, person) == (403, "Forbidden: user is deactivated")


async def test_a_bot_thrown_out_of_a_group_is_403(client: Client, running: Running, person: int) -> None:
    group = running.controls.group("鉴定站", [person])["id"]
    assert (await client.call("sendMessage", chat_id=group, text="x")).status == 200
    await client.act("kick", chat=group)
    assert await attempt(client, group) == (403, "Forbidden: bot was kicked from the group chat")


async def test_an_upgraded_group_tells_its_new_id(client: Client, running: Running, person: int) -> None:
    group = running.controls.group("鉴定站", [person])["id"]
    successor = (await client.act("upgrade", chat=group))["id"]
    answer = await client.call("sendMessage", chat_id=group, text="x")
    assert answer.error == (400, "Bad Request: group chat was upgraded to a supergroup chat")
    assert answer.body["parameters"] == {"migrate_to_chat_id": successor}
    assert (await client.call("sendMessage", chat_id=successor, text="x")).status == 200


async def test_in_groups_the_bot_sees_only_what_is_meant_for_it(client: Client, running: Running, person: int) -> None:
    group = running.controls.group("鉴定站", [person])["id"]
    asked = (await client.call("sendMessage", chat_id=group, text="?")).result["message_id"]
    running.sandbox.world.queue.clear()
    for text in ("大家好", "/help", "/help@other_bot", "/help@zicha_sandbox_bot", "@zicha_sandbox_bot 在吗"):
        running.controls.say(person, text, chat=group)
    running.controls.say(person, "答复", chat=group, reply_to=asked)
    texts = [one["message"]["text"] for one in (await client.call("getUpdates")).result]
    assert texts == ["/help", "/help@zicha_sandbox_bot", "@zicha_sandbox_bot 在吗", "答复"]


async def test_get_chat_describes_a_person_in_full(client: Client, person: int) -> None:
    chat = (await client.call("getChat", chat_id=person)).result
    assert {"id", "type", "first_name", "accent_color_id", "max_reaction_count", "accepted_gift_types"} <= chat.keys()
