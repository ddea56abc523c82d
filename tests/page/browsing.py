"""`zicha demo` as a process, and somebody who uses its page in a real browser."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from playwright.async_api import expect

from tests.http.bots import ZICHA

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Locator, Page

CHROMIUM: Final = shutil.which("chromium")
QUIET: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PHONE: Final = {"width": 390, "height": 844}
_ADDRESS: Final = re.compile(r"http://127\.0\.0\.1:\d+/")
_INVITATION: Final = re.compile(r"(/start \S+) .* (\d{6})")


class Demo:
    """`zicha demo` on a free port; `address` is the page's."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._process: asyncio.subprocess.Process | None = None
        self.address = ""

    async def __aenter__(self) -> Self:
        arguments = (str(ZICHA), "demo", "--port", "0", "--data", str(self._data))
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ZICHA_")}
        self._process = await asyncio.create_subprocess_exec(
            *arguments, env=environment, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE
        )
        self.address = (await self._said(_ADDRESS))[0]
        return self

    async def invitation(self) -> tuple[str, str]:
        """What to send in order to join the station, and its code; the head's first."""
        found = await self._said(_INVITATION)
        return found[1], found[2]

    async def _said(self, what: re.Pattern[str]) -> re.Match[str]:
        """Read its lines up to one like that."""
        assert self._process is not None
        assert self._process.stdout is not None
        async with asyncio.timeout(20):
            while line := (await self._process.stdout.readline()).decode():
                if found := what.search(line):
                    return found
        raise AssertionError("zicha demo ended")

    async def __aexit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(self._process.wait(), 20) == 0


@dataclass
class Visitor:
    """Reads the newest card and taps its buttons."""

    page: Page

    @property
    def card(self) -> Locator:
        """The newest card with buttons."""
        return self.page.locator(".bubble.in:has(.keyboard)").last

    async def text(self) -> str:
        """What the card says, without its time."""
        return await self.card.locator(".text").evaluate(
            "node => [...node.childNodes].filter(one => !one.classList?.contains('stamp'))"
            ".map(one => one.textContent).join('')"
        )

    async def labels(self) -> list[str]:
        """What is on its buttons."""
        return await self.card.locator("button.key").all_inner_texts()

    async def tap(self, label: str) -> None:
        """Tap the first button that has those words, and wait until it has answered and the card has changed."""
        before = await self.card.inner_html()
        await self.card.locator("button.key", has_text=label).first.click()
        await self.page.wait_for_function(
            "before => { const cards = [...document.querySelectorAll('.bubble.in')].filter(one => "
            "one.querySelector('.keyboard')); return cards.at(-1).innerHTML !== before "
            "&& !document.querySelector('.key.waiting'); }",
            arg=before,
        )

    async def type(self, words: str) -> None:
        """Type words and wait for a new card."""
        cards = self.page.locator(".bubble.in")
        count = await cards.count()
        await self.page.fill("#composer", words)
        await self.page.press("#composer", "Enter")
        await expect(cards).to_have_count(count + 1)

    async def answer_well(self) -> str:
        """Tap what a station without a fault would; returns the label."""
        labels = await self.labels()
        label = next(each for each in labels if _GOOD.search(each))
        await self.tap(label)
        return label


async def join(page: Page, demo: Demo) -> Visitor:
    """The head opens the demo's page, and joins its station."""
    await page.goto(demo.address)
    visitor, (words, code) = Visitor(page), await demo.invitation()
    await page.fill("#composer", words)
    await page.press("#composer", "Enter")
    await expect(visitor.card).to_contain_text("您的身份：负责人")
    await visitor.tap("同意")
    await visitor.type(code)
    await visitor.type("吉主任")
    return visitor


_GOOD: Final = re.compile(r"逐项核对过|（\d+分）$|（不属于此情形）$")
