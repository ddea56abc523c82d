"""Inline mode: typing after the bot's name, results, and choosing one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from sandbox.client import Client
    from sandbox.server import Running

COLLEAGUE = 5_000_102
TOO_OLD = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
BOARD = {"inline_keyboard": [[{"text": "刷新", "callback_data": "r"}]]}


def article(number: int = 1, **more: object) -> dict[str, object]:
    content = {"message_text": f"<b>{number}</b> 分", "parse_mode": "HTML"}
    return {"type": "article", "id": str(number), "title": f"结果{number}", "input_message_content": content, **more}


async def asked(client: Client, person: int, query: str = "评分") -> str:
    return str((await client.act("inline_query", person=person, query=query))["inline_query_id"])


async def answered(client: Client, query: str, **more: object) -> tuple[int, str]:
    answer = await client.call("answerInlineQuery", **{"inline_query_id": query, "results": [article()], **more})
    return answer.error


async def test_what_is_typed_arrives_as_an_inline_query(client: Client, person: int) -> None:
    query = await asked(client, person)
    (update,) = (await client.call("getUpdates")).result
    inline = update["inline_query"]
    assert (inline["id"], inline["query"], inline["offset"], inline["chat_type"]) == (query, "评分", "", "sender")
    assert inline["from"]["id"] == person


async def test_the_results_reach_who_typed(client: Client, person: int) -> None:
    typing = asyncio.create_task(client.act("inline_query", person=person, query="评分", wait=5))
    (update,) = (await client.call("getUpdates", timeout=5)).result
    button = {"text": "绑定鉴定站", "start_parameter": "bind"}
    query = update["inline_query"]["id"]
    await answered(client, query, results=[article(1), article(2, description="二")], button=button, cache_time=0)
    shown = (await typing)["answer"]
    assert [one["title"] for one in shown["results"]] == ["结果1", "结果2"]
    assert shown["results"][1]["description"] == "二"
    assert shown["button"] == button


async def test_a_chosen_result_is_sent_through_the_bot(client: Client, person: int) -> None:
    query = await asked(client, person)
    await answered(client, query)
    sent = (await client.act("choose", person=person, inline_query_id=query, result_id="1"))["message"]
    assert (sent["text"], sent["from"]["id"], sent["via_bot"]["is_bot"]) == ("1 分", person, True)
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    _, message, chosen = (await client.call("getUpdates")).result
    assert message["message"]["via_bot"]["username"] == "zicha_sandbox_bot"
    assert chosen["chosen_inline_result"]["result_id"] == "1"
    assert chosen["chosen_inline_result"]["query"] == "评分"
    assert "inline_message_id" not in chosen["chosen_inline_result"]


async def test_a_message_with_buttons_is_known_by_its_inline_id(client: Client, person: int) -> None:
    query = await asked(client, person)
    await answered(client, query, results=[article(reply_markup=BOARD)])
    sent = (await client.act("choose", person=person, inline_query_id=query, result_id="1"))["message"]
    await client.act("tap", person=person, message_id=sent["message_id"], row=0, column=0)
    updates = (await client.call("getUpdates")).result
    inline_id = updates[2]["chosen_inline_result"]["inline_message_id"]
    callback = updates[3]["callback_query"]
    assert (callback["inline_message_id"], callback["data"]) == (inline_id, "r")
    assert "message" not in callback
    edited = await client.call("editMessageText", inline_message_id=inline_id, text="改")
    assert edited.result is True
    assert (await client.look("chat", person=person))["messages"][-1]["text"] == "改"


async def test_an_unknown_inline_message_cannot_be_edited(client: Client) -> None:
    answer = await client.call("editMessageText", inline_message_id="AQAAno", text="x")
    assert answer.error == (400, "Bad Request: MESSAGE_ID_INVALID")


async def test_a_result_can_be_chosen_in_a_group(client: Client, running: Running, person: int) -> None:
    group = running.controls.group("鉴定站", [person])["id"]
    running.sandbox.world.queue.clear()
    asking = await client.act("inline_query", person=person, query="", chat=group)
    await answered(client, asking["inline_query_id"])
    await client.act("choose", person=person, inline_query_id=asking["inline_query_id"], result_id="1", chat=group)
    query, message, _ = (await client.call("getUpdates")).result
    assert query["inline_query"]["chat_type"] == "group"
    assert message["message"]["chat"]["id"] == group


async def test_an_inline_query_is_kept_30_seconds(client: Client, person: int) -> None:
    query = await asked(client, person)
    await client.act("advance", seconds=31)
    assert (await client.call("getUpdates")).result == []
    assert await answered(client, query) == TOO_OLD


async def test_a_query_is_answered_once(client: Client, person: int) -> None:
    query = await asked(client, person)
    assert (await answered(client, query))[0] == 200
    assert await answered(client, query) == TOO_OLD
    assert await answered(client, "77") == TOO_OLD


async def test_results_are_cached_for_everyone_unless_personal(client: Client, person: int) -> None:
    await answered(client, await asked(client, person))
    again = await client.act("inline_query", person=COLLEAGUE, query="评分")
    assert (again["update_id"], again["answer"]["results"][0]["id"]) == (None, "1")
    await answered(client, await asked(client, person, "我的"), is_personal=True)
    assert (await client.act("inline_query", person=person, query="我的"))["update_id"] is None
    assert (await client.act("inline_query", person=COLLEAGUE, query="我的"))["update_id"] is not None


async def test_results_are_cached_only_for_their_time(client: Client, person: int) -> None:
    await answered(client, await asked(client, person), cache_time=10)
    await client.act("advance", seconds=11)
    assert (await client.act("inline_query", person=person, query="评分"))["update_id"] is not None
    await answered(client, await asked(client, person, "零"), cache_time=0)
    assert (await client.act("inline_query", person=person, query="零"))["update_id"] is not None


async def test_fifty_results_are_the_most(client: Client, person: int) -> None:
    query = await asked(client, person)
    too_many = await answered(client, query, results=[article(number) for number in range(51)])
    assert too_many == (400, "Bad Request: too many inline query results specified")
    assert (await answered(client, query, results=[article(number) for number in range(50)]))[0] == 200


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ({"results": "x"}, "can't parse inline query results JSON object"),
        ({"results": {}}, "expected an Array of inline query results"),
        ({"results": ["x"]}, "can't parse InlineQueryResult: object expected"),
        ({"results": [article(id="")]}, "RESULT_ID_EMPTY"),
        ({"results": [article(id="字" * 22)]}, "RESULT_ID_INVALID"),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article(title=" ")]}, "ARTICLE_TITLE_EMPTY"),
        ({"results": [article(input_message_content={"message_text": ""})]}, "message text is empty"),
        (
            {"results": [article(input_message_content=None)]},
            "can't parse InlineQueryResult: input message content is not specified",
        ),
        (
            {"results": [article(reply_markup={"inline_keyboard": [[{"text": "x", "callback_data": "字" * 22}]]})]},
            "BUTTON_DATA_INVALID",
        ),
        ({"next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        ({"button": {"text": "x", "start_parameter": ""}}, "can't use empty start_parameter"),
        ({"button": {"text": "x", "start_parameter": "x" * 65}}, "too long start_parameter specified"),
        ({"button": {"text": "x", "start_parameter": "绑定"}}, "unallowed characters in start_parameter are used"),
    ],
)
async def test_answers_that_telegram_refuses(client: Client, person: int, more: dict[str, Any], complaint: str) -> None:
    assert await answered(client, await asked(client, person), **more) == (400, f"Bad Request: {complaint}")


async def test_a_document_sent_before_can_be_a_result(client: Client, running: Running, person: int) -> None:
    said = running.controls.attach(person, [{"name": "a.pdf", "content": b"%PDF"}])
    held = said["message"]["document"]["file_id"]
    query = await asked(client, person)
    result = {"type": "document", "id": "d", "title": "报告", "document_file_id": held, "caption": "说明"}
    assert (await answered(client, query, results=[result]))[0] == 200
    sent = (await client.act("choose", person=person, inline_query_id=query, result_id="d"))["message"]
    assert (sent["document"]["file_id"], sent["caption"]) == (held, "说明")


async def test_only_ones_own_results_can_be_chosen(client: Client, person: int) -> None:
    query = await asked(client, person)
    assert "error" in await client.act("choose", person=person, inline_query_id=query, result_id="1")
    await answered(client, query)
    assert "error" in await client.act("choose", person=COLLEAGUE, inline_query_id=query, result_id="1")
