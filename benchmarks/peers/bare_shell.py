"""How far python-telegram-bot itself goes: no conversation, people side by side, aiohttp, orjson and uvloop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import orjson
import uvloop
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import NetworkError, TimedOut
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes
from telegram.request import BaseRequest

from benchmarks.peers import survey

if TYPE_CHECKING:
    import aiosqlite
    from telegram.request import RequestData

Context = ContextTypes.DEFAULT_TYPE


class OnAiohttp(BaseRequest):
    """The documented seam for another HTTP client."""

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds."""
        return 20.0

    async def initialize(self) -> None:
        """Open the pool."""
        self._session = self._session or aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=self._connections))

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer."""
        envelope: dict[str, Any] = orjson.loads(payload)
        return envelope

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_timeouts: Any,  # noqa: ANN401 - four that we do not tell apart
        **_more_timeouts: Any,  # noqa: ANN401 - the same by name
    ) -> tuple[int, bytes]:
        """One call."""
        if self._session is None:
            raise NetworkError("closed")
        try:
            form = request_data.json_parameters if request_data else None
            async with self._session.request(method, url, data=form) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(str(error)) from error


def keyboard(number: int) -> InlineKeyboardMarkup:
    """The question's two buttons."""
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(words, callback_data=data)] for words, data in survey.buttons(number)]
    )


class Bot:
    """The handlers, and the database they save in."""

    database: aiosqlite.Connection

    async def open(self, _application: Any) -> None:  # noqa: ANN401 - the framework's own type has six parameters
        """Before polling."""
        self.database = await survey.open_database()

    async def start(self, update: Update, _context: Context) -> None:
        """The first question."""
        if update.message is not None:
            await update.message.reply_text(survey.question(0), reply_markup=keyboard(0))

    async def answer(self, update: Update, _context: Context) -> None:
        """Save, answer the tap, ask the next question."""
        query = update.callback_query
        if query is None:
            return
        number, points = survey.chosen(query.data)
        await survey.save(self.database, query.from_user.id, number, points)
        await query.answer()
        if number == survey.LAST:
            await query.edit_message_text(survey.DONE)
        else:
            await query.edit_message_text(survey.question(number + 1), reply_markup=keyboard(number + 1))


def main() -> None:
    """Poll."""
    uvloop.install()
    bot = Bot()
    builder = Application.builder().token(survey.TOKEN).base_url(f"{survey.API}/bot").concurrent_updates(256)
    builder = builder.request(OnAiohttp(256)).get_updates_request(OnAiohttp(1)).post_init(bot.open)
    application = builder.build()
    application.add_handler(CommandHandler("start", bot.start))
    application.add_handler(CallbackQueryHandler(bot.answer))
    application.run_polling(poll_interval=0)


main()
