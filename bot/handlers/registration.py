"""Telling Telegram where to post updates, and noticing when it does so no more."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.handlers.backoff import Backoff
from bot.handlers.intake import ALLOWED_UPDATES
from bot.handlers.verdicts import seconds_of

if TYPE_CHECKING:
    from telegram import Bot, WebhookInfo

    from bot.handlers.gate import Gate

logger = logging.getLogger(__name__)

CONNECTIONS: Final = 40
LOOKS_EVERY: Final = 60.0
"""Seconds between two looks at what Telegram says of our webhook."""


class Registration:
    """Sets the webhook at the start; from then on only looks, and says in the log what is wrong with it."""

    def __init__(self, *, bot: Bot, url: str, secret: str, gate: Gate, looks_every: float = LOOKS_EVERY) -> None:
        self._bot = bot
        self._url = url
        self._secret = secret
        self._gate = gate
        self._looks_every = looks_every
        self._network = Backoff()
        self._is_set = False
        self._told: object = None

    async def run(self) -> None:
        """Set and watch until cancelled."""
        while True:
            pause = await self._once()
            await asyncio.sleep(pause)

    async def _once(self) -> float:
        """Do what is next; returns how many seconds to leave Telegram alone."""
        try:
            if self._is_set:
                self._judge(await self._bot.get_webhook_info())
            else:
                await self._set()
        except TelegramError as error:
            return self._pause(error)
        self._network.reset()
        self._gate.trust()
        return self._looks_every

    async def _set(self) -> None:
        await self._bot.set_webhook(
            self._url, max_connections=CONNECTIONS, allowed_updates=ALLOWED_UPDATES, secret_token=self._secret
        )
        self._is_set = True
        logger.info("webhook set connections=%d", CONNECTIONS)

    def _judge(self, info: WebhookInfo) -> None:
        if info.url != self._url:
            logger.error(
                "telegram posts updates %s hint=restart to set the webhook again; let no other process use this token",
                "to another address" if info.url else "nowhere, the webhook was removed",
            )
        failed = (info.last_error_date, info.last_error_message)
        if info.last_error_message and failed != self._told:
            logger.warning(
                "telegram could not deliver reason=%s pending=%d", info.last_error_message, info.pending_update_count
            )
        self._told = failed

    def _pause(self, error: TelegramError) -> float:
        if isinstance(error, InvalidToken):
            self._gate.refuse()
            logger.error("telegram refuses the token, trying once a minute hint=check ZICHA_TELEGRAM_TOKEN")
            return self._gate.refusal_pause
        if isinstance(error, RetryAfter):
            pause = max(1.0, seconds_of(error))
            logger.warning("telegram asks to wait method=setWebhook seconds=%.0f", pause)
            return pause
        if isinstance(error, BadRequest):
            logger.error("telegram refuses the webhook reason=%s hint=check ZICHA_WEBHOOK_URL", error)
            return self._looks_every
        pause = self._network.delay()
        logger.warning("cannot set the webhook error=%s retry_seconds=%.1f", type(error).__name__, pause)
        return pause
