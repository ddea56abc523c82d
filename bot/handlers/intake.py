"""The poller: every update is safely ours before Telegram is asked for the next ones."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.handlers.backoff import Backoff
from bot.handlers.failures import Failure, attempt
from bot.handlers.incoming import number_of, sender_of
from bot.handlers.verdicts import seconds_of
from bot.handlers.wire import Json, dumps
from bot.services.ports import RawUpdate

if TYPE_CHECKING:
    from telegram.request import BaseRequest

    from bot.handlers.dispatch import Dispatcher
    from bot.handlers.gate import Gate
    from bot.services.ports import Clock, Storage

logger = logging.getLogger(__name__)

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
LONG_POLL: Final = 25
"""Seconds that Telegram holds a call which finds no updates."""

WEBHOOK_SET: Final = (
    "a webhook is set for this token, so telegram posts all updates there; it is left alone, since somebody may "
    "rely on it hint=set ZICHA_WEBHOOK_URL, or call deleteWebhook; zicha doctor says more"
)

_LIMIT: Final = 100
_ANSWER_MARGIN: Final = 10.0


class Intake:
    """Asks for updates, stores each batch in one transaction, and hands the new ones over.

    An offset, which confirms a batch to Telegram, goes with the one call right after that batch is stored, and with
    no other; what Telegram sends again is known by its number and text.
    """

    def __init__(
        self,
        *,
        request: BaseRequest,
        root: str,
        storage: Storage,
        dispatcher: Dispatcher,
        gate: Gate,
        clock: Clock,
    ) -> None:
        self._request = request
        self._url = f"{root}/getUpdates"
        self._storage = storage
        self._dispatcher = dispatcher
        self._gate = gate
        self._clock = clock
        self._network = Backoff()
        self._conflict = Backoff(2.0, 30.0)

    async def run(self) -> None:
        """Poll until cancelled."""
        batch: list[Json] = []
        while True:
            await self._storage.lead()
            batch = await self._poll(batch[-1]["update_id"] + 1 if batch else None)
            if batch:
                await self._keep(batch)

    async def _poll(self, offset: int | None) -> list[Json]:
        """The next updates; none, after a pause, when the call failed."""
        try:
            batch = _updates(await self._request.post(self._address(offset), read_timeout=LONG_POLL + _ANSWER_MARGIN))
        except TelegramError as error:
            await asyncio.sleep(self._pause(error))
            return []
        self._network.reset()
        self._conflict.reset()
        self._gate.trust()
        return batch

    def _address(self, offset: int | None) -> str:
        parameters = {"timeout": LONG_POLL, "limit": _LIMIT, "allowed_updates": dumps(ALLOWED_UPDATES).decode()}
        if offset is not None:
            parameters["offset"] = offset
        return f"{self._url}?{urlencode(parameters)}"

    def _pause(self, error: TelegramError) -> float:
        """How long to leave Telegram alone after this error; says in the log what it means."""
        if isinstance(error, InvalidToken):
            self._gate.refuse()
            logger.error("telegram refuses the token, trying once a minute hint=check ZICHA_TELEGRAM_TOKEN")
            return self._gate.refusal_pause
        if isinstance(error, Conflict):
            pause = self._conflict.delay()
            cause = WEBHOOK_SET if "webhook" in str(error) else "another process polls with this token"
            logger.error("cannot poll: %s retry_seconds=%.1f", cause, pause)
            return pause
        if isinstance(error, RetryAfter):
            pause = max(1.0, seconds_of(error))
            logger.warning("telegram asks to wait method=getUpdates seconds=%.0f", pause)
            return pause
        pause = self._network.delay()
        logger.warning("cannot poll error=%s retry_seconds=%.1f", type(error).__name__, pause)
        return pause

    async def _keep(self, batch: list[Json]) -> None:
        """Store the batch, however long that takes: meanwhile Telegram keeps what comes after it."""
        updates = [RawUpdate(each["update_id"], sender_of(each), dumps(each)) for each in batch]
        backoff = Backoff(0.2, 10.0)
        while True:
            kept = await attempt(self._dispatcher.take(updates))
            if not isinstance(kept, Failure):
                return
            pause = backoff.delay()
            logger.error(
                "cannot store updates, polling pauses count=%d failure=%s retry_seconds=%.1f", len(updates), kept, pause
            )
            await asyncio.sleep(pause)


def _updates(result: Any) -> list[Json]:  # noqa: ANN401 - whatever stood in the envelope
    if not isinstance(result, list):
        raise NetworkError("getUpdates gave no list")
    return [each for each in result if isinstance(each, dict) and number_of(each) is not None]
