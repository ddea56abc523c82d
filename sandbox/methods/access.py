"""Whom the bot may reach, and Telegram's words for whom it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.wire import forbidden, refused

if TYPE_CHECKING:
    from sandbox.parameters import Parameters
    from sandbox.people import Chat, Person
    from sandbox.wire import Json
    from sandbox.world import World


def readable_chat(world: World, parameters: Parameters) -> Chat:
    """Return the chat a call names.

    Raises:
        ApiError: no chat is named, or the bot never saw it.
    """
    if not parameters.text("chat_id"):
        raise refused("chat_id is empty")
    chat_id = parameters.integer("chat_id")
    if person := world.people.get(chat_id):
        if not person.started and not _met_in_a_group(world, person):
            raise refused("chat not found")
        return world.chat_of(person)
    if chat := world.chats.get(chat_id):
        return chat
    raise refused("chat not found")


def writable_chat(world: World, parameters: Parameters) -> Chat:
    """Return the chat a call names, if the bot may write there.

    Raises:
        ApiError: no such chat, or the bot is shut out of it.
    """
    chat = readable_chat(world, parameters)
    if chat.private:
        _admit(world.people[chat.id])
    if chat.moved_to:
        raise refused("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.moved_to)
    kind = chat.shape["type"]
    if chat.membership == "kicked":
        raise forbidden(f"bot was kicked from the {'group' if kind == 'group' else 'supergroup'} chat")
    if chat.membership == "left":
        raise forbidden(f"bot is not a member of the {kind} chat")
    return chat


def message_in(chat: Chat, parameters: Parameters, purpose: str) -> Json:
    """Return the message a call names; `purpose` is such as "message to edit".

    Raises:
        ApiError: no message is named, or it is not in the chat.
    """
    message_id = parameters.integer("message_id")
    if message_id <= 0:
        raise refused("message identifier is not specified")
    if message := chat.messages.get(message_id):
        return message
    raise refused(f"{purpose} not found")


def _admit(person: Person) -> None:
    if person.standing == "deactivated":
        raise forbidden("user is deactivated")
    if person.standing == "blocked":
        raise forbidden("bot was blocked by the user")
    if not person.started:
        raise forbidden("bot can't initiate conversation with a user")


def _met_in_a_group(world: World, person: Person) -> bool:
    return any(person.id in chat.members for chat in world.chats.values() if not chat.private)
