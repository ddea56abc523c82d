"""Two calls to Telegram that say whether it answers, whom it takes us for, and where it posts updates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.handlers.request import AiohttpRequest

_TIMEOUT: Final = 8.0


class TokenRefusedError(Exception):
    """Telegram does not know the token."""


class TelegramUnreachableError(Exception):
    """Telegram did not answer; the words say how it failed, without the token."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """The bot's username, the address of its webhook (empty: none is set), and how that goes."""

    username: str
    webhook: str
    pending: int
    last_error: str


async def greet(token: str, api: str, proxy: str | None) -> Greeting:
    """What Telegram says; raises TokenRefusedError or TelegramUnreachableError."""
    async with AiohttpRequest(connections=1, timeout=_TIMEOUT, proxy=proxy) as request:
        bot = Bot(token, base_url=f"{api}/bot", request=request, get_updates_request=request)
        try:
            user = await bot.get_me()
            hook = await bot.get_webhook_info()
        except InvalidToken:
            raise TokenRefusedError from None
        except TelegramError as error:
            raise TelegramUnreachableError(type(error).__name__) from None
    return Greeting(user.username or "", hook.url, hook.pending_update_count, hook.last_error_message or "")
