"""The bot's own account: who it is, its commands and its descriptions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sandbox.methods.access import readable_chat
from sandbox.wire import Json, refused
from sandbox.wording import clean

if TYPE_CHECKING:
    from sandbox.parameters import Parameters
    from sandbox.world import World

MOST_COMMANDS, COMMAND_LIMIT, COMMAND_DESCRIPTION_LIMIT = 100, 32, 256
DESCRIPTION_LIMIT, SHORT_DESCRIPTION_LIMIT, NAME_LIMIT = 512, 120, 64
DEFAULT_BUTTON: Json = {"type": "default"}
COMMAND = re.compile(r"[a-z0-9_]+")
LANGUAGE = re.compile(r"([a-z]{2})?")
PLAIN_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}


def get_me(world: World, parameters: Parameters) -> Json:  # noqa: ARG001 - every method takes both
    """Tell who the bot is."""
    return {
        **world.bot,
        "first_name": name_for(world, ""),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(world: World, parameters: Parameters) -> Json:
    """Describe a chat."""
    chat = readable_chat(world, parameters)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    return {
        **chat.shape,
        "accent_color_id": chat.id % 7 if chat.private else 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, chat.private),
    }


def set_my_commands(world: World, parameters: Parameters) -> bool:
    """Keep the commands of one scope and language."""
    listed = parameters.structure("commands", "can't parse commands JSON object")
    if listed is None:
        raise refused('parameter "commands" is required')
    if not isinstance(listed, list):
        raise refused("expected an Array of BotCommand")
    if len(listed) > MOST_COMMANDS:
        raise refused("BOT_COMMANDS_TOO_MUCH")
    commands = [_command(one) for one in listed]
    world.commands[_place(parameters)] = commands
    world.hub.publish("commands")
    return True


def get_my_commands(world: World, parameters: Parameters) -> list[Json]:
    """Return the commands of exactly this scope and language."""
    return world.commands.get(_place(parameters), [])


def delete_my_commands(world: World, parameters: Parameters) -> bool:
    """Forget the commands of one scope and language."""
    world.commands.pop(_place(parameters), None)
    world.hub.publish("commands")
    return True


def set_my_description(world: World, parameters: Parameters) -> bool:
    """Keep what an empty chat shows."""
    return _describe(world, parameters, "description", DESCRIPTION_LIMIT)


def set_my_short_description(world: World, parameters: Parameters) -> bool:
    """Keep what the bot's profile shows."""
    return _describe(world, parameters, "short_description", SHORT_DESCRIPTION_LIMIT)


def set_my_name(world: World, parameters: Parameters) -> bool:
    """Keep what the bot is called."""
    return _describe(world, parameters, "name", NAME_LIMIT)


def get_my_description(world: World, parameters: Parameters) -> Json:
    """Return what an empty chat shows to users of a language."""
    return {"description": worded_for(world, "description", _language(parameters))}


def get_my_short_description(world: World, parameters: Parameters) -> Json:
    """Return what the bot's profile shows to users of a language."""
    return {"short_description": worded_for(world, "short_description", _language(parameters))}


def get_my_name(world: World, parameters: Parameters) -> Json:
    """Return what the bot is called for users of a language."""
    return {"name": name_for(world, _language(parameters))}


def set_chat_menu_button(world: World, parameters: Parameters) -> bool:
    """Keep what the button beside the text field does, in one private chat or in all."""
    button = parameters.structure("menu_button", "can't parse menu button JSON object")
    if button is None:
        button = DEFAULT_BUTTON
    if not isinstance(button, dict) or button.get("type") not in {"default", "commands", "web_app"}:
        raise refused("can't parse menu button: Unsupported type specified")
    if button["type"] == "web_app" and not (button.get("text") and isinstance(button.get("web_app"), dict)):
        raise refused("can't parse menu button: Can't find field \"web_app\"")
    world.menu_buttons[_whose_button(world, parameters)] = button
    world.hub.publish("commands")
    return True


def get_chat_menu_button(world: World, parameters: Parameters) -> Json:
    """Return what the button beside the text field does, in one private chat or in all."""
    default = {"type": "commands"} if not parameters.given("chat_id") else DEFAULT_BUTTON
    return world.menu_buttons.get(_whose_button(world, parameters), default)


def commands_for(world: World, person_id: int, chat_id: int, language_code: str) -> list[Json]:
    """Return the commands a person's menu shows, by Telegram's order of scopes and languages."""
    private = person_id == chat_id
    scopes = [f"chat:{chat_id}:0"] if private else [f"chat_member:{chat_id}:{person_id}", f"chat:{chat_id}:0"]
    scopes += ["all_private_chats:0:0" if private else "all_group_chats:0:0", "default:0:0"]
    for scope in scopes:
        for language in (language_code[:2], ""):
            if commands := world.commands.get(f"{scope}:{language}"):
                return commands
    return []


def worded_for(world: World, name: str, language_code: str) -> str:
    """Return the description, short_description or name that someone of this language is shown."""
    own = world.descriptions.get(f"{name}:{language_code[:2]}")
    return own or world.descriptions.get(f"{name}:", "")


def name_for(world: World, language_code: str) -> str:
    """Return the name of the bot that someone of this language is shown."""
    return worded_for(world, "name", language_code) or str(world.bot["first_name"])


def menu_button_for(world: World, person_id: int) -> Json:
    """Return what the button beside the text field does for a person."""
    own = world.menu_buttons.get(str(person_id), DEFAULT_BUTTON)
    return world.menu_buttons.get("0", {"type": "commands"}) if own["type"] == "default" else own


def _whose_button(world: World, parameters: Parameters) -> str:
    if not parameters.given("chat_id"):
        return "0"
    if parameters.integer("chat_id") < 0:
        raise refused("chat_id must identify a private chat")
    return str(readable_chat(world, parameters).id)


def _describe(world: World, parameters: Parameters, name: str, limit: int) -> bool:
    text = clean(parameters.text(name))
    if len(text) > limit:
        raise refused("BOT_TITLE_INVALID" if name == "name" else "DESCRIPTION_TOO_LONG")
    world.descriptions[f"{name}:{_language(parameters)}"] = text
    world.hub.publish("commands")
    return True


def _command(one: Any) -> Json:  # noqa: ANN401 - JSON may be any value
    if not isinstance(one, dict):
        raise refused("expected an Object as BotCommand")
    for name in ("command", "description"):
        if not isinstance(one.get(name), str):
            raise refused(f"can't parse BotCommand: Can't find field \"{name}\"")
    command = clean(one["command"]).strip().removeprefix("/")
    description = clean(one["description"]).strip()
    _measure("Command", command, COMMAND_LIMIT)
    _measure("Command description", description, COMMAND_DESCRIPTION_LIMIT)
    if not COMMAND.fullmatch(command):
        raise refused("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}


def _measure(what: str, text: str, limit: int) -> None:
    if not text:
        raise refused(f"{what} must be non-empty")
    if len(text) > limit:
        raise refused(f"{what} length must not exceed {limit}")


def _place(parameters: Parameters) -> str:
    scope = parameters.structure("scope", "can't parse BotCommandScope JSON object")
    if scope is None:
        scope = {"type": "default"}
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind in PLAIN_SCOPES:
        return f"{kind}:0:0:{_language(parameters)}"
    if kind not in CHAT_SCOPES:
        raise refused("can't parse BotCommandScope: Unsupported type specified")
    if "chat_id" not in scope:
        raise refused("can't parse BotCommandScope: Can't find field \"chat_id\"")
    return f"{kind}:{scope['chat_id']}:{scope.get('user_id', 0)}:{_language(parameters)}"


def _language(parameters: Parameters) -> str:
    code = parameters.text("language_code")
    if not LANGUAGE.fullmatch(code):
        raise refused("invalid language code specified")
    return code
