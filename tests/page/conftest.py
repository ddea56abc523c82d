"""A phone to walk the demonstration on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import async_playwright

from tests.page.browsing import CHROMIUM, PHONE, QUIET

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """A phone; an error on the page fails the test."""
    troubles: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        opened = await browser.new_page(viewport=PHONE)
        opened.on("pageerror", lambda error: troubles.append(str(error)))
        yield opened
        await browser.close()
    assert not troubles
