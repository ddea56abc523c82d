"""What Telegram shows of the bot by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import Bot, BotCommandScopeAllGroupChats, BotCommandScopeDefault

from bot.dialogue.given import Command
from bot.handlers import menu
from bot.handlers.gate import Gate
from bot.handlers.menu import show_menu
from bot.handlers.request import AiohttpRequest
from tests.handlers.harness import LOCALIZERS, calls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sandbox.server import Running


@pytest.fixture
async def bot(running: Running, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    monkeypatch.setattr(menu, "_AFTER_FIRST_POLL", 0.0)
    async with AiohttpRequest() as request:
        yield Bot(running.token, base_url=f"{running.url}/bot", request=request, get_updates_request=request)


def changes(running: Running) -> list[str]:
    return [each.method for each in calls(running) if not each.method.startswith("get")]


async def test_everything_is_set_in_both_languages_and_only_once(bot: Bot, running: Running) -> None:
    await show_menu(bot, Gate(), LOCALIZERS)
    private = menu._PRIVATE
    for code, locale in ((None, "zh_CN"), ("en", "en")):
        localizer = LOCALIZERS.of(locale)
        shown = await bot.get_my_commands(private, code)
        assert [each.command for each in shown] == [each.value for each in Command]
        assert shown[0].description == localizer.say("handler.command.start")
        assert (await bot.get_my_description(code)).description == localizer.say("handler.description")
        short = (await bot.get_my_short_description(code)).short_description
        assert short == localizer.say("handler.short_description")
    before = len(changes(running))
    assert before == 6
    await show_menu(bot, Gate(), LOCALIZERS)
    assert len(changes(running)) == before


async def test_groups_show_no_commands(bot: Bot) -> None:
    for scope in (BotCommandScopeDefault(), BotCommandScopeAllGroupChats()):
        await bot.set_my_commands([("start", "old")], scope)
        await bot.set_my_commands([("start", "old")], scope, "en")
    await show_menu(bot, Gate(), LOCALIZERS)
    for scope in (BotCommandScopeDefault(), BotCommandScopeAllGroupChats()):
        assert not await bot.get_my_commands(scope)
        assert not await bot.get_my_commands(scope, "en")


async def test_a_refusal_is_only_a_line_in_the_log(
    bot: Bot, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    running.controls.faults([{"method": "getMyCommands", "kind": "error", "code": 500, "description": "x"}])
    await show_menu(bot, Gate(), LOCALIZERS)
    assert "menu not up to date" in caplog.text


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_the_descriptions_fit(locale: str) -> None:
    localizer = LOCALIZERS.of(locale)
    assert 0 < len(localizer.say("handler.description")) <= 512
    assert 0 < len(localizer.say("handler.short_description")) <= 120
