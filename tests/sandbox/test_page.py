"""The chat page in a real browser."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright, expect

from sandbox.client import Client
from sandbox.server import Running, start

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

CHROMIUM = shutil.which("chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PERSON = 5_000_101
BOARD = {
    "inline_keyboard": [
        [{"text": "符合要求（2分）", "callback_data": "full", "style": "success"}],
        [
            {"text": "上一项", "callback_data": "back"},
            {"text": "正好3个一般性问题（0–1分，待审定），请在现场看过以后再选", "callback_data": "long"},
        ],
    ]
}
AT_BOTTOM = """() => {
  const chat = document.querySelector("#chat");
  return chat.scrollHeight - chat.scrollTop - chat.clientHeight < 2;
}"""
CARD = "<b>5.1.1</b>　第33项\n<blockquote>现场查看。</blockquote>\n<i>白话</i>"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="chromium is not installed"),
]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def running() -> AsyncIterator[Running]:
    async with await start() as server:
        yield server


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def client(running: Running) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession(running.url) as session:
        yield Client(session, running.token)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        yield await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)


@pytest_asyncio.fixture(loop_scope="module")
async def page(running: Running, browser: Browser) -> AsyncIterator[Page]:
    """The page on a phone, as the station manager; an error on it fails the test."""
    running.controls.reset()
    troubles: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            troubles.append(message.text)

    opened = await browser.new_page(viewport={"width": 390, "height": 844})
    opened.on("console", note)
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    await opened.goto(f"{running.url}/?person={PERSON}")
    await expect(opened.locator("#status")).to_have_text("机器人")
    yield opened
    await opened.close()
    assert troubles == []


async def send_card(client: Client, person: int, text: str = CARD) -> int:
    sent = await client.call("sendMessage", chat_id=person, text=text, parse_mode="HTML", reply_markup=BOARD)
    return int(sent.result["message_id"])


async def test_a_conversation_goes_back_and_forth(page: Page, client: Client) -> None:
    await client.call("setMyDescription", description="自查自评")
    await expect(page.locator("#description")).to_have_text("自查自评")
    await page.click("#start")
    await expect(page.locator(".bubble.out .text")).to_contain_text("/start")
    card = await send_card(client, PERSON)
    bubble = page.locator(f'.bubble.in[data-message-id="{card}"]')
    await expect(bubble.locator("b")).to_have_text("5.1.1")
    await expect(bubble.locator("blockquote")).to_have_text("现场查看。")
    await expect(bubble.locator("button.key.success")).to_have_text("符合要求（2分）")
    await expect(page.locator("#welcome")).to_be_hidden()
    await page.fill("#composer", "照明有两盏灯坏了")
    await page.press("#composer", "Enter")
    await expect(page.locator(".bubble.out").last).to_contain_text("照明有两盏灯坏了")
    await expect(page.locator("#composer")).to_have_value("")


async def test_a_tap_spins_until_its_answer_is_toasted(page: Page, client: Client, person: int) -> None:
    card = await send_card(client, person)
    key = page.locator("button.key", has_text="符合要求")
    await key.click()
    await expect(key).to_have_attribute("aria-busy", "true")
    await client.call("editMessageText", chat_id=person, message_id=card, text="已改", reply_markup=BOARD)
    await expect(page.locator(".bubble.in .text")).to_contain_text("已改")
    await expect(page.locator(".edited")).to_have_text("已编辑")
    await expect(key).to_have_class("key success waiting")
    update = (await client.call("getUpdates")).result[-1]
    query = update["callback_query"]["id"]
    await client.call("answerCallbackQuery", callback_query_id=query, text="5.1.1 已记2分")
    await expect(page.locator(".toast")).to_have_text("5.1.1 已记2分")
    await expect(key).to_have_class("key success")


async def test_an_alert_is_a_dialog_that_is_closed(page: Page, client: Client, person: int) -> None:
    await send_card(client, person)
    await page.locator("button.key", has_text="上一项").click()
    (update,) = (await client.call("getUpdates", timeout=5)).result
    query = update["callback_query"]["id"]
    await client.call("answerCallbackQuery", callback_query_id=query, text="此按钮已失效", show_alert=True)
    await expect(page.locator("#alert-text")).to_have_text("此按钮已失效")
    await page.click("#alert-close")
    await expect(page.locator("#alert")).to_be_hidden()


async def test_what_people_write_is_never_read_as_html(page: Page, client: Client, person: int) -> None:
    evil = "<img src=x onerror=alert(1)><b>x</b>"
    await client.act("say", person=person, text=evil)
    await client.call("sendMessage", chat_id=person, text=evil)
    await client.call(
        "sendMessage",
        chat_id=person,
        text="x",
        entities=[
            {"type": "text_link", "offset": 0, "length": 1, "url": "javascript:alert(1)"},
        ],
    )
    await expect(page.locator(".bubble")).to_have_count(4)
    await expect(page.locator(".bubble .text").nth(1)).to_contain_text(evil)
    await expect(page.locator(".bubble img, .bubble b, .bubble a[href^=java]")).to_have_count(0)


async def test_the_menu_offers_the_commands_of_ones_language(page: Page, client: Client) -> None:
    await client.call("setMyCommands", commands=[{"command": "progress", "description": "查看进度"}])
    english = [{"command": "progress", "description": "see progress"}]
    await client.call("setMyCommands", commands=english, language_code="en")
    await page.click("#menu")
    await expect(page.locator("#commands .entry")).to_have_text("/progress查看进度")
    await page.click("#commands .entry")
    await expect(page.locator(".bubble.out .command")).to_have_text("/progress")
    await page.select_option("#persona", "5000104")
    await expect(page.locator(".bubble")).to_have_count(0)
    await page.fill("#composer", "/pr")
    await expect(page.locator("#commands .entry")).to_have_text("/progresssee progress")


async def test_a_new_person_can_be_added(page: Page) -> None:
    await page.select_option("#persona", "new")
    await page.fill("#newcomer-name", "王工")
    await page.click("#newcomer-add")
    await expect(page.locator("#persona option:checked")).to_have_text("王工")
    await page.click("#start")
    await expect(page.locator(".bubble.out")).to_have_count(1)


async def test_a_reader_is_not_pulled_away_from_what_is_read(page: Page, client: Client, person: int) -> None:
    cards = [await send_card(client, person, f"{CARD}\n{number}") for number in range(6)]
    chat = page.locator("#chat")
    await expect(page.locator(".bubble.in")).to_have_count(6)
    await page.wait_for_function(AT_BOTTOM)
    await chat.evaluate("node => node.scrollTo(0, 0)")
    await expect(page.locator("#to-bottom")).to_be_visible()
    await client.call("editMessageText", chat_id=person, message_id=cards[-1], text="改")
    await client.call("sendMessage", chat_id=person, text="新")
    await expect(page.locator("#unread")).to_have_text("1")
    assert await chat.evaluate("node => node.scrollTop") == 0
    await page.click("#to-bottom")
    await page.wait_for_function(AT_BOTTOM)
    await expect(page.locator("#to-bottom")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 430])
async def test_nothing_is_wider_than_the_phone(page: Page, client: Client, person: int, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 640})
    await client.call("sendMessage", chat_id=person, text="很" * 200 + "longword" * 20)
    await send_card(client, person)
    await expect(page.locator(".bubble")).to_have_count(3)
    assert await page.evaluate("document.documentElement.scrollWidth") == width
    assert await page.locator("#chat").evaluate("node => node.scrollWidth <= node.clientWidth")
    for key in await page.locator("button.key").all():
        box = await key.bounding_box()
        assert box
        assert 0 <= box["x"] < box["x"] + box["width"] <= width
        assert await key.evaluate("node => node.scrollWidth <= node.clientWidth")


async def test_typing_is_shown_until_the_message_comes(page: Page, client: Client, person: int) -> None:
    await client.call("sendChatAction", chat_id=person, action="typing")
    await expect(page.locator("#status")).to_have_text("正在输入…")
    await client.call("sendMessage", chat_id=person, text="x")
    await expect(page.locator("#status")).to_have_text("机器人")


async def test_an_unanswered_tap_is_told_after_ten_seconds(page: Page, client: Client, person: int) -> None:
    await page.clock.install()
    await page.reload()
    await send_card(client, person)
    await page.locator("button.key", has_text="上一项").click()
    await page.clock.fast_forward(10_500)
    await expect(page.locator(".toast")).to_have_text("机器人没有响应")
    await expect(page.locator(".key.waiting")).to_have_count(0)
