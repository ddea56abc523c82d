"""Answers to inline queries: the results a person may choose from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sandbox import files
from sandbox.keyboards import checked_keyboard
from sandbox.wire import refused
from sandbox.wording import captioned, marked_up

if TYPE_CHECKING:
    from sandbox.parameters import Parameters
    from sandbox.wire import Json
    from sandbox.world import World

MOST_RESULTS, ID_LIMIT, OFFSET_LIMIT, START_LIMIT = 50, 64, 64, 64
DEFAULT_CACHE_TIME = 300
ANSWERABLE_FOR = 30.0
START = re.compile(r"[A-Za-z0-9_-]+")


def answer_inline_query(world: World, parameters: Parameters) -> bool:
    """Answer a query once, while its time lasts."""
    listed = parameters.structure("results", "can't parse inline query results JSON object")
    if not isinstance(listed, list):
        raise refused("expected an Array of inline query results")
    if len(listed) > MOST_RESULTS:
        raise refused("too many inline query results specified")
    results = [_result(world, one) for one in listed]
    identities = [one["id"] for one in results]
    if len(set(identities)) < len(identities):
        raise refused("RESULT_ID_DUPLICATE")
    if len(parameters.text("next_offset").encode()) > OFFSET_LIMIT:
        raise refused("NEXT_OFFSET_INVALID")
    button = _button(parameters)
    query = world.inline_queries.get(parameters.text("inline_query_id"))
    if query is None or query.answer is not None or world.now() - query.asked > ANSWERABLE_FOR:
        raise refused("query is too old and response timeout expired or query ID is invalid")
    query.answer = {
        "results": results,
        "cache_time": max(0, parameters.integer("cache_time", DEFAULT_CACHE_TIME)),
        "is_personal": parameters.flag("is_personal"),
        "next_offset": parameters.text("next_offset"),
        "button": button,
        "answered": world.now(),
    }
    world.answered.fire()
    world.hub.publish("inline_answer", person=query.person, inline_query_id=query.id, answer=query.answer)
    return True


def _result(world: World, one: Any) -> Json:  # noqa: ANN401 - JSON may be any value
    if not isinstance(one, dict):
        raise _unreadable("object expected")
    kind, identity = one.get("type"), str(one.get("id") or "")
    if not identity:
        raise refused("RESULT_ID_EMPTY")
    if len(identity.encode()) > ID_LIMIT:
        raise refused("RESULT_ID_INVALID")
    if kind == "article" and not str(one.get("title") or "").strip():
        raise refused("ARTICLE_TITLE_EMPTY")
    shown = {name: one[name] for name in ("title", "description", "url", "thumbnail_url") if one.get(name)}
    keyboard = checked_keyboard(one.get("reply_markup"))
    message = _message(world, one) | ({"reply_markup": keyboard} if keyboard else {})
    return {"type": kind, "id": identity, **shown, "message": message}


def _message(world: World, one: Json) -> Json:
    content = one.get("input_message_content")
    if isinstance(content, dict):
        if "message_text" not in content:
            raise _unreadable("only text messages are known here")
        text, entities = marked_up(
            str(content["message_text"]), str(content.get("parse_mode") or ""), content.get("entities")
        )
        return {"text": text} | ({"entities": entities} if entities else {})
    for kind in ("document", "photo"):
        if one.get("type") == kind and (file := world.files.find(str(one.get(f"{kind}_file_id") or ""))):
            part = files.shown_document(file) if kind == "document" else files.shown_photo(world.files, file)
            caption = captioned(
                str(one.get("caption") or ""), str(one.get("parse_mode") or ""), one.get("caption_entities")
            )
            return part | caption
    if one.get("type") in {"document", "photo"}:
        raise refused("wrong remote file identifier specified: Wrong padding in the string")
    raise _unreadable("input message content is not specified")


def _button(parameters: Parameters) -> Json | None:
    button = parameters.structure("button", "can't parse inline query results button JSON object")
    if button is None:
        return None
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise refused("can't parse inline query results button: Can't find field \"text\"")
    if "start_parameter" not in button:
        raise refused("can't parse inline query results button: exactly one of the fields must be used")
    start = str(button["start_parameter"])
    if not start:
        raise refused("can't use empty start_parameter")
    if len(start) > START_LIMIT:
        raise refused("too long start_parameter specified")
    if not START.fullmatch(start):
        raise refused("unallowed characters in start_parameter are used")
    return {"text": button["text"], "start_parameter": start}


def _unreadable(message: str) -> Exception:
    return refused(f"can't parse InlineQueryResult: {message}")
