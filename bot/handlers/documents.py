"""Owed documents: made from what one transaction has read, in a thread or by a press, then uploaded."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from telegram import InputFile
from telegram.error import BadRequest

from bot.dialogue.phrases import shorten
from bot.handlers.progress import Progress
from bot.services.documents import Errand

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from telegram import Bot

    from bot.assessments.model import PersonId
    from bot.handlers.gate import Gate
    from bot.handlers.press import Printed
    from bot.localization import Localizer
    from bot.services.documents import Builders, Paper
    from bot.services.ports import Storage, Transaction

UPLOAD_SECONDS: Final = 120.0
"""How long an upload may take: 50 MB, the most that Telegram takes, over a slow line."""

MOST_BYTES: Final = 50 * 2**20
"""Telegram takes no larger file from a bot."""

CAPTION_UNITS: Final = 1024
"""UTF-16 units of the words beside a file, so that they fit however Telegram counts them."""


class Prints(Protocol):
    """Makes documents that take seconds, and says meanwhile how far it is."""

    async def print(self, errand: Errand, progress: Progress) -> Printed | None:
        """The files with what to say behind them; None when there is nothing to send."""


@dataclass(frozen=True, slots=True)
class Made:
    """Files to be sent, and what is done once they are."""

    papers: Sequence[Paper] = ()
    closing: Callable[[], Awaitable[None]] | None = None


class Documents:
    """What makes each kind of document, and how it is sent."""

    def __init__(
        self, *, bot: Bot, storage: Storage, gate: Gate, builders: Builders, presses: Mapping[str, Prints]
    ) -> None:
        self._bot = bot
        self._storage = storage
        self._gate = gate
        self._builders = builders
        self._presses = presses

    async def make(self, document: str, person: PersonId, chat_id: int, localizer: Localizer) -> Made:
        """What the document comes to, no files when there is nothing to send; raises whatever goes wrong."""
        errand = Errand.of(document, person, localizer.locale)
        if errand.kind in self._presses:
            return await self._print(errand, chat_id, localizer)
        return Made(await self._build(errand))

    async def _print(self, errand: Errand, chat_id: int, localizer: Localizer) -> Made:
        progress = Progress(bot=self._bot, gate=self._gate, chat_id=chat_id, localizer=localizer)
        printed = await self._presses[errand.kind].print(errand, progress)
        return Made() if printed is None else Made(printed.papers, partial(progress.end, printed.closing))

    async def _build(self, errand: Errand) -> Sequence[Paper]:
        build = self._builders[errand.kind]

        def prepare(tx: Transaction) -> Callable[[], Sequence[Paper]] | None:
            return build(tx, errand)

        work = await self._storage.run(prepare)
        return () if work is None else await asyncio.to_thread(work)

    async def send(self, paper: Paper, chat_id: int, localizer: Localizer) -> None:
        """Upload one file; raises TelegramError, BadRequest when it is larger than Telegram takes."""
        if len(paper.content) > MOST_BYTES:
            raise BadRequest("larger than a bot may send")
        caption = None if paper.caption is None else shorten(localizer.text(paper.caption), CAPTION_UNITS)
        file = InputFile(paper.content, filename=paper.name)
        if paper.as_photo:
            await self._bot.send_photo(chat_id, file, caption=caption, read_timeout=UPLOAD_SECONDS)
        else:
            await self._bot.send_document(chat_id, file, caption=caption, read_timeout=UPLOAD_SECONDS)
