"""python-telegram-bot talks to the sandbox as it does to Telegram."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    MenuButtonCommands,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, CommandHandler

from sandbox import polling
from sandbox.images import stand_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sandbox.client import Client
    from sandbox.server import Running

BOARD = InlineKeyboardMarkup([[InlineKeyboardButton("是", callback_data="y", style="success")]])


@pytest.fixture
async def bot(running: Running) -> AsyncIterator[Bot]:
    base, files = f"{running.url}/bot", f"{running.url}/file/bot"
    async with Bot(running.token, base_url=base, base_file_url=files) as opened:
        yield opened


async def test_a_message_with_keyboard_is_sent_and_edited(bot: Bot, person: int) -> None:
    sent = await bot.send_message(person, "<b>一</b>", parse_mode="HTML", reply_markup=BOARD)
    assert sent.reply_markup == BOARD
    edited = await bot.edit_message_text("二", chat_id=person, message_id=sent.message_id)
    assert isinstance(edited, type(sent))
    assert await bot.delete_message(person, sent.message_id)


async def test_the_account_methods_are_understood(bot: Bot, person: int) -> None:
    assert bot.username == "zicha_sandbox_bot"
    assert await bot.set_my_commands([BotCommand("start", "开始")], language_code="zh")
    assert (await bot.get_my_commands(language_code="zh"))[0].description == "开始"
    assert await bot.set_my_description("自查")
    assert await bot.set_my_short_description("自查")
    assert (await bot.get_webhook_info()).url == ""
    assert (await bot.get_chat(person)).first_name == "吉站长"
    assert await bot.send_chat_action(person, "typing")


async def test_the_later_account_methods_are_understood(bot: Bot, client: Client, person: int) -> None:
    assert await bot.set_my_name("自查助手")
    assert (await bot.get_my_name()).name == "自查助手"
    assert (await bot.get_my_description()).description == ""
    assert await bot.set_chat_menu_button(person, MenuButtonCommands())
    assert isinstance(await bot.get_chat_menu_button(person), MenuButtonCommands)
    assert await bot.set_message_reaction(person, 1, "👍")
    assert await bot.pin_chat_message(person, 1)
    assert await bot.unpin_chat_message(person, 1)
    assert await bot.unpin_all_chat_messages(person)
    assert (await client.look("calls", flawed=1))["calls"] == []


async def test_a_webhook_is_set_and_told_of(bot: Bot, client: Client) -> None:
    secret = "sesame"  # noqa: S105 - it guards nothing
    assert await bot.set_webhook("https://example.org/x", secret_token=secret, allowed_updates=["message"])
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections, info.allowed_updates) == ("https://example.org/x", 40, ("message",))
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert (await client.look("calls", flawed=1))["calls"] == []


async def test_an_inline_query_is_answered(bot: Bot, client: Client, person: int) -> None:
    await client.act("inline_query", person=person, query="评分")
    (update,) = await bot.get_updates()
    assert update.inline_query
    article = InlineQueryResultArticle("1", "第一站", InputTextMessageContent("<b>87</b>", "HTML"), reply_markup=BOARD)
    button = InlineQueryResultsButton("绑定鉴定站", start_parameter="bind")
    assert await update.inline_query.answer([article], cache_time=0, is_personal=True, button=button)
    query = update.inline_query.id
    await client.act("choose", person=person, inline_query_id=query, result_id="1")
    message, chosen = await bot.get_updates(offset=update.update_id + 1)
    assert message.message
    assert message.message.via_bot == bot.bot
    assert chosen.chosen_inline_result
    inline_id = chosen.chosen_inline_result.inline_message_id
    assert await bot.edit_message_text("改", inline_message_id=inline_id) is True
    assert (await client.look("calls", flawed=1))["calls"] == []


async def test_what_people_send_is_understood(bot: Bot, client: Client, running: Running, person: int) -> None:
    small, _, _ = stand_in(300, 200)
    running.controls.attach(person, [{"name": "a.png", "content": small}] * 2, "photo", caption="佐证")
    await client.act("say", person=person, text="哪里？", reply_to=1, quote="start")
    first, second, reply = (one.message for one in await bot.get_updates())
    assert first
    assert second
    assert reply
    assert reply.quote
    assert first.media_group_id == second.media_group_id
    assert bytes(await (await first.photo[-1].get_file()).download_as_bytearray()) == small
    assert (reply.quote.text, reply.quote.position) == ("start", 1)


async def test_a_reply_keyboard_does_not_confuse_the_library(bot: Bot, person: int) -> None:
    sent = await bot.send_message(person, "x", reply_markup=ReplyKeyboardMarkup([["x"]]))
    assert sent.reply_markup is None


async def test_errors_become_the_librarys_own(bot: Bot, client: Client, person: int) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(42, "x")
    with pytest.raises(BadRequest, match="Message text is empty"):
        await bot.send_message(person, "")
    await client.act("block", person=person)
    with pytest.raises(Forbidden):
        await bot.send_message(person, "x")


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "error", "code": 429, "retry_after": 7}, RetryAfter),
        ({"kind": "error", "code": 409, "description": "Conflict: x"}, Conflict),
        ({"kind": "error", "code": 401, "description": "Unauthorized"}, InvalidToken),
        ({"kind": "error", "code": 502, "body": "<html>"}, NetworkError),
        ({"kind": "cut"}, NetworkError),
    ],
)
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_faults_become_the_librarys_own_errors(
    bot: Bot, client: Client, person: int, fault: dict[str, object], error: type[Exception]
) -> None:
    await client.act("faults", faults=[{"method": "sendMessage", **fault}])
    with pytest.raises(error):
        await bot.send_message(person, "x")


async def test_an_application_polls_answers_and_stops(
    running: Running, client: Client, person: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "THROTTLE_WAIT", 0)
    application = ApplicationBuilder().token(running.token).base_url(f"{running.url}/bot").build()
    application.add_handler(CommandHandler("start", _greet))
    application.add_handler(CallbackQueryHandler(_accept))
    async with Polling(application):
        version = (await client.look("chat", person=person))["version"]
        await client.act("say", person=person, text="/start")
        chat = await client.look("chat", person=person, since=version + 1, wait=5)
        card = chat["messages"][-1]["message_id"]
        tapped = await client.act("tap", person=person, message_id=card, text="是", wait=5)
        assert tapped["answer"]["text"] == "已记"


class Polling:
    """Runs an application's polling for the length of a block."""

    def __init__(self, application: Application) -> None:  # type: ignore[type-arg]
        self.application = application

    async def __aenter__(self) -> None:
        await self.application.initialize()
        assert self.application.updater
        await self.application.updater.start_polling()
        await self.application.start()

    async def __aexit__(self, *failure: object) -> None:
        assert self.application.updater
        await self.application.updater.stop()
        await self.application.stop()
        await self.application.shutdown()


async def _greet(update: Update, _: object) -> None:
    assert update.message
    await update.message.reply_text("您好", reply_markup=BOARD)


async def _accept(update: Update, _: object) -> None:
    assert update.callback_query
    await update.callback_query.answer("已记")
