"""One call to Telegram that says whether it answers, and whom it takes us for."""

from __future__ import annotations

from typing import Final

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.handlers.request import AiohttpRequest

_TIMEOUT: Final = 8.0


class TokenRefusedError(Exception):
    """Telegram does not know the token."""


class TelegramUnreachableError(Exception):
    """Telegram did not answer; the words say how it failed, without the token."""


async def own_name(token: str, api: str, proxy: str | None) -> str:
    """The bot's username; raises TokenRefusedError or TelegramUnreachableError."""
    async with AiohttpRequest(connections=1, timeout=_TIMEOUT, proxy=proxy) as request:
        try:
            user = await Bot(token, base_url=f"{api}/bot", request=request, get_updates_request=request).get_me()
        except InvalidToken:
            raise TokenRefusedError from None
        except TelegramError as error:
            raise TelegramUnreachableError(type(error).__name__) from None
    return user.username or ""
