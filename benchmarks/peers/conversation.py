"""The bot of python-telegram-bot's examples: ConversationHandler, answers in aiosqlite, state in a pickle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    PicklePersistence,
)

from benchmarks.peers import survey

if TYPE_CHECKING:
    import aiosqlite

ASKING = 0
Context = ContextTypes.DEFAULT_TYPE


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

    async def start(self, update: Update, context: Context) -> int:
        """The first question."""
        if update.message is not None and context.user_data is not None:
            context.user_data["question"] = 0
            await update.message.reply_text(survey.question(0), reply_markup=keyboard(0))
        return ASKING

    async def answer(self, update: Update, context: Context) -> int:
        """Save, answer the tap, ask the next question."""
        query = update.callback_query
        if query is None or context.user_data is None:
            return ASKING
        number, points = survey.chosen(query.data)
        await survey.save(self.database, query.from_user.id, number, points)
        context.user_data["question"] = number + 1
        await query.answer()
        if number == survey.LAST:
            await query.edit_message_text(survey.DONE)
            return ConversationHandler.END
        await query.edit_message_text(survey.question(number + 1), reply_markup=keyboard(number + 1))
        return ASKING


def main() -> None:
    """Poll."""
    bot = Bot()
    persistence = PicklePersistence(survey.FOLDER / "conversation.pickle")
    builder = Application.builder().token(survey.TOKEN).base_url(f"{survey.API}/bot").persistence(persistence)
    application = builder.post_init(bot.open).build()
    start: Any
    answer: Any
    start, answer = CommandHandler("start", bot.start), CallbackQueryHandler(bot.answer)
    application.add_handler(
        ConversationHandler([start], {ASKING: [answer]}, [start], name="survey", persistent=True, per_message=False)
    )
    application.run_polling(poll_interval=0)


main()
