"""What people can be made to do, and what can be seen."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
import pytest

from sandbox.wire import loads

if TYPE_CHECKING:
    from sandbox.client import Client
    from sandbox.server import Running

COLLEAGUE = 5_000_102


async def test_a_few_people_are_there_from_the_start(client: Client) -> None:
    names = [one["first_name"] for one in (await client.look("people"))["people"]]
    assert names[:2] == ["吉站长", "陈老师"]


async def test_people_can_be_made_and_changed(client: Client) -> None:
    await client.act("person", id=77, first_name="王工", language_code="en")
    changed = await client.act("person", id=77, last_name="小")
    assert (changed["first_name"], changed["last_name"], changed["language_code"]) == ("王工", "小", "en")


async def test_what_is_said_arrives_with_its_command(client: Client, person: int) -> None:
    await client.act("say", person=person, text="  /start j_abc \n")
    (update,) = (await client.call("getUpdates")).result
    assert update["message"]["text"] == "/start j_abc"
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_a_long_text_arrives_in_pieces(client: Client, person: int) -> None:
    said = await client.act("say", person=person, text="字" * 5000)
    assert [len(one["text"]) for one in said["messages"]] == [4096, 904]
    assert len((await client.call("getUpdates")).result) == 2


@pytest.mark.parametrize("text", ["", " \n"])
async def test_nothing_cannot_be_said(client: Client, person: int, text: str) -> None:
    assert await client.act("say", person=person, text=text) == {"error": "an app sends no empty message"}


async def test_control_characters_do_not_survive_the_way(client: Client, person: int) -> None:
    said = await client.act("say", person=person, text="a\x07b\r\n\u202ec")
    assert said["message"]["text"] == "a b\nc"


async def test_a_contact_can_be_sent(client: Client, person: int) -> None:
    contact = {"phone_number": "13800000000", "first_name": "吉", "user_id": person}
    await client.act("send", person=person, content={"contact": contact})
    (update,) = (await client.call("getUpdates")).result
    assert update["message"]["contact"] == contact


async def test_an_edit_by_a_person_is_an_edited_message(client: Client, person: int) -> None:
    await client.act("edit", person=person, message_id=1, text="改")
    (update,) = (await client.call("getUpdates")).result
    assert update["edited_message"]["text"] == "改"


async def test_an_update_can_be_sent_again_with_its_id(client: Client, person: int) -> None:
    await client.act("say", person=person, text="一")
    (first,) = (await client.call("getUpdates")).result
    await client.call("getUpdates", offset=first["update_id"] + 1)
    assert await client.act("resend", update_id=first["update_id"]) == {"update_id": first["update_id"]}
    assert (await client.call("getUpdates", offset=first["update_id"] + 1)).result == [first]
    assert (await client.call("getUpdates", offset=first["update_id"] + 2)).result == []


async def test_an_update_can_be_sent_again_with_a_new_id(client: Client, person: int) -> None:
    await client.act("say", person=person, text="一")
    (first,) = (await client.call("getUpdates")).result
    again = (await client.act("resend", update_id=first["update_id"], new_id=True))["update_id"]
    updates = (await client.call("getUpdates", offset=again)).result
    assert updates == [{**first, "update_id": again}]


async def test_a_tap_can_be_sent_again_as_a_new_query(client: Client, person: int) -> None:
    tapped = await client.act("tap", person=person, message_id=1, data="x")
    again = await client.act("resend", update_id=tapped["update_id"], new_id=True, new_query=True)
    first, second = (await client.call("getUpdates")).result
    assert second["update_id"] == again["update_id"]
    assert first["callback_query"]["id"] != second["callback_query"]["id"]
    assert first["callback_query"]["data"] == second["callback_query"]["data"]


async def test_a_raw_update_with_a_low_id_is_delivered_once(client: Client, person: int) -> None:
    await client.act("say", person=person, text="一")
    (first,) = (await client.call("getUpdates")).result
    await client.act("update", update={"update_id": 5, "poll": {"id": "1"}})
    (raw,) = (await client.call("getUpdates", offset=first["update_id"] + 1)).result
    assert raw == {"update_id": 5, "poll": {"id": "1"}}
    assert (await client.call("getUpdates", offset=6)).result == []


async def test_update_ids_can_begin_anew_lower(client: Client, person: int) -> None:
    await client.act("renumber", next_id=1000)
    await client.act("say", person=person, text="一")
    (update,) = (await client.call("getUpdates", offset=700_000_099)).result
    assert update["update_id"] == 1000


async def test_a_chat_can_be_waited_for(client: Client, person: int) -> None:
    version = (await client.look("chat", person=person))["version"]
    waiting = asyncio.create_task(client.look("chat", person=person, since=version, wait=5))
    await asyncio.sleep(0.05)
    await client.call("sendMessage", chat_id=person, text="到了")
    assert (await asyncio.wait_for(waiting, 2))["messages"][-1]["text"] == "到了"


async def test_calls_are_written_down_with_their_outcome(client: Client, person: int) -> None:
    await client.call("getMe")
    await client.call("sendMessage", chat_id=person, text="")
    await client.call("sendMessage", chat_id=person, text="x")
    first, refused, sent = (await client.look("calls"))["calls"]
    assert (first["n"], first["method"], first["status"]) == (1, "getMe", 200)
    assert refused["error"] == "Bad Request: message text is empty"
    assert sent["params"] == {"chat_id": str(person), "text": "x"}
    assert sent["result"] == {"message_id": 2, "chat_id": person}
    assert sent["finished"] >= sent["started"]
    assert (await client.look("calls", after=2))["calls"] == [sent]
    assert (await client.look("calls", method="getMe"))["calls"] == [first]


async def test_calls_can_be_waited_for(client: Client) -> None:
    waiting = asyncio.create_task(client.look("calls", after=0, wait=5))
    await asyncio.sleep(0.05)
    await client.call("getMe")
    assert (await asyncio.wait_for(waiting, 2))["last"] == 1


async def test_events_are_streamed(client: Client, running: Running, person: int) -> None:
    async with aiohttp.ClientSession(running.url) as session, session.get("/sandbox/events") as stream:
        await stream.content.readline()
        await client.call("sendMessage", chat_id=person, text="新")
        events: list[dict[str, object]] = []
        while len(events) < 2:
            line = await asyncio.wait_for(stream.content.readline(), 2)
            if line.startswith(b"data: "):
                events.append(loads(line[6:]))
    assert [one["event"] for one in events] == ["message", "call"]
    assert "新" in str(events[0]["message"])


async def test_stats_count_updates(client: Client, person: int) -> None:
    await client.act("say", person=person, text="一")
    (update,) = (await client.call("getUpdates")).result
    await client.call("getUpdates", offset=update["update_id"])
    stats = await client.look("stats")
    assert (stats["pending"], stats["delivered"], stats["redelivered"]) == (1, 1, 1)


async def test_a_reset_forgets_everything(client: Client, person: int) -> None:
    await client.call("sendMessage", chat_id=person, text="x")
    await client.act("reset")
    assert (await client.look("chat", person=person))["messages"] == []
    assert (await client.look("calls"))["calls"] == []


async def test_a_stranger_to_the_sandbox_cannot_act(client: Client) -> None:
    assert await client.act("say", person=42, text="x") == {"error": "there is no person 42"}


async def test_someone_outside_a_group_cannot_talk_in_it(client: Client, running: Running, person: int) -> None:
    group = running.controls.group("鉴定站", [person])["id"]
    answer = await client.act("say", person=COLLEAGUE, text="x", chat=group)
    assert answer == {"error": f"person {COLLEAGUE} is not in chat {group}"}


async def test_a_misspelt_argument_is_refused(client: Client) -> None:
    assert "error" in await client.act("say", persn=1, text="x")


async def test_the_page_is_served_at_the_root(running: Running) -> None:
    async with aiohttp.ClientSession(running.url) as session, session.get("/") as response:
        assert "app.js" in await response.text()
