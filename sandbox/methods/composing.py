"""What the methods that send and edit share: replies, captions, and finding the message to change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.methods.access import message_in, readable_chat, writable_chat
from sandbox.wire import refused
from sandbox.wording import captioned

if TYPE_CHECKING:
    from sandbox.parameters import Parameters
    from sandbox.people import Chat
    from sandbox.wire import Json
    from sandbox.world import World

WORDED = ("text", "entities", "caption", "caption_entities")
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUOTE_LIMIT = 1024


@dataclass(frozen=True)
class Place:
    """A message to change, and whether it was sent through inline mode, where the bot gets no message back."""

    chat: Chat
    message: Json
    inline: bool = False


def text_content(text: str, entities: list[Json], keyboard: Json | None) -> Json:
    """Return the parts of a message that a text has."""
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    if keyboard:
        content["reply_markup"] = keyboard
    return content


def caption_of(parameters: Parameters) -> Json:
    """Return the caption of a call as its part of a message."""
    listed = parameters.structure("caption_entities", "can't parse entities JSON object")
    return captioned(parameters.text("caption"), parameters.text("parse_mode"), listed)


def framed(chat: Chat, parameters: Parameters) -> Json:
    """Return what stands around the content of a message: the message it replies to, and its protection.

    Raises:
        ApiError: the message to reply to is not there, or the quote is not in it.
    """
    frame: Json = {"has_protected_content": True} if parameters.flag("protect_content") else {}
    options = parameters.structure("reply_parameters", "can't parse reply parameters JSON object")
    if not isinstance(options, dict):
        options = {
            "message_id": parameters.integer("reply_to_message_id"),
            "allow_sending_without_reply": parameters.flag("allow_sending_without_reply"),
        }
    if not (message_id := int(options.get("message_id") or 0)):
        return frame
    original = chat.messages.get(message_id)
    if original is None:
        if options.get("allow_sending_without_reply"):
            return frame
        raise refused("message to be replied not found")
    return frame | replying(original, str(options.get("quote") or ""), options.get("quote_position"))


def replying(original: Json, quote: str = "", position: Any = None) -> Json:  # noqa: ANN401 - JSON may be any value
    """Return the parts of a message that reply to another, quoting from it if wanted.

    Raises:
        ApiError: the quote is not in the message.
    """
    shown: Json = {"reply_to_message": {name: one for name, one in original.items() if name != "reply_to_message"}}
    if not quote:
        return shown
    whole = str(original.get("text") or original.get("caption") or "")
    if quote not in whole or len(quote) > QUOTE_LIMIT:
        raise refused("QUOTE_TEXT_INVALID")
    at = position if isinstance(position, int) else whole.index(quote)
    return shown | {"quote": {"text": quote, "position": at, "is_manual": True}}


def own(world: World, parameters: Parameters) -> Place:
    """Return the bot's own message that a call names, in a chat or through inline mode.

    Raises:
        ApiError: it is not there, or not the bot's to change.
    """
    if inline_id := parameters.text("inline_message_id"):
        if inline_id not in world.inline_messages:
            raise refused("MESSAGE_ID_INVALID")
        chat_id, message_id = world.inline_messages[inline_id]
        message = world.chats[chat_id].messages.get(message_id)
        if message is None:
            raise refused("MESSAGE_ID_INVALID")
        return Place(world.chats[chat_id], message, inline=True)
    if not parameters.text("chat_id"):
        raise refused("message identifier is not specified")
    chat = readable_chat(world, parameters)
    message = message_in(chat, parameters, "message to edit")
    writable_chat(world, parameters)
    if message["from"]["id"] != world.bot["id"]:
        raise refused("message can't be edited")
    return Place(chat, message)


def edited(world: World, place: Place, content: Json) -> Json | bool:
    """Put other words and another keyboard into a message.

    Raises:
        ApiError: they are the same as before.
    """
    shown = {name: place.message[name] for name in (*WORDED, "reply_markup") if name in place.message}
    if shown == content:
        raise refused(NOT_MODIFIED)
    kept = {name: value for name, value in place.message.items() if name not in shown}
    changed = world.amend(place.chat, {**kept, "edit_date": int(world.now()), **content})
    return True if place.inline else changed
