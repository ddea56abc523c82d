"""What is said in the chat page, and by whom, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.sandbox.page.browsing import MARKS, PERSON, send_card

if TYPE_CHECKING:
    from playwright.async_api import Page

    from sandbox.client import Client
    from sandbox.server import Running

SELECT = """node => {
  const words = document.createTreeWalker(node, NodeFilter.SHOW_TEXT).nextNode();
  getSelection().setBaseAndExtent(words, 4, words, 6);
}"""

pytestmark = MARKS


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


async def test_typing_is_shown_until_the_message_comes(page: Page, client: Client, person: int) -> None:
    await client.call("sendChatAction", chat_id=person, action="typing")
    await expect(page.locator("#status")).to_have_text("正在输入…")
    await client.call("sendMessage", chat_id=person, text="x")
    await expect(page.locator("#status")).to_have_text("机器人")


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


async def test_a_reaction_is_shown_on_its_message(page: Page, client: Client, person: int) -> None:
    thumb = [{"type": "emoji", "emoji": "👍"}]
    await expect(page.locator(".bubble.out")).to_have_count(1)
    await client.call("setMessageReaction", chat_id=person, message_id=1, reaction=thumb)
    await expect(page.locator(".bubble.out .reactions")).to_have_text("👍")
    await page.reload()
    await expect(page.locator(".bubble.out .reactions")).to_have_text("👍")
