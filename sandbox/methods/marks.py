"""What the bot puts on messages: reactions and pins."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.methods.access import message_in, writable_chat
from sandbox.wire import loads, refused

if TYPE_CHECKING:
    from sandbox.parameters import Parameters
    from sandbox.world import World

EMOJI = frozenset(loads((Path(__file__).parent / "reactions.json").read_bytes()))


def set_message_reaction(world: World, parameters: Parameters) -> bool:
    """Put one reaction of the bot on a message, or none."""
    listed = parameters.structure("reaction", "can't parse reaction types JSON object")
    if listed is not None and not isinstance(listed, list):
        raise refused("expected an Array of ReactionType")
    chosen = [str(one.get("emoji", "")) if isinstance(one, dict) else "" for one in listed or []]
    chat = writable_chat(world, parameters)
    message = message_in(chat, parameters, "message to react")
    if len(chosen) > 1:
        raise refused("REACTIONS_TOO_MANY")
    if any(one.replace("\ufe0f", "") not in EMOJI for one in chosen):
        raise refused("REACTION_INVALID")
    held = chat.reactions.setdefault(str(message["message_id"]), {})
    held[str(world.bot["id"])] = chosen
    chat.touch()
    world.hub.publish("reaction", chat=chat.id, message_id=message["message_id"], reactions=held)
    return True


def pin_chat_message(world: World, parameters: Parameters) -> bool:
    """Pin a message, which is told by a service message of the bot."""
    chat = writable_chat(world, parameters)
    message = message_in(chat, parameters, "message to pin")
    number = message["message_id"]
    chat.pinned = [one for one in chat.pinned if one != number] + [number]
    pinned = {name: value for name, value in message.items() if name != "reply_to_message"}
    world.post(chat, world.bot, {"pinned_message": pinned})
    world.hub.publish("pinned", chat=chat.id, pinned=chat.pinned)
    return True


def unpin_chat_message(world: World, parameters: Parameters) -> bool:
    """Unpin a message, or the one pinned last."""
    chat = writable_chat(world, parameters)
    number = parameters.integer("message_id") if parameters.given("message_id") else next(reversed(chat.pinned), 0)
    if number not in chat.pinned:
        raise refused("message to unpin not found")
    chat.pinned.remove(number)
    chat.touch()
    world.hub.publish("pinned", chat=chat.id, pinned=chat.pinned)
    return True


def unpin_all_chat_messages(world: World, parameters: Parameters) -> bool:
    """Unpin everything in a chat."""
    chat = writable_chat(world, parameters)
    chat.pinned.clear()
    chat.touch()
    world.hub.publish("pinned", chat=chat.id, pinned=chat.pinned)
    return True
