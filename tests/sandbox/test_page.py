"""The chat page in a real browser."""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import TYPE_CHECKING

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Error, Page, async_playwright, expect

from sandbox.client import Client
from sandbox.images import stand_in
from sandbox.server import Running, start

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import FilePayload

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
CONNECTED = "document.querySelector('#status').textContent === '机器人'"
AT_BOTTOM = """() => {
  const chat = document.querySelector("#chat");
  return chat.scrollHeight - chat.scrollTop - chat.clientHeight < 2;
}"""
DROP = """() => {
  const files = new DataTransfer();
  files.items.add(new File(["x"], "报告.txt", { type: "text/plain" }));
  for (const type of ["dragenter", "dragover", "drop"]) {
    document.querySelector("#chat").dispatchEvent(new DragEvent(type, { dataTransfer: files, bubbles: true }));
  }
}"""
SELECT = """node => {
  const words = document.createTreeWalker(node, NodeFilter.SHOW_TEXT).nextNode();
  getSelection().setBaseAndExtent(words, 4, words, 6);
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


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def tab(browser: Browser) -> Page:
    """One tab for all tests, since opening one takes longer than most of them."""
    return await browser.new_page()


@pytest_asyncio.fixture(loop_scope="module")
async def page(running: Running, tab: Page) -> AsyncIterator[Page]:
    """The page on a phone, as the station manager, with nothing said yet."""
    async with opened(running, tab):
        yield tab


@contextlib.asynccontextmanager
async def opened(running: Running, tab: Page) -> AsyncIterator[None]:
    """Open the page anew in a tab; an error on it fails the test."""
    running.controls.reset()
    troubles: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            troubles.append(message.text)

    def note_error(error: Error) -> None:
        troubles.append(str(error))

    tab.on("console", note)
    tab.on("pageerror", note_error)
    await tab.set_viewport_size({"width": 390, "height": 844})
    await tab.goto(f"{running.url}/?person={PERSON}")
    await tab.wait_for_function(CONNECTED)
    yield
    await tab.evaluate("sessionStorage.clear()")
    tab.remove_listener("console", note)
    tab.remove_listener("pageerror", note_error)
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


async def test_a_link_to_the_bot_itself_starts_it_in_its_own_chat(
    page: Page, running: Running, client: Client, person: int
) -> None:
    name = (await client.call("getMe")).result["username"]
    group = running.controls.group("站里的群", [person])["id"]
    address = f"https://t.me/{name.upper()}?start=j_Secret-1"
    board = {"inline_keyboard": [[{"text": "打开", "url": f"tg://resolve?domain={name}&start=s"}]]}
    await client.call("sendMessage", chat_id=group, text=f"点开：{address}", reply_markup=board)
    for opening, words in ((".text a", "/start j_Secret-1"), ("button.key.link", "/start s")):
        await page.select_option("#persona", f"{person}@{group}")
        await page.locator(opening).click()
        await expect(page.locator("#persona")).to_have_value(str(person))
        await expect(page.locator(".bubble.out .text").last).to_contain_text(words)
    heard = [update["message"] for update in (await client.call("getUpdates")).result if "message" in update]
    assert [each["text"] for each in heard if each["chat"]["id"] == person] == ["/start j_Secret-1", "/start s"]
    assert len(page.context.pages) == 1


async def test_a_link_to_another_bot_is_left_to_the_browser(page: Page, client: Client, person: int) -> None:
    await client.call("sendMessage", chat_id=person, text="https://t.me/another_bot?start=x")
    await page.evaluate(
        "addEventListener('click', event => { window.left = !event.defaultPrevented; event.preventDefault(); })"
    )
    await page.locator(".in .text a").click()
    await page.wait_for_function("window.left !== undefined")
    assert await page.evaluate("window.left")
    assert (await client.call("getUpdates")).result == []


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


async def test_picked_files_are_sent_with_what_was_written(page: Page, client: Client, person: int) -> None:
    small, _, _ = stand_in(300, 200)
    picked: list[FilePayload] = [
        {"name": "许可证.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"},
        {"name": "现场.png", "mimeType": "image/png", "buffer": small},
    ]
    await page.set_input_files("#picker", picked)
    await expect(page.locator("#picked .name")).to_have_text(["许可证.pdf", "现场.png"])
    await page.fill("#composer", "佐证")
    await page.click("#send")
    await expect(page.locator(".bubble.out img")).to_have_js_property("complete", value=True)
    await expect(page.locator(".bubble.out .file .name")).to_have_text("许可证.pdf")
    await expect(page.locator("#tray")).to_be_hidden()
    messages = (await client.look("chat", person=person))["messages"][1:]
    assert [one.get("caption") for one in messages] == ["佐证", None]
    assert "photo" in messages[0]


async def test_a_picture_may_be_sent_as_a_file(page: Page, client: Client, person: int) -> None:
    small, _, _ = stand_in(300, 200)
    await page.set_input_files("#picker", [{"name": "a.png", "mimeType": "image/png", "buffer": small}])
    await page.check("#as-files")
    await page.click("#send")
    await expect(page.locator(".bubble.out .file .name")).to_have_text("a.png")
    assert (await client.look("chat", person=person))["messages"][-1]["document"]["file_name"] == "a.png"


async def test_dropped_files_wait_in_the_tray_and_can_be_removed(page: Page) -> None:
    await page.evaluate(DROP)
    await expect(page.locator("#picked .name")).to_have_text("报告.txt")
    await expect(page.locator("#drop")).to_be_hidden()
    await page.click("#picked button")
    await expect(page.locator("#tray")).to_be_hidden()
    await expect(page.locator("#send")).to_be_disabled()


async def test_a_document_of_the_bot_can_be_opened(page: Page, client: Client, running: Running, person: int) -> None:
    held = running.controls.attach(person, [{"name": "报告.txt", "content": "得分".encode()}])
    held_id = held["message"]["document"]["file_id"]
    await client.call("sendDocument", chat_id=person, document=held_id, caption="<b>好</b>", parse_mode="HTML")
    await expect(page.locator(".bubble.in .text b")).to_have_text("好")
    address = await page.locator(".bubble.in .file").get_attribute("href")
    async with aiohttp.ClientSession(running.url) as session, session.get(str(address)) as response:
        assert await response.text() == "得分"


async def test_a_reply_quotes_what_is_selected(page: Page, client: Client, person: int) -> None:
    await client.call("sendMessage", chat_id=person, text="现场查看场地照明")
    bubble = page.locator(".bubble.in")
    await bubble.locator(".text").evaluate(SELECT)
    await bubble.hover()
    await bubble.locator(".reply-button").click()
    await expect(page.locator("#reply-text")).to_have_text("场地")
    await page.fill("#composer", "哪里？")
    await page.press("#composer", "Enter")
    await expect(page.locator(".bubble.out .reply.quoting span")).to_have_text("场地")
    await expect(page.locator("#replying")).to_be_hidden()
    said = (await client.look("chat", person=person))["messages"][-1]
    assert said["quote"]["text"] == "场地"


async def test_results_are_offered_while_the_bots_name_is_written(page: Page, client: Client, person: int) -> None:
    await page.fill("#composer", "@zicha_sandbox_bot 评分")
    (update,) = (await client.call("getUpdates", timeout=5)).result
    inline = update["inline_query"]
    content = {"message_text": "得分 87"}
    result = {"type": "article", "id": "1", "title": "第一站", "description": "87 分", "input_message_content": content}
    button = {"text": "绑定鉴定站", "start_parameter": "bind"}
    await client.call("answerInlineQuery", inline_query_id=inline["id"], results=[result], button=button)
    assert inline["query"] == "评分"
    await expect(page.locator("#results .entry")).to_have_text(["绑定鉴定站", "第一站87 分"])
    await page.press("#composer", "ArrowUp")
    await page.keyboard.press("Enter")
    await expect(page.locator(".bubble.out .via")).to_have_text("通过 @zicha_sandbox_bot")
    await expect(page.locator("#composer")).to_have_value("")
    await page.fill("#composer", "@zicha_sandbox_bot 评分")
    await page.locator("#results .start").click()
    await expect(page.locator(".bubble.out").last).to_contain_text("/start bind")
    assert len((await client.look("chat", person=person))["messages"]) == 3


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


async def test_a_reaction_is_shown_on_its_message(page: Page, client: Client, person: int) -> None:
    thumb = [{"type": "emoji", "emoji": "👍"}]
    await expect(page.locator(".bubble.out")).to_have_count(1)
    await client.call("setMessageReaction", chat_id=person, message_id=1, reaction=thumb)
    await expect(page.locator(".bubble.out .reactions")).to_have_text("👍")
    await page.reload()
    await expect(page.locator(".bubble.out .reactions")).to_have_text("👍")
