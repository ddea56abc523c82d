"""The text of a message as Telegram keeps it: cleaned, trimmed, measured, with its entities in order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sandbox.markup import Entity, parse_html, utf16_length
from sandbox.wire import Json, refused

if TYPE_CHECKING:
    from sandbox.parameters import Parameters

RAW_LIMIT = 1 << 15
TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024
DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
BLANKED = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
VISIBLE = re.compile("[^\\s\u200b-\u200f\u2060-\u206f\ufeff\u00ad\u115f\u1160\u3164\u180e\u2800]")
FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}、，。；：！？）】》])"
    r"|(?<![\w/<>@])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z][A-Za-z0-9_]{2,31})(?!\w)"
    r"|(?<![\w#])(?P<hashtag>#(?=\w*[^\W\d])\w{1,256})"
)
WHOLE = {"code", "pre", "text_link", "text_mention"}


def clean(text: str) -> str:
    """Drop what Telegram drops from any string, and turn control characters into spaces."""
    return BLANKED.sub(" ", DROPPED.sub("", text))


def formatted(parameters: Parameters) -> tuple[str, list[Json]]:
    """Return the text of a call and its entities as JSON.

    Raises:
        ApiError: the text is empty, blank, too long, or its markup is broken.
    """
    given = parameters.structure("entities", "can't parse entities JSON object")
    return marked_up(parameters.text("text"), parameters.text("parse_mode"), given)


def marked_up(raw: str, parse_mode: str, listed: Any) -> tuple[str, list[Json]]:  # noqa: ANN401 - JSON may be any value
    """Return a text and its entities as JSON; `listed` are the entities a call gives itself.

    Raises:
        ApiError: the text is empty, blank, too long, or its markup is broken.
    """
    if not raw:
        raise refused("Message text is empty")
    return settle(*_parsed(raw, parse_mode, listed))


def captioned(raw: str, parse_mode: str, listed: Any) -> Json:  # noqa: ANN401 - JSON may be any value
    """Return the caption of a file as its part of a message, empty when there is nothing to read.

    Raises:
        ApiError: the caption is too long, or its markup is broken.
    """
    text, entities = _parsed(raw, parse_mode, listed)
    if not VISIBLE.search(text):
        return {}
    text, shown = settle(text, entities, CAPTION_LIMIT, "Message caption is too long")
    return {"caption": text} | ({"caption_entities": shown} if shown else {})


def _parsed(raw: str, parse_mode: str, listed: Any) -> tuple[str, list[Entity]]:  # noqa: ANN401 - JSON may be any value
    if len(raw.encode(errors="replace")) > RAW_LIMIT:
        raise refused("Text is too long")
    mode = parse_mode.lower()
    if mode == "html":
        return parse_html(raw)
    if mode in {"", "none"}:
        return raw, entities_given(listed)
    raise refused("Unsupported parse_mode")


def entities_given(listed: Any) -> list[Entity]:  # noqa: ANN401 - JSON may be any value
    """Read the entities a call lists itself; what is not an entity is passed over, as Telegram does."""
    if not isinstance(listed, list):
        return []
    return [
        Entity(
            one["type"],
            one["offset"],
            one["length"],
            str(one.get("url") or one.get("language") or one.get("custom_emoji_id") or ""),
        )
        for one in listed
        if isinstance(one, dict) and {"type", "offset", "length"} <= one.keys()
    ]


def settle(
    text: str, entities: list[Entity], limit: int = TEXT_LIMIT, complaint: str = "Message is too long"
) -> tuple[str, list[Json]]:
    """Clean and trim a text together with its entities, and add the ones Telegram finds by itself.

    Raises:
        ApiError: nothing visible is left, or more than `limit` characters are.
    """
    text, entities = _cleaned(text, entities)
    text, entities = _trimmed(text, entities)
    if not VISIBLE.search(text):
        raise refused("Text must be non-empty")
    if len(text) > limit:
        raise refused(complaint)
    entities += [one for one in found(text) if not any(_bars(other, one) for other in entities)]
    entities.sort(key=lambda one: (one.offset, -one.length))
    return text, [as_json(one) for one in entities]


def found(text: str) -> list[Entity]:
    """Find links, commands, mentions and hashtags in a plain text."""
    return [
        Entity(match.lastgroup or "", utf16_length(text[: match.start()]), utf16_length(match.group()))
        for match in FOUND.finditer(text)
    ]


def as_json(entity: Entity) -> Json:
    """Return the entity as a message carries it."""
    shown: Json = {"offset": entity.offset, "length": entity.length, "type": entity.type}
    if entity.type == "text_link":
        shown["url"] = entity.argument
    elif entity.type == "pre" and entity.argument:
        shown["language"] = entity.argument
    elif entity.type == "custom_emoji":
        shown["custom_emoji_id"] = entity.argument
    elif entity.type == "text_mention":
        shown["user"] = {"id": int(entity.argument), "is_bot": False, "first_name": entity.argument}
    return shown


def _bars(held: Entity, new: Entity) -> bool:
    overlaps = held.offset < new.end and new.offset < held.end
    return overlaps and held.type in WHOLE


def _cleaned(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    dropped = [utf16_length(text[: match.start()]) for match in DROPPED.finditer(text)]
    if dropped:
        entities = [_without(one, dropped) for one in entities]
    return clean(text), entities


def _without(entity: Entity, dropped: list[int]) -> Entity:
    before = sum(1 for offset in dropped if offset < entity.offset)
    inside = sum(1 for offset in dropped if entity.offset <= offset < entity.end)
    return Entity(entity.type, entity.offset - before, entity.length - inside, entity.argument)


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    text = text.rstrip(" \n")
    end = utf16_length(text)
    units = text.encode("utf-16-le", errors="replace")
    kept = [narrowed for one in entities if (narrowed := _narrowed(one, units, end)) is not None]
    lead = len(text) - len(text.lstrip(" \n"))
    lead = min([lead, *(one.offset for one in kept)])
    return text[lead:], [Entity(one.type, one.offset - lead, one.length, one.argument) for one in kept]


def _narrowed(entity: Entity, units: bytes, end: int) -> Entity | None:
    start, stop = entity.offset, min(entity.end, end)
    while start < stop and units[2 * start : 2 * start + 2] in {b" \0", b"\n\0"}:
        start += 1
    return Entity(entity.type, start, stop - start, entity.argument) if start < stop else None
