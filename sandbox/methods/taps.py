"""Answers to taps on buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.wire import refused

if TYPE_CHECKING:
    from sandbox.parameters import Parameters
    from sandbox.world import World

ANSWER_LIMIT = 200


def answer_callback_query(world: World, parameters: Parameters) -> bool:
    """Answer a tap once, while its time lasts."""
    query = world.queries.get(parameters.text("callback_query_id"))
    if query is None or query.answer is not None or world.now() - query.asked > world.answer_within:
        raise refused("query is too old and response timeout expired or query ID is invalid")
    text = parameters.text("text")
    if len(text) > ANSWER_LIMIT:
        raise refused("MESSAGE_TOO_LONG")
    answer = {
        "callback_query_id": query.id,
        "person": query.person,
        "text": text,
        "show_alert": parameters.flag("show_alert"),
        "date": int(world.now()),
    }
    if url := parameters.text("url"):
        answer["url"] = url
    world.show_answer(query, answer)
    return True
