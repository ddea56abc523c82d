"""The bot's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sandbox.client import Client

START = {"command": "start", "description": "开始"}
ENGLISH = {"command": "start", "description": "begin"}


async def test_get_me_tells_all_a_library_needs(client: Client) -> None:
    bot = (await client.call("getMe")).result
    assert bot["is_bot"] is True
    assert {"id", "first_name", "username", "can_join_groups"} <= bot.keys()


async def test_commands_are_kept_by_scope_and_language(client: Client, person: int) -> None:
    await client.call("setMyCommands", commands=[START])
    await client.call("setMyCommands", commands=[ENGLISH], language_code="en")
    scope = {"type": "chat", "chat_id": person}
    assert (await client.call("getMyCommands")).result == [START]
    assert (await client.call("getMyCommands", language_code="en")).result == [ENGLISH]
    assert (await client.call("getMyCommands", scope=scope)).result == []
    await client.call("deleteMyCommands")
    assert (await client.call("getMyCommands")).result == []


async def test_a_person_sees_the_nearest_commands(client: Client, person: int) -> None:
    await client.call("setMyCommands", commands=[START])
    await client.call("setMyCommands", commands=[ENGLISH], scope={"type": "all_private_chats"}, language_code="en")
    assert (await client.look("chat", person=person))["commands"] == [START]
    assert (await client.look("chat", person=5_000_104))["commands"] == [ENGLISH]


@pytest.mark.parametrize(
    ("commands", "complaint"),
    [
        ("[", "can't parse commands JSON object"),
        ([{"command": "Start", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "开始", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "/", "description": "x"}], "command must be non-empty"),
        ([{"command": "x" * 33, "description": "x"}], "command length must not exceed 32"),
        ([{"command": "x", "description": " "}], "command description must be non-empty"),
        ([{"command": "x", "description": "字" * 257}], "command description length must not exceed 256"),
        ([START] * 101, "BOT_COMMANDS_TOO_MUCH"),
        ({"command": "x"}, "expected an Array of BotCommand"),
        (["x"], "expected an Object as BotCommand"),
        ([{"command": "x"}], "can't parse BotCommand: Can't find field \"description\""),
    ],
)
async def test_commands_that_telegram_refuses(client: Client, commands: object, complaint: str) -> None:
    answer = await client.call("setMyCommands", commands=commands)
    assert answer.error == (400, f"Bad Request: {complaint}")


async def test_an_unknown_scope_is_refused(client: Client) -> None:
    answer = await client.call("setMyCommands", commands=[START], scope={"type": "moon"})
    assert answer.error == (400, "Bad Request: can't parse BotCommandScope: Unsupported type specified")


@pytest.mark.parametrize(
    ("method", "name", "limit"),
    [
        ("setMyDescription", "description", 512),
        ("setMyShortDescription", "short_description", 120),
    ],
)
async def test_descriptions_have_their_limits(client: Client, method: str, name: str, limit: int) -> None:
    assert (await client.call(method, **{name: "字" * limit})).result is True
    answer = await client.call(method, **{name: "字" * (limit + 1)})
    assert answer.error == (400, "Bad Request: DESCRIPTION_TOO_LONG")


async def test_an_empty_chat_shows_the_description_of_its_language(client: Client) -> None:
    await client.call("setMyDescription", description="自查自评")
    await client.call("setMyDescription", description="Self-inspection", language_code="en")
    assert (await client.look("chat", person=5_000_101))["description"] == "自查自评"
    assert (await client.look("chat", person=5_000_104))["description"] == "Self-inspection"
