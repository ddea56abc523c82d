"""The command menu that Telegram shows beside the input field, in each language."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from telegram import BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bot.dialogue.given import Command

if TYPE_CHECKING:
    from telegram import Bot

    from bot.handlers.gate import Gate
    from bot.localization import Localizer, Localizers

logger = logging.getLogger(__name__)

_AFTER_FIRST_POLL: Final = 1.0
_OTHER_LANGUAGES: Final = {"en": "en"}
"""Telegram's code of each language besides the default one."""


async def show_menu(bot: Bot, gate: Gate, localizers: Localizers) -> None:
    """Set the menu, soon after polling has begun; without it everything works, so a failure is only logged."""
    await asyncio.sleep(_AFTER_FIRST_POLL)
    await gate.enter()
    try:
        await _set(bot, localizers.of(None), None)
        for locale, code in _OTHER_LANGUAGES.items():
            await _set(bot, localizers.of(locale), code)
    except TelegramError as error:
        logger.warning("command menu not set error=%s", type(error).__name__)


async def _set(bot: Bot, localizer: Localizer, language: str | None) -> None:
    commands = [(each.value, localizer.say(f"handler.command.{each.value}")) for each in Command]
    await bot.set_my_commands(commands, scope=BotCommandScopeAllPrivateChats(), language_code=language)
