"""What people do with inline mode: type after the bot's name, and choose a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox import acts
from sandbox.acts import ActError

if TYPE_CHECKING:
    from sandbox.people import Chat, InlineQuery, Person
    from sandbox.wire import Json
    from sandbox.world import World

QUERY_LIMIT = 256
SENDER, PRIVATE = "sender", "private"


def ask(world: World, person: Person, chat: Chat, text: str, offset: str) -> tuple[InlineQuery, int | None]:
    """Ask the bot for results; return the query, and its update unless the results were still at hand."""
    if len(text) > QUERY_LIMIT:
        raise ActError(f"an app sends no inline query of more than {QUERY_LIMIT} characters")
    if person.standing == "deactivated":
        raise ActError(f"person {person.id} has no account any more")
    if known := _cached(world, person, text, offset):
        query = world.ask_inline(person, text, offset)
        query.answer = known
        return query, None
    query = world.ask_inline(person, text, offset)
    place = SENDER if chat.private else chat.shape["type"]
    asked = {"id": query.id, "from": person.as_user(), "chat_type": place, "query": text, "offset": offset}
    return query, world.queue.add("inline_query", asked)


def choose(world: World, person: Person, chat: Chat, query: InlineQuery, result_id: str) -> Json:
    """Send a result to a chat, and tell the bot which one was chosen."""
    results = query.answer["results"] if query.answer else []
    result = next((one for one in results if one["id"] == result_id), None)
    if result is None:
        raise ActError(f"inline query {query.id} has no result {result_id!r}")
    chosen = {"result_id": result_id, "from": person.as_user(), "query": query.text}
    content = {**result["message"], "via_bot": world.bot}
    if "reply_markup" in result["message"]:
        inline_id = chosen["inline_message_id"] = f"AQAAAInline{world.next_message:010d}"
        world.inline_messages[inline_id] = (chat.id, world.next_message)
    message = acts.send(world, person, chat, content)
    world.queue.add("chosen_inline_result", chosen)
    return message


def _cached(world: World, person: Person, text: str, offset: str) -> Json | None:
    for query in reversed(world.inline_queries.values()):
        answer = query.answer
        if answer is None or (query.text, query.offset) != (text, offset):
            continue
        if answer["is_personal"] and query.person != person.id:
            continue
        if world.now() < answer["answered"] + answer["cache_time"]:
            return answer
    return None
