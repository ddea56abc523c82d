"""Owed documents: made in a thread from what one transaction has read, then uploaded."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from telegram import InputFile
from telegram.error import BadRequest

from bot.services.documents import Errand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from telegram import Bot

    from bot.assessments.model import PersonId
    from bot.localization import Localizer
    from bot.services.documents import Builders, Paper
    from bot.services.ports import Storage, Transaction

UPLOAD_SECONDS: Final = 120.0
"""How long an upload may take: 50 MB, the most that Telegram takes, over a slow line."""

MOST_BYTES: Final = 50 * 2**20
"""Telegram takes no larger file from a bot."""

CAPTION_LENGTH: Final = 1024


class Documents:
    """What makes each kind of document, and how it is sent."""

    def __init__(self, *, bot: Bot, storage: Storage, builders: Builders) -> None:
        self._bot = bot
        self._storage = storage
        self._builders = builders

    async def make(self, document: str, person: PersonId, locale: str) -> Sequence[Paper]:
        """The files that the document comes to, none when there is nothing to send; raises whatever goes wrong."""
        errand = Errand.of(document, person, locale)
        build = self._builders[errand.kind]

        def prepare(tx: Transaction) -> Callable[[], Sequence[Paper]] | None:
            return build(tx, errand)

        work = await self._storage.run(prepare)
        return () if work is None else await asyncio.to_thread(work)

    async def send(self, paper: Paper, chat_id: int, localizer: Localizer) -> None:
        """Upload one file; raises TelegramError, BadRequest when it is larger than Telegram takes."""
        if len(paper.content) > MOST_BYTES:
            raise BadRequest("larger than a bot may send")
        caption = None if paper.caption is None else localizer.text(paper.caption)[:CAPTION_LENGTH]
        file = InputFile(paper.content, filename=paper.name)
        if paper.as_photo:
            await self._bot.send_photo(chat_id, file, caption=caption, read_timeout=UPLOAD_SECONDS)
        else:
            await self._bot.send_document(chat_id, file, caption=caption, read_timeout=UPLOAD_SECONDS)
