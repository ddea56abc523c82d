"""What the bot is called on Telegram, asked once, for the links that it makes."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram.error import TelegramError

if TYPE_CHECKING:
    from telegram import Bot

    from bot.handlers.gate import Gate

logger = logging.getLogger(__name__)


class Name:
    """The bot's name; empty until Telegram has told it."""

    def __init__(self) -> None:
        self._name = ""

    def __call__(self) -> str:
        """The name as far as it is known."""
        return self._name

    async def learn(self, bot: Bot, gate: Gate) -> None:
        """Ask for it; without it a link reads as words to be sent to the bot, so a failure is only logged."""
        await gate.enter()
        try:
            self._name = (await bot.get_me()).username or ""
        except TelegramError as error:
            logger.warning("bot name unknown error=%s", type(error).__name__)
