"""The page's sheets as PNG files, taken by a headless Chromium."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from pathlib import Path


def take(page: Path, folder: Path) -> int:
    """Take one picture of each sheet; returns how many. Uses the system's Chromium, or else Playwright's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": 2500, "height": 1200})
        view.goto(page.resolve().as_uri())
        sheets = view.locator(".sheet").all()
        for sheet in sheets:
            sheet.screenshot(path=folder / f"{sheet.get_attribute('data-name')}.png")
        browser.close()
    return len(sheets)
