"""The chat page opened in a browser, and a card of the bot's on it."""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import ConsoleMessage, Error, Page

    from sandbox.client import Client
    from sandbox.server import Running

CHROMIUM: Final = shutil.which("chromium")
PERSON: Final = 5_000_101
BOARD: Final = {
    "inline_keyboard": [
        [{"text": "符合要求（2分）", "callback_data": "full", "style": "success"}],
        [
            {"text": "上一项", "callback_data": "back"},
            {"text": "正好3个一般性问题（0–1分，待审定），请在现场看过以后再选", "callback_data": "long"},
        ],
    ]
}
CARD: Final = "<b>5.1.1</b>　第33项\n<blockquote>现场查看。</blockquote>\n<i>白话</i>"
MARKS: Final = [
    pytest.mark.slow,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="chromium is not installed"),
]
"""What every module of tests on the page is marked with."""

_CONNECTED: Final = "document.querySelector('#status').textContent === '机器人'"


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
    await tab.wait_for_function(_CONNECTED)
    yield
    await tab.evaluate("sessionStorage.clear()")
    tab.remove_listener("console", note)
    tab.remove_listener("pageerror", note_error)
    assert troubles == []


async def send_card(client: Client, person: int, text: str = CARD) -> int:
    """The bot sends a card with buttons; its number."""
    sent = await client.call("sendMessage", chat_id=person, text=text, parse_mode="HTML", reply_markup=BOARD)
    return int(sent.result["message_id"])
