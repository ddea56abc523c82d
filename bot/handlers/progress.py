"""One message that says how far a long piece of work is: edited as it goes on, and at last to say what came of it."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from telegram.error import RetryAfter, TelegramError

from bot.handlers.verdicts import Verdict, judge, seconds_of

if TYPE_CHECKING:
    from telegram import Bot

    from bot.dialogue.screen import Say
    from bot.handlers.gate import Gate
    from bot.localization import Localizer

logger = logging.getLogger(__name__)

PAUSE: Final = 1.0
"""Seconds between two edits, at least: Telegram allows few more in one chat."""

_TRIES: Final = 5
_LOST: Final = frozenset({Verdict.GONE, Verdict.REJECTED, Verdict.DONE})


class Progress:
    """The message, sent with the first words; what cannot be said on the way is left out, the last words are not."""

    def __init__(self, *, bot: Bot, gate: Gate, chat_id: int, localizer: Localizer) -> None:
        self._bot = bot
        self._gate = gate
        self._chat_id = chat_id
        self._localizer = localizer
        self._message: int | None = None
        self._next = 0.0

    async def tell(self, words: Say) -> None:
        """Say how far it is, if that may be said just now."""
        if self._gate.is_open and asyncio.get_running_loop().time() >= self._next:
            await self._say(words)

    async def end(self, words: Say) -> None:
        """Say what came of it, as soon as that may be said."""
        for _ in range(_TRIES):
            await self._gate.enter()
            if await self._say(words):
                return
            await asyncio.sleep(PAUSE)

    async def _say(self, words: Say) -> bool:
        """Whether it stands, or never will."""
        self._next = asyncio.get_running_loop().time() + PAUSE
        text = self._localizer.text(words)
        try:
            if self._message is None:
                self._message = (await self._bot.send_message(self._chat_id, text)).message_id
            else:
                await self._bot.edit_message_text(text, chat_id=self._chat_id, message_id=self._message)
        except RetryAfter as error:
            self._gate.close(seconds_of(error))
            return False
        except TelegramError as error:
            verdict = judge(error)
            if verdict is Verdict.ANEW:
                self._message = None
            logger.info("progress not said chat=%d error=%s", self._chat_id, type(error).__name__)
            return verdict in _LOST
        return True
