"""One sandbox, one browser and one tab for each module, since opening them takes longer than most tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from sandbox.client import Client
from sandbox.server import Running, start
from tests.sandbox.page.browsing import CHROMIUM, opened

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


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
    return await browser.new_page()


@pytest_asyncio.fixture(loop_scope="module")
async def page(running: Running, tab: Page) -> AsyncIterator[Page]:
    """The page on a phone, as the station manager, with nothing said yet."""
    async with opened(running, tab):
        yield tab
