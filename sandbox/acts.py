"""What people do in the sandbox: talk, tap, edit, block; each becomes the update a bot would get."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sandbox.methods.composing import replying
from sandbox.people import Chat
from sandbox.wording import TEXT_LIMIT, settle

if TYPE_CHECKING:
    from sandbox.people import Person
    from sandbox.wire import Json
    from sandbox.world import World

SAID = {"text", "photo", "document"}
NEVER_SAID = re.compile(r"\s*")


class ActError(ValueError):
    """Something a person could not do in the app either."""


def say(
    world: World, person: Person, chat: Chat, text: str, *, reply_to: int | None = None, quote: str = ""
) -> list[Json]:
    """Send a text as an app does, in several messages when it is long, perhaps quoting from the one replied to."""
    if NEVER_SAID.fullmatch(text):
        raise ActError("an app sends no empty message")
    parts = [text[start : start + TEXT_LIMIT] for start in range(0, len(text), TEXT_LIMIT)]
    frame = {} if reply_to is None else replying(message_of(chat, reply_to), quote)
    return [_say_part(world, person, chat, part, frame) for part in parts if not NEVER_SAID.fullmatch(part)]


def _say_part(world: World, person: Person, chat: Chat, text: str, frame: Json) -> Json:
    worded, entities = settle(text, [])
    return send(world, person, chat, {**frame, "text": worded, **({"entities": entities} if entities else {})})


def attach(world: World, person: Person, chat: Chat, contents: list[Json], frame: Json) -> list[Json]:
    """Send files, several as an album; `frame` is what stands around them, its caption goes with the first."""
    album = {"media_group_id": world.new_album()} if len(contents) > 1 else {}
    bare = {name: one for name, one in frame.items() if not name.startswith("caption")}
    return [
        send(world, person, chat, (bare if number else frame) | album | content)
        for number, content in enumerate(contents)
    ]


def react(world: World, person: Person, chat: Chat, message_id: int, emoji: str) -> None:
    """Put one reaction on a message, or none, which a bot that asked for it is told."""
    _alive(person)
    message_of(chat, message_id)
    held = chat.reactions.setdefault(str(message_id), {})
    before, after = held.get(str(person.id), []), [emoji] if emoji else []
    held[str(person.id)] = after
    chat.touch()
    update = {
        "chat": chat.shape,
        "message_id": message_id,
        "user": person.as_user(),
        "date": int(world.now()),
        "old_reaction": [{"type": "emoji", "emoji": one} for one in before],
        "new_reaction": [{"type": "emoji", "emoji": one} for one in after],
    }
    world.queue.add("message_reaction", update)
    world.hub.publish("reaction", chat=chat.id, message_id=message_id, reactions=held)


def send(world: World, person: Person, chat: Chat, content: Json) -> Json:
    """Send a message of any content, and an update if the bot may see it."""
    _reopen(world, person, chat)
    message = world.post(chat, person.as_user(), content)
    if chat.private or _seen_in_groups(world, message):
        world.queue.add("message", message)
    return message


def edit(world: World, person: Person, chat: Chat, message_id: int, text: str) -> Json:
    """Change one of one's own messages."""
    message = message_of(chat, message_id)
    if message["from"]["id"] != person.id:
        raise ActError(f"message {message_id} is not one of person {person.id}")
    worded, entities = settle(text, [])
    kept = {name: value for name, value in message.items() if name not in {"text", "entities"}}
    content: Json = {"text": worded} | ({"entities": entities} if entities else {})
    changed = world.amend(chat, {**kept, "edit_date": int(world.now()), **content})
    world.queue.add("edited_message", changed)
    return changed


def tap(world: World, person: Person, chat: Chat, message_id: int, data: str) -> Json:
    """Send a callback query for a message, whether or not a button there carries this data."""
    _alive(person)
    query = world.ask(person, chat)
    callback = {
        "id": query.id,
        "from": person.as_user(),
        **_tapped(world, chat, message_id),
        "chat_instance": str(3_000_000_000_000 + chat.id),
        "data": data,
    }
    update_id = world.queue.add("callback_query", callback)
    world.hub.publish("tap", chat=chat.id, person=person.id, message_id=message_id, callback_query_id=query.id)
    return {"callback_query_id": query.id, "update_id": update_id, "data": data}


def button_data(chat: Chat, message_id: int, *, row: int | None, column: int | None, text: str | None) -> str:
    """Return the callback data of a button by its place, counted from 0, or by its exact text."""
    rows = message_of(chat, message_id).get("reply_markup", {}).get("inline_keyboard", [])
    if text is not None:
        found = [button for line in rows for button in line if button["text"] == text]
        where = f"with the text {text!r}"
    else:
        found = [rows[row or 0][column or 0]] if _inside(rows, row or 0, column or 0) else []
        where = f"in row {row or 0}, column {column or 0}"
    if not found:
        raise ActError(f"message {message_id} has no button {where}")
    if "callback_data" not in found[0]:
        raise ActError(f"the button {where} is not one that calls back")
    return str(found[0]["callback_data"])


def message_of(chat: Chat, message_id: int) -> Json:
    """Return a message that is in a chat."""
    if message_id not in chat.messages:
        raise ActError(f"chat {chat.id} has no message {message_id}")
    return chat.messages[message_id]


def deactivate(world: World, person: Person) -> None:
    """Let a person delete the account; the bot is not told."""
    person.standing = "deactivated"
    world.hub.publish("people")


def block(world: World, person: Person) -> None:
    """Block the bot, which is told."""
    if person.standing == "active":
        person.standing = "blocked"
        _membership(world, person, world.chat_of(person), "member", "kicked")


def unblock(world: World, person: Person) -> None:
    """Unblock the bot, which is told."""
    if person.standing == "blocked":
        person.standing = "active"
        _membership(world, person, world.chat_of(person), "kicked", "member")


def found_group(world: World, title: str, members: list[Person], chat_id: int) -> Chat:
    """Open a group with the bot in it; the first member is the one who added it."""
    if chat_id >= 0 or chat_id in world.chats:
        raise ActError(f"{chat_id} cannot be the id of a new group: it must be negative and unused")
    shape: Json = {"id": chat_id, "title": title, "type": "group", "all_members_are_administrators": True}
    chat = world.chats[chat_id] = Chat(chat_id, shape, [one.id for one in members])
    _membership(world, members[0], chat, "left", "member")
    joined = {"new_chat_participant": world.bot, "new_chat_member": world.bot, "new_chat_members": [world.bot]}
    world.queue.add("message", world.post(chat, members[0].as_user(), joined))
    return chat


def kick(world: World, person: Person, chat: Chat) -> None:
    """Throw the bot out of a group."""
    chat.membership = "kicked"
    _membership(world, person, chat, "member", "kicked")


def upgrade(world: World, person: Person, chat: Chat) -> Chat:
    """Turn a group into a supergroup, which has another id."""
    moved_to = -1_000_000_000_000 + chat.id
    shape = {"id": moved_to, "title": chat.shape["title"], "type": "supergroup"}
    successor = world.chats[moved_to] = Chat(moved_to, shape, list(chat.members))
    chat.moved_to = moved_to
    sender = person.as_user()
    world.queue.add("message", world.post(chat, sender, {"migrate_to_chat_id": moved_to}))
    world.queue.add("message", world.post(successor, sender, {"migrate_from_chat_id": chat.id}))
    return successor


def _alive(person: Person) -> None:
    if person.standing == "deactivated":
        raise ActError(f"person {person.id} has no account any more")


def _reopen(world: World, person: Person, chat: Chat) -> None:
    _alive(person)
    if chat.private:
        unblock(world, person)
        person.started = True
    elif person.id not in chat.members:
        raise ActError(f"person {person.id} is not in chat {chat.id}")


def _seen_in_groups(world: World, message: Json) -> bool:
    text = str(message.get("text") or message.get("caption") or "")
    if "via_bot" in message or not SAID & message.keys():
        return True
    if message.get("reply_to_message", {}).get("from", {}).get("id") == world.bot["id"]:
        return True
    named = f"@{world.bot['username']}".lower()
    for entity in message.get("entities") or message.get("caption_entities") or []:
        word = text.encode("utf-16-le")[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])]
        shown = word.decode("utf-16-le").lower()
        if entity["type"] == "bot_command" and ("@" not in shown or shown.endswith(named)):
            return True
        if entity["type"] == "mention" and shown == named:
            return True
    return False


def _inside(rows: list[list[Json]], row: int, column: int) -> bool:
    return 0 <= row < len(rows) and 0 <= column < len(rows[row])


def _tapped(world: World, chat: Chat, message_id: int) -> Json:
    message = chat.messages.get(message_id)
    if message is None:
        return {"message": {"chat": chat.shape, "message_id": message_id, "date": 0}}
    place = (chat.id, message_id)
    inline_id = next((name for name, one in world.inline_messages.items() if one == place), None)
    return {"message": message} if inline_id is None else {"inline_message_id": inline_id}


def _membership(world: World, person: Person, chat: Chat, before: str, after: str) -> None:
    def member(status: str) -> Json:
        shown: Json = {"user": world.bot, "status": status}
        return {**shown, "until_date": 0} if status == "kicked" else shown

    update = {
        "chat": chat.shape,
        "from": person.as_user(),
        "date": int(world.now()),
        "old_chat_member": member(before),
        "new_chat_member": member(after),
    }
    world.queue.add("my_chat_member", update)
    world.hub.publish("people")
