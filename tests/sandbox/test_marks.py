"""Reactions and pins, the menu button and the bot's name, replies with quotes, floods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sandbox.client import Client
    from sandbox.server import Running

LENA = 5_000_104
THUMB = [{"type": "emoji", "emoji": "👍"}]


async def test_a_reaction_is_shown_and_taken_away(client: Client, person: int) -> None:
    assert (await client.call("setMessageReaction", chat_id=person, message_id=1, reaction=THUMB)).result is True
    assert (await client.look("chat", person=person))["reactions"] == {"1": {"1000001": ["👍"]}}
    await client.call("setMessageReaction", chat_id=person, message_id=1)
    assert (await client.look("chat", person=person))["reactions"] == {"1": {"1000001": []}}


@pytest.mark.parametrize(
    ("message_id", "reaction", "complaint"),
    [
        (99, THUMB, "message to react not found"),
        (1, [{"type": "emoji", "emoji": "✅"}], "REACTION_INVALID"),
        (1, THUMB * 2, "REACTIONS_TOO_MANY"),
        (1, "👍", "can't parse reaction types JSON object"),
    ],
)
async def test_reactions_that_telegram_refuses(
    client: Client, person: int, message_id: int, reaction: object, complaint: str
) -> None:
    answer = await client.call("setMessageReaction", chat_id=person, message_id=message_id, reaction=reaction)
    assert answer.error == (400, f"Bad Request: {complaint}")


async def test_a_persons_reaction_comes_only_when_asked_for(client: Client, person: int) -> None:
    await client.act("react", person=person, message_id=1, emoji="🔥")
    assert (await client.call("getUpdates", allowed_updates=["message_reaction"])).result == []
    await client.act("react", person=person, message_id=1, emoji="👍")
    (update,) = (await client.call("getUpdates", offset=1)).result
    assert update["message_reaction"]["old_reaction"] == [{"type": "emoji", "emoji": "🔥"}]
    assert update["message_reaction"]["new_reaction"] == THUMB


async def test_a_pin_is_told_in_the_chat_and_can_be_taken_off(client: Client, person: int) -> None:
    assert (await client.call("pinChatMessage", chat_id=person, message_id=1)).result is True
    chat = await client.look("chat", person=person)
    assert (chat["pinned"], chat["messages"][-1]["pinned_message"]["message_id"]) == ([1], 1)
    assert (await client.call("unpinChatMessage", chat_id=person)).result is True
    again = await client.call("unpinChatMessage", chat_id=person)
    assert again.error == (400, "Bad Request: message to unpin not found")
    await client.call("pinChatMessage", chat_id=person, message_id=1)
    assert (await client.call("unpinAllChatMessages", chat_id=person)).result is True
    assert (await client.look("chat", person=person))["pinned"] == []


async def test_a_missing_message_cannot_be_pinned(client: Client, person: int) -> None:
    answer = await client.call("pinChatMessage", chat_id=person, message_id=99)
    assert answer.error == (400, "Bad Request: message to pin not found")


async def test_the_menu_button_is_ones_own_or_everyones(client: Client, person: int) -> None:
    assert (await client.call("getChatMenuButton")).result == {"type": "commands"}
    assert (await client.call("getChatMenuButton", chat_id=person)).result == {"type": "default"}
    app = {"type": "web_app", "text": "表", "web_app": {"url": "https://example.org/"}}
    assert (await client.call("setChatMenuButton", chat_id=person, menu_button=app)).result is True
    assert (await client.look("chat", person=person))["menu_button"] == app
    assert (await client.look("chat", person=LENA))["menu_button"] == {"type": "commands"}


@pytest.mark.parametrize("button", [{"type": "moon"}, "x", {"type": "web_app", "text": "x"}])
async def test_menu_buttons_that_telegram_refuses(client: Client, button: object) -> None:
    assert (await client.call("setChatMenuButton", menu_button=button)).status == 400


async def test_the_name_goes_by_language(client: Client) -> None:
    assert (await client.call("setMyName", name="自查助手")).result is True
    assert (await client.call("setMyName", name="Self-check", language_code="en")).result is True
    assert (await client.call("getMyName", language_code="en")).result == {"name": "Self-check"}
    assert (await client.call("getMyName", language_code="fr")).result == {"name": "自查助手"}
    assert (await client.look("chat", person=LENA))["name"] == "Self-check"
    assert (await client.call("getMe")).result["first_name"] == "自查助手"
    assert (await client.call("setMyName", name="字" * 65)).status == 400


async def test_descriptions_can_be_read_back(client: Client) -> None:
    await client.call("setMyDescription", description="长")
    await client.call("setMyShortDescription", short_description="短")
    assert (await client.call("getMyDescription")).result == {"description": "长"}
    assert (await client.call("getMyShortDescription")).result == {"short_description": "短"}


async def test_a_reply_may_quote(client: Client, person: int) -> None:
    await client.act("say", person=person, text="一二三四")
    quoting = {"message_id": 2, "quote": "二三"}
    sent = await client.call("sendMessage", chat_id=person, text="x", reply_parameters=quoting)
    assert sent.result["quote"] == {"text": "二三", "position": 1, "is_manual": True}
    quoting = {"message_id": 2, "quote": "五"}
    wrong = await client.call("sendMessage", chat_id=person, text="x", reply_parameters=quoting)
    assert wrong.error == (400, "Bad Request: QUOTE_TEXT_INVALID")


async def test_people_reply_and_quote(client: Client, person: int) -> None:
    await client.call("sendMessage", chat_id=person, text="第三十三项")
    said = (await client.act("say", person=person, text="为何？", reply_to=2, quote="三十三"))["message"]
    assert said["reply_to_message"]["text"] == "第三十三项"
    assert said["quote"]["text"] == "三十三"
    assert "error" in await client.act("say", person=person, text="x", reply_to=2, quote="没有")


async def test_a_flood_wait_lasts_its_time_in_its_chat(client: Client, running: Running, person: int) -> None:
    running.controls.say(LENA, "/start")
    await client.act("flood", seconds=30, chat=person)
    refused = await client.call("sendMessage", chat_id=person, text="x")
    assert refused.error[0] == 429
    assert refused.body["parameters"]["retry_after"] == 30
    assert (await client.call("sendMessage", chat_id=LENA, text="x")).status == 200
    await client.act("advance", seconds=31)
    assert (await client.call("sendMessage", chat_id=person, text="x")).status == 200


async def test_a_flood_wait_may_hold_for_every_chat(client: Client, person: int) -> None:
    await client.act("flood", seconds=30)
    assert (await client.call("sendDocument", chat_id=person, document="x")).status == 429


async def test_the_pace_can_be_switched(client: Client, person: int) -> None:
    async def statuses() -> set[int]:
        return {(await client.call("sendMessage", chat_id=person, text="x")).status for _ in range(8)}

    assert await statuses() == {200}
    await client.act("pace", on=True)
    assert await statuses() == {200, 429}
    await client.act("pace", on=False)
    assert await statuses() == {200}


async def test_a_deactivated_person_is_gone(client: Client, person: int) -> None:
    await client.act("deactivate", person=person)
    answer = await client.call("sendMessage", chat_id=person, text="x")
    assert answer.error == (403, "Forbidden: user is deactivated")
    assert "error" in await client.act("say", person=person, text="x")
    assert "error" in await client.act("tap", person=person, message_id=1, data="x")
    assert "error" in await client.act("inline_query", person=person, query="x")


async def test_a_protected_message_says_so(client: Client, person: int) -> None:
    sent = await client.call("sendMessage", chat_id=person, text="x", protect_content=True)
    assert sent.result["has_protected_content"] is True
