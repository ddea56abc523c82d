"""Messages of the bot: texts sent, anything edited or deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.keyboards import inline_keyboard
from sandbox.methods.access import message_in, writable_chat
from sandbox.methods.composing import WORDED, caption_of, edited, framed, own, text_content
from sandbox.wire import refused
from sandbox.wording import formatted

if TYPE_CHECKING:
    from sandbox.parameters import Parameters
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
    return world.post(chat, world.bot, framed(chat, parameters) | text_content(text, entities, keyboard))


def edit_message_text(world: World, parameters: Parameters) -> Json | bool:
    """Put another text and another keyboard, or none, in the place of a message's own."""
    text, entities = formatted(parameters)
    keyboard = inline_keyboard(parameters)
    _preview(parameters)
    place = own(world, parameters)
    if "text" not in place.message:
        raise refused("there is no text in the message to edit")
    return edited(world, place, text_content(text, entities, keyboard))


def edit_message_caption(world: World, parameters: Parameters) -> Json | bool:
    """Put another caption and another keyboard, or none, in the place of a message's own."""
    caption, keyboard = caption_of(parameters), inline_keyboard(parameters)
    place = own(world, parameters)
    if "text" in place.message:
        raise refused("there is no caption in the message to edit")
    return edited(world, place, caption | ({"reply_markup": keyboard} if keyboard else {}))


def edit_message_reply_markup(world: World, parameters: Parameters) -> Json | bool:
    """Put another keyboard, or none, in the place of a message's own."""
    keyboard = inline_keyboard(parameters)
    place = own(world, parameters)
    kept = {name: place.message[name] for name in WORDED if name in place.message}
    return edited(world, place, kept | ({"reply_markup": keyboard} if keyboard else {}))


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


def _preview(parameters: Parameters) -> None:
    options = parameters.structure("link_preview_options", "can't parse link preview options JSON object")
    if options is not None and not isinstance(options, dict):
        raise refused("object expected as link preview options")
