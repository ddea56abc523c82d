"""Files that people send: fetched from Telegram, examined and stored before the conversation hears of them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from telegram.constants import ChatAction
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.dialogue.given import Offered, Returned, Sent
from bot.errors import StorageUnavailableError
from bot.evidence.checking import examined
from bot.evidence.kinds import Kind, is_called
from bot.evidence.limits import MEGABYTE, MOST_BYTES, MOST_OF_A_WORKBOOK
from bot.evidence.refusals import FileRefusedError, Reason, Refusal
from bot.evidence.sets import KeptFile
from bot.handlers.backoff import Backoff
from bot.handlers.verdicts import seconds_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from telegram import Bot

    from bot.evidence.checking import Sound
    from bot.handlers.gate import Gate
    from bot.services.evidence import Expected
    from bot.services.file_ports import Files
    from bot.services.ports import Clock, Storage, Transaction
    from bot.services.requests import Request

logger = logging.getLogger(__name__)

TRIES: Final = 8
"""How often a file is asked for, over about two minutes, before its sender is asked to send it again."""

AT_ONCE: Final = 4
"""Files that are in memory at the same time."""


class Expects(Protocol):
    """The use case that is asked before a file is fetched."""

    def expect(self, tx: Transaction, request: Request, now: datetime) -> Expected:
        """Whether it would be taken."""


class Downloads(Protocol):
    """Fetches the bytes of an address."""

    async def download(self, url: str, most: int) -> bytes | None:
        """The bytes, None when there are more than `most`; raises NetworkError or BadRequest."""


class FileDesk:
    """Turns an offered file into one that is sent: in the store, or refused without a trace."""

    def __init__(  # noqa: PLR0913 - everything that a file passes on its way
        self,
        *,
        bot: Bot,
        downloads: Downloads,
        storage: Storage,
        conversation: Expects,
        files: Files,
        gate: Gate,
        clock: Clock,
        quota: int,
        workbooks: Callable[[bytes], Returned | None] = lambda _: None,
        delays: Callable[[], Backoff] = lambda: Backoff(0.5, 30.0),
    ) -> None:
        self._bot = bot
        self._downloads = downloads
        self._storage = storage
        self._conversation = conversation
        self._files = files
        self._gate = gate
        self._clock = clock
        self._quota = quota
        self._workbooks = workbooks
        self._delays = delays
        self._room = asyncio.Semaphore(AT_ONCE)

    async def fetch(self, request: Request, offered: Offered) -> Request:
        """The request with the file in the store, or the reason why it is not; nothing is left of a refused one.

        Raises StorageUnavailableError when the disk or the database cannot take it just now.
        """
        file = await self._judged(request, offered, await self._before(request, offered))
        given = file if isinstance(file, Returned) else Sent(file, offered.caption, offered.album)
        return replace(request, given=given)

    async def _before(self, request: Request, offered: Offered) -> Refusal | None:
        """Why it need not be fetched at all."""
        now = self._clock()
        expected = await self._storage.run(lambda tx: self._conversation.expect(tx, request, now))
        if expected.refusal is not None:
            return replace(expected.refusal, name=offered.name)
        if offered.size > MOST_BYTES:
            return Refusal(Reason.TOO_LARGE, offered.name, megabytes=MOST_BYTES // MEGABYTE)
        if expected.kept + offered.size > self._quota:
            return Refusal(Reason.QUOTA, offered.name, megabytes=self._quota // MEGABYTE)
        return None

    async def _judged(
        self, request: Request, offered: Offered, refusal: Refusal | None
    ) -> KeptFile | Refusal | Returned:
        if refusal is not None and not _may_be_a_workbook(refusal, offered):
            return refusal
        async with self._room:
            if refusal is None:
                return await self._taken(request, offered)
            return await self._returned(request, offered) or refusal

    async def _taken(self, request: Request, offered: Offered) -> KeptFile | Refusal | Returned:
        try:
            sound = await self._sound(request, offered, MOST_BYTES)
        except FileRefusedError as error:
            logger.info("file refused inbox=%d reason=%s", request.inbox_id, error.reason.value)
            return Refusal(error.reason, offered.name, megabytes=MOST_BYTES // MEGABYTE)
        returned = await self._workbook(sound)
        if returned is not None:
            return returned
        try:
            name = await asyncio.to_thread(self._files.keep, sound.content)
        except OSError as error:
            raise StorageUnavailableError(error.strerror or type(error).__name__) from error
        return KeptFile(name, sound.kind, len(sound.content), offered.name, offered.message)

    async def _returned(self, request: Request, offered: Offered) -> Returned | None:
        """A workbook of ours, which is no evidence; of anything else nothing is left, for it was only in memory."""
        try:
            return await self._workbook(await self._sound(request, offered, MOST_OF_A_WORKBOOK))
        except FileRefusedError as error:
            logger.info("no workbook inbox=%d reason=%s", request.inbox_id, error.reason.value)
            return None

    async def _sound(self, request: Request, offered: Offered, most: int) -> Sound:
        """The file, fetched and examined; raises FileRefusedError."""
        content = await self._content(request, offered, most)
        return await asyncio.to_thread(examined, content, offered.name)

    async def _workbook(self, sound: Sound) -> Returned | None:
        return await asyncio.to_thread(self._workbooks, sound.content) if sound.kind is Kind.XLSX else None

    async def _content(self, request: Request, offered: Offered, most: int) -> bytes:
        """The bytes as Telegram has them; raises FileRefusedError when it does not give them."""
        backoff = self._delays()
        for _ in range(TRIES):
            await self._gate.enter()
            await self._say_so(request.chat_id)
            try:
                return await self._once(offered, most)
            except RetryAfter as error:
                self._gate.close(seconds_of(error))
            except BadRequest as error:
                is_large = "too big" in str(error).lower()
                raise FileRefusedError(Reason.TOO_LARGE if is_large else Reason.UNAVAILABLE) from error
            except TelegramError as error:
                logger.warning("file not fetched inbox=%d error=%s", request.inbox_id, type(error).__name__)
                await asyncio.sleep(backoff.delay())
        raise FileRefusedError(Reason.UNAVAILABLE)

    async def _once(self, offered: Offered, most: int) -> bytes:
        file = await self._bot.get_file(offered.file_id)
        content = await self._downloads.download(file.file_path or "", most)
        if content is None:
            raise FileRefusedError(Reason.TOO_LARGE)
        return content

    async def _say_so(self, chat_id: int) -> None:
        """Show that something is being done; it does not matter if it cannot be shown."""
        with contextlib.suppress(TelegramError):
            await self._bot.send_chat_action(chat_id, ChatAction.TYPING)


def _may_be_a_workbook(refusal: Refusal, offered: Offered) -> bool:
    """Whether a file that is not taken as evidence may still be a workbook of ours, which is no evidence."""
    is_one = is_called(Kind.XLSX, offered.name) and offered.size <= MOST_OF_A_WORKBOOK
    return is_one and refusal.reason in (Reason.CONFIDENTIAL, Reason.QUOTA)
