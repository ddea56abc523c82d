"""Inline queries from Telegram to the answer, with the real conversation."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from bot.dialogue import deeplinks
from bot.rubric.loader import library
from bot.services.conversation import Conversation
from tests.handlers.harness import LOCALIZERS, Harness, calls, shown, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.services.ports import Storage
    from sandbox.server import Running

MANAGER, TEACHER = 5_000_101, 5_000_102
ZH = LOCALIZERS.of("zh_CN")
RUBRICS = library()


@pytest.fixture
async def talking(running: Running, storage: Storage) -> AsyncIterator[Harness]:
    harness = Harness(running, storage)
    harness.dispatcher._conversation = Conversation(
        RUBRICS, RUBRICS.latest("sichuan-2017"), LOCALIZERS.locales, "zh_CN", lambda: 7
    )
    async with harness:
        yield harness


async def begun(running: Running, person: int = MANAGER) -> None:
    """The person has begun a practice run."""
    running.controls.say(person, "/start")
    await until(lambda: shown(running, person))
    chat = running.sandbox.world.chats[person]
    card = list(chat.messages.values())[-1]
    await running.controls.tap(person, card["message_id"], text=ZH.say("button.practise"), wait=5)
    await until(lambda: ZH.say("button.practise") not in str(list(chat.messages.values())[-1].get("reply_markup")))


async def asked(running: Running, words: str = "", person: int = MANAGER) -> dict[str, Any]:
    answer = (await running.controls.inline_query(person, words, wait=5))["answer"]
    assert answer is not None
    return dict(answer)


@pytest.mark.usefixtures("talking")
async def test_the_askers_own_score_is_offered_personally_and_not_cached(running: Running) -> None:
    await begun(running)
    answer = await asked(running, "评分")
    [result] = answer["results"]
    assert result["title"] == ZH.say("handler.inline.title")
    assert "自评得分" in result["message"]["text"]
    assert "reply_markup" not in result["message"]
    assert (answer["is_personal"], answer["cache_time"], answer["button"]) == (True, 0, None)


@pytest.mark.usefixtures("talking")
async def test_somebody_else_gets_a_way_to_begin_and_no_score(running: Running) -> None:
    await begun(running)
    answer = await asked(running, "评分", TEACHER)
    assert answer["results"] == []
    assert answer["button"] == {"text": ZH.say("handler.inline.begin"), "start_parameter": deeplinks.SCORE}
    running.controls.say(TEACHER, f"/start {deeplinks.SCORE}")
    await until(lambda: shown(running, TEACHER))


@pytest.mark.usefixtures("talking")
async def test_other_words_are_answered_with_nothing(running: Running) -> None:
    await begun(running)
    answer = await asked(running, "weather")
    assert (answer["results"], answer["button"]) == ([], None)


async def test_a_query_that_is_too_old_or_meets_trouble_harms_nobody(talking: Harness, running: Running) -> None:
    await begun(running)
    running.controls.faults(
        [
            {"method": "answerInlineQuery", "kind": "error", "code": 502, "body": "<html>"},
            {"method": "answerInlineQuery", "nth": 2, "kind": "error", "code": 400, "description": "Bad Request: x"},
        ]
    )
    for _ in range(2):
        assert (await running.controls.inline_query(MANAGER, "", wait=0.3))["answer"] is None
    assert len((await asked(running))["results"]) == 1
    assert len(calls(running, "answerInlineQuery")) == 3
    await talking.stop_polling()
    assert not talking.outgoing._answers


async def test_during_a_wait_that_telegram_asked_for_the_query_is_held(talking: Harness, running: Running) -> None:
    await begun(running)
    talking.gate.close(0.5)
    query = asyncio.create_task(running.controls.inline_query(MANAGER, "", wait=5))
    await asyncio.sleep(0.3)
    assert not calls(running, "answerInlineQuery")
    assert (await query)["answer"] is not None
