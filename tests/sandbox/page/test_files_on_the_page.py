"""Files given to the chat page in a real browser, and files of the bot on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
from playwright.async_api import expect

from sandbox.images import stand_in
from tests.sandbox.page.browsing import MARKS

if TYPE_CHECKING:
    from playwright.async_api import FilePayload, Page

    from sandbox.client import Client
    from sandbox.server import Running

DROP = """() => {
  const files = new DataTransfer();
  files.items.add(new File(["x"], "报告.txt", { type: "text/plain" }));
  for (const type of ["dragenter", "dragover", "drop"]) {
    document.querySelector("#chat").dispatchEvent(new DragEvent(type, { dataTransfer: files, bubbles: true }));
  }
}"""

pytestmark = MARKS


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
