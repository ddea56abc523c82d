"""`zicha demo` in a real browser: a practice run to its end, card by card, and found again after a restart."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.page.browsing import CHROMIUM, Demo, Visitor, join

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Page

pytestmark = [
    pytest.mark.slow,
    pytest.mark.sqlite,  # the demonstration brings its own file
    pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="chromium is not installed"),
]

MOST_ACTIONS = 30


async def begun(page: Page, demo: Demo) -> Visitor:
    """The page is open and a practice run is begun."""
    await page.goto(demo.address)
    await page.click("#start")
    visitor = Visitor(page)
    await expect(visitor.card).to_contain_text("职业技能鉴定站（所）自查")
    await visitor.tap("试填")
    return visitor


async def test_a_practice_run_by_group_cards_to_the_end(page: Page, tmp_path: Path) -> None:
    async with Demo(tmp_path) as demo:
        visitor = await begun(page, demo)
        assert "7项逐项核对过，都未发现问题（11分）" in await visitor.labels()
        actions = 0
        while "61/61" not in (await visitor.text()) and "直接列为不合格的情形" not in (await visitor.text()):
            await visitor.answer_well()
            actions += 1
            assert actions <= MOST_ACTIONS
        for _ in range(6):
            assert "直接列为不合格的情形" in await visitor.text()
            await visitor.answer_well()
            actions += 1
        assert actions <= MOST_ACTIONS
        await visitor.type("/score")
        score = await visitor.text()
        assert "自评得分 100分" in score
        assert "已填61项，共61项" in score
        assert "自评达到60分" in score


async def test_single_cards_and_back_and_a_restart_of_everything(page: Page, tmp_path: Path) -> None:
    async with Demo(tmp_path) as demo:
        visitor = await begun(page, demo)
        await visitor.tap("一项一项填")
        assert "第1项，共61项" in await visitor.text()
        for number in (2, 3, 4):
            await visitor.answer_well()
            assert f"第{number}项，共61项" in await visitor.text()
        await expect(page.locator(".toast")).to_contain_text("已填3/61")
        await visitor.tap("按组填")
        assert "4项逐项核对过，未发现问题" in "".join(await visitor.labels())
        before, labels = await visitor.text(), await visitor.labels()
    async with Demo(tmp_path) as demo:
        await page.goto(demo.address)
        visitor = Visitor(page)
        await expect(visitor.card).to_be_visible()
        assert (await visitor.text(), await visitor.labels()) == (before, labels)
        await visitor.answer_well()
        await visitor.type("/score")
        assert "已填7项，共61项" in await visitor.text()


async def test_the_head_joins_and_the_link_that_is_to_be_passed_on_opens_in_the_chat(
    page: Page, tmp_path: Path
) -> None:
    async with Demo(tmp_path) as demo:
        visitor = await join(page, demo)
        assert "吉主任，您已加入。" in await visitor.text()
        await visitor.tap("本站人员")
        await visitor.tap("邀请填报人员")
        await expect(page.locator(".bubble.in img").last).to_be_visible()  # the QR code moves what stands around it
        await page.wait_for_function("[...document.images].every(image => image.complete)")
        await page.locator(".bubble.in .text a", has_text="?start=").click()
        await expect(page.locator(".bubble.out").last).to_contain_text("/start j_")
        await expect(visitor.card).to_contain_text("这是您自己发出的邀请")
