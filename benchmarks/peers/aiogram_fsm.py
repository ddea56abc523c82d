"""The bot of aiogram's documentation: its FSM in memory, answers in aiosqlite; aiogram itself takes uvloop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from benchmarks.peers import survey

if TYPE_CHECKING:
    import aiosqlite
    from aiogram.fsm.context import FSMContext

ASKING = State("asking", group_name="survey")


def keyboard(number: int) -> InlineKeyboardMarkup:
    """The question's two buttons."""
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=words, callback_data=data)] for words, data in survey.buttons(number)
        ]
    )


class Survey:
    """The handlers, and the database they save in."""

    database: aiosqlite.Connection

    async def open(self) -> None:
        """Before polling."""
        self.database = await survey.open_database()

    async def start(self, message: Message, state: FSMContext) -> None:
        """The first question."""
        await state.set_state(ASKING)
        await state.update_data(question=0)
        await message.answer(survey.question(0), reply_markup=keyboard(0))

    async def answer(self, query: CallbackQuery, state: FSMContext) -> None:
        """Save, answer the tap, ask the next question."""
        number, points = survey.chosen(query.data)
        await survey.save(self.database, query.from_user.id, number, points)
        await state.update_data(question=number + 1)
        await query.answer()
        if number == survey.LAST:
            await query.message.edit_text(survey.DONE)
            await state.clear()
        else:
            await query.message.edit_text(survey.question(number + 1), reply_markup=keyboard(number + 1))


def main() -> None:
    """Poll."""
    asyncio.set_event_loop(asyncio.new_event_loop())
    handlers, dispatcher = Survey(), Dispatcher()
    dispatcher.startup.register(handlers.open)
    dispatcher.message.register(handlers.start, CommandStart())
    dispatcher.callback_query.register(handlers.answer, ASKING, F.data.startswith("a:"))
    session = AiohttpSession(api=TelegramAPIServer.from_base(survey.API))
    dispatcher.run_polling(Bot(survey.TOKEN, session=session))


main()
