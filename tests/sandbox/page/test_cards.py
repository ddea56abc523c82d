"""The bot's cards on the chat page in a real browser: their buttons, reading them, and reaching them by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.sandbox.page.browsing import BOARD, CARD, MARKS, PERSON, opened, send_card

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

    from sandbox.client import Client
    from sandbox.server import Running

AT_BOTTOM = """() => {
  const chat = document.querySelector("#chat");
  return chat.scrollHeight - chat.scrollTop - chat.clientHeight < 2;
}"""

pytestmark = MARKS


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


async def test_an_unanswered_tap_is_told_after_ten_seconds(running: Running, browser: Browser, client: Client) -> None:
    page = await browser.new_page()
    await page.clock.install()
    async with opened(running, page):
        running.controls.say(PERSON, "/start")
        await send_card(client, PERSON)
        await page.locator("button.key", has_text="上一项").click()
        await page.clock.fast_forward(10_500)
        await expect(page.locator(".toast")).to_have_text("机器人没有响应")
        await expect(page.locator(".key.waiting")).to_have_count(0)
    await page.close()


async def test_the_calls_behind_the_chat_can_be_seen(page: Page, client: Client, person: int) -> None:
    await client.call("sendMessage", chat_id=person, text="x", odd=1)
    await page.click("#more")
    await page.click("#more-menu .entry >> nth=1")
    entries = page.locator("#call-list li")
    await expect(entries).to_have_count(1)
    await expect(entries.locator("em")).to_have_text("未知参数: odd")
    await client.call("sendMessage", chat_id=person, text="")
    await expect(entries.first.locator("em").first).to_have_text("Bad Request: message text is empty")
    await entries.first.locator("summary").click()
    await expect(entries.first.locator("pre")).to_contain_text('"chat_id"')
    await page.click("#calls-close")
    await expect(page.locator("#calls")).to_be_hidden()


async def test_everything_can_be_reached_by_keys(page: Page, client: Client, person: int) -> None:
    await send_card(client, person)
    await expect(page.locator(".bubble.in")).to_have_count(1)
    await page.focus("#composer")
    await page.keyboard.press("ArrowUp")
    await expect(page.locator(".bubble.in")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await expect(page.locator("button.key", has_text="上一项")).to_be_focused()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowLeft")
    await page.keyboard.press("Enter")
    (update,) = (await client.call("getUpdates", timeout=5)).result
    assert update["callback_query"]["data"] == "back"
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("r")
    await expect(page.locator("#replying")).to_be_visible()
    await expect(page.locator("#composer")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator("#replying")).to_be_hidden()


async def test_an_edit_leaves_the_focus_where_it_was(page: Page, client: Client, person: int) -> None:
    card = await send_card(client, person)
    await page.locator("button.key", has_text="上一项").focus()
    await client.call("editMessageText", chat_id=person, message_id=card, text="改", reply_markup=BOARD)
    await expect(page.locator(".bubble.in .text")).to_contain_text("改")
    await expect(page.locator("button.key", has_text="上一项")).to_be_focused()


async def test_new_messages_are_read_out_with_who_speaks(page: Page, client: Client, person: int) -> None:
    await client.call("sendMessage", chat_id=person, text="新")
    log = page.get_by_role("log")
    await expect(log).to_have_attribute("aria-live", "polite")
    await expect(log.locator(".bubble.in .balloon")).to_contain_text("自查: 新")
