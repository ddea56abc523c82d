"""Messages of the bot: sent, edited, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.keyboards import inline_keyboard
from sandbox.methods.access import message_in, readable_chat, writable_chat
from sandbox.wire import refused
from sandbox.wording import formatted

if TYPE_CHECKING:
    from sandbox.parameters import Parameters
    from sandbox.people import Chat
    from sandbox.wire import Json
    from sandbox.world import World

DELETABLE_FOR = 48 * 3600
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def send_message(world: World, parameters: Parameters) -> Json:
    """Send a text."""
    text, entities = formatted(parameters)
    keyboard = inline_keyboard(parameters)
    _preview(parameters)
    chat = writable_chat(world, parameters)
    return world.post(chat, world.bot, _replying(chat, parameters) | _content(text, entities, keyboard))


def edit_message_text(world: World, parameters: Parameters) -> Json:
    """Put another text and another keyboard, or none, in the place of a message's own."""
    text, entities = formatted(parameters)
    keyboard = inline_keyboard(parameters)
    _preview(parameters)
    chat, message = _own(world, parameters)
    return _edit(world, chat, message, _content(text, entities, keyboard))


def edit_message_reply_markup(world: World, parameters: Parameters) -> Json:
    """Put another keyboard, or none, in the place of a message's own."""
    keyboard = inline_keyboard(parameters)
    chat, message = _own(world, parameters)
    return _edit(world, chat, message, _content(message["text"], message.get("entities", []), keyboard))


def delete_message(world: World, parameters: Parameters) -> bool:
    """Delete a message that is younger than 48 hours, in a group only one of the bot's."""
    chat = writable_chat(world, parameters)
    message = message_in(chat, parameters, "message to delete")
    foreign = message["from"]["id"] != world.bot["id"] and not chat.private
    if foreign or world.now() - message["date"] > DELETABLE_FOR:
        raise refused("message can't be deleted")
    world.remove(chat, message["message_id"])
    return True


def send_chat_action(world: World, parameters: Parameters) -> bool:
    """Show for a few seconds what the bot is doing."""
    action = parameters.text("action").lower()
    if action not in ACTIONS:
        raise refused("wrong parameter action in request")
    chat = writable_chat(world, parameters)
    world.hub.publish("action", chat=chat.id, action=action)
    return True


def _content(text: str, entities: list[Json], keyboard: Json | None) -> Json:
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    if keyboard:
        content["reply_markup"] = keyboard
    return content


def _preview(parameters: Parameters) -> None:
    options = parameters.structure("link_preview_options", "can't parse link preview options JSON object")
    if options is not None and not isinstance(options, dict):
        raise refused("object expected as link preview options")


def _replying(chat: Chat, parameters: Parameters) -> Json:
    options = parameters.structure("reply_parameters", "can't parse reply parameters JSON object")
    if isinstance(options, dict):
        message_id, lenient = int(options.get("message_id") or 0), bool(options.get("allow_sending_without_reply"))
    else:
        message_id, lenient = (
            parameters.integer("reply_to_message_id"),
            parameters.flag("allow_sending_without_reply"),
        )
    if not message_id:
        return {}
    original = chat.messages.get(message_id)
    if original is None:
        if lenient:
            return {}
        raise refused("message to be replied not found")
    return {"reply_to_message": {name: value for name, value in original.items() if name != "reply_to_message"}}


def _own(world: World, parameters: Parameters) -> tuple[Chat, Json]:
    if parameters.text("inline_message_id"):
        raise refused("MESSAGE_ID_INVALID")
    if not parameters.text("chat_id"):
        raise refused("message identifier is not specified")
    chat = readable_chat(world, parameters)
    message = message_in(chat, parameters, "message to edit")
    writable_chat(world, parameters)
    if message["from"]["id"] != world.bot["id"] or "text" not in message:
        raise refused("message can't be edited")
    return chat, message


def _edit(world: World, chat: Chat, message: Json, content: Json) -> Json:
    shown = {name: message[name] for name in ("text", "entities", "reply_markup") if name in message}
    if shown == content:
        raise refused(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    kept = {name: value for name, value in message.items() if name not in shown}
    return world.amend(chat, {**kept, "edit_date": int(world.now()), **content})
