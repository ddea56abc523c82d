"""What Telegram shows of the bot by itself: commands, descriptions, and the button beside the text field."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from telegram import (
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
    MenuButtonCommands,
)
from telegram.constants import MenuButtonType
from telegram.error import TelegramError

from bot.dialogue.given import Command

if TYPE_CHECKING:
    from telegram import Bot, BotCommandScope

    from bot.handlers.gate import Gate
    from bot.localization import Localizer, Localizers

logger = logging.getLogger(__name__)

_AFTER_FIRST_POLL: Final = 1.0
_OTHER_LANGUAGES: Final = {"en": "en"}
"""Telegram's code of each language besides the default one."""

_PRIVATE: Final = BotCommandScopeAllPrivateChats()
_ELSEWHERE: Final = (
    BotCommandScopeDefault(),
    BotCommandScopeAllGroupChats(),
    BotCommandScopeAllChatAdministrators(),
)
"""Where there are no commands: groups, which would otherwise show the default ones."""


async def show_menu(bot: Bot, gate: Gate, localizers: Localizers) -> None:
    """Bring it up to date, soon after updates come in; without it everything works, so a failure is only logged.

    What stands is asked first and only what differs is changed: Telegram allows few changes a day.
    """
    await asyncio.sleep(_AFTER_FIRST_POLL)
    await gate.enter()
    languages: dict[str | None, Localizer] = {None: localizers.of(None)}
    languages |= {code: localizers.of(name) for name, code in _OTHER_LANGUAGES.items()}
    try:
        for code, localizer in languages.items():
            await _set_commands(bot, localizer, code)
            await _set_descriptions(bot, localizer, code)
        for scope in _ELSEWHERE:
            for code in languages:
                await _remove_commands(bot, scope, code)
        await _set_button(bot)
    except TelegramError as error:
        logger.warning("menu not up to date error=%s", type(error).__name__)


async def _set_commands(bot: Bot, localizer: Localizer, code: str | None) -> None:
    wanted = [(each.value, localizer.say(f"handler.command.{each.value}")) for each in Command]
    standing = await bot.get_my_commands(_PRIVATE, code)
    if [(each.command, each.description) for each in standing] != wanted:
        await bot.set_my_commands(wanted, _PRIVATE, code)


async def _remove_commands(bot: Bot, scope: BotCommandScope, code: str | None) -> None:
    if await bot.get_my_commands(scope, code):
        await bot.delete_my_commands(scope, code)


async def _set_descriptions(bot: Bot, localizer: Localizer, code: str | None) -> None:
    wanted = localizer.say("handler.description")
    if (await bot.get_my_description(code)).description != wanted:
        await bot.set_my_description(wanted, code)
    wanted = localizer.say("handler.short_description")
    if (await bot.get_my_short_description(code)).short_description != wanted:
        await bot.set_my_short_description(wanted, code)


async def _set_button(bot: Bot) -> None:
    button = await bot.get_chat_menu_button()
    if button.type != MenuButtonType.COMMANDS:
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
