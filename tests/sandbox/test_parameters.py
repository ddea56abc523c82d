"""What each method takes, and what the log says of calls that give something else."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest
from telegram import Bot

from sandbox.methods import METHODS, POLL
from sandbox.signatures import LISTED
from sandbox.wire import loads

if TYPE_CHECKING:
    from sandbox.client import Client

METHODS_LISTED = loads(LISTED.read_bytes())["methods"]
OF_THE_LIBRARY = {
    "self",
    "read_timeout",
    "write_timeout",
    "connect_timeout",
    "pool_timeout",
    "api_kwargs",
    "filename",
    "current_offset",
}
OF_ITS_ALBUMS = {"caption", "parse_mode", "caption_entities"}
NEEDING = sorted(name for name, one in METHODS_LISTED.items() if one["required"])
FORGIVING = {"setWebhook"}  # without a url it deletes the webhook


def test_every_method_that_is_answered_has_its_parameters_listed() -> None:
    assert {name.lower() for name in METHODS_LISTED} == {*METHODS, POLL}


@pytest.mark.parametrize("method", sorted(METHODS_LISTED))
def test_the_parameters_are_those_the_library_sends(method: str) -> None:
    functions = {name.replace("_", "").lower(): name for name in dir(Bot) if "_" in name}
    taken = inspect.signature(getattr(Bot, functions[method.lower()])).parameters
    sent = {name for name in taken if name not in OF_THE_LIBRARY}
    if method == "sendMediaGroup":
        sent -= OF_ITS_ALBUMS
    listed = METHODS_LISTED[method]
    assert {*listed["required"], *listed["optional"]} == sent


@pytest.mark.parametrize("method", sorted(set(NEEDING) - FORGIVING))
async def test_a_call_without_what_it_needs_is_refused_and_noted(client: Client, method: str) -> None:
    answer = await client.call(method)
    assert answer.status == 400
    assert answer.error[1].startswith("Bad Request: ")
    (call,) = (await client.look("calls"))["calls"]
    assert call["missing"] == METHODS_LISTED[method]["required"]


async def test_a_parameter_nobody_knows_is_noted_and_passed_over(client: Client, person: int) -> None:
    sent = await client.call("sendMessage", chat_id=person, text="x", disable_notificatoin=True)
    assert sent.status == 200
    (call,) = (await client.look("calls", flawed=1))["calls"]
    assert (call["unknown"], call["missing"], call["mistyped"]) == (["disable_notificatoin"], [], [])


async def test_a_value_of_another_type_is_noted(client: Client, person: int) -> None:
    sent = await client.call(
        "sendMessage", chat_id=f"{person} ", text="x", protect_content="maybe", entities={"offset": 0}, parse_mode=""
    )
    assert sent.status == 200
    (call,) = (await client.look("calls", flawed=1))["calls"]
    assert call["mistyped"] == ["chat_id", "protect_content", "entities"]


async def test_a_sound_call_has_no_flaws(client: Client, person: int) -> None:
    options = {"is_disabled": True}
    board = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    await client.call("sendMessage", chat_id=person, text="x", link_preview_options=options, reply_markup=board)
    await client.call("getUpdates", offset=1, limit=5, timeout=0, allowed_updates=["message"])
    assert (await client.look("calls", flawed=1))["calls"] == []
