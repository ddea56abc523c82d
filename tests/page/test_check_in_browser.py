"""The check in the demo: somebody follows its buttons from a dozen contradictions until none is left."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest
from playwright.async_api import expect

from tests.page.browsing import CHROMIUM, Demo, Visitor, join
from tests.page.planting import plant

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Page

pytestmark = [
    pytest.mark.slow,
    pytest.mark.sqlite,  # the demonstration brings its own file
    pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="chromium is not installed"),
]

NEXT: Final = "[下一条"
EXPLAINED: Final = "按县里规定办理，县财政局有文件"


def route(year: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What somebody reads on a card, and then does: "[" before a label that is tapped, words that are typed."""
    cook = "中式烹调师"
    return (
        ("评估表有1项没有填", ("[1 去补正", "[有责任书")),
        ("伪造证书信息", ("[证书信息都真实", NEXT)),
        ("整改措施 2.1.10", ("[开始写", "没有制定", "人员变动", "制定并演练", "吉某", f"{year + 1}年5月31日", NEXT)),
        ("整改措施 ⑸", (NEXT,)),
        ("邮编", ("615000", NEXT)),
        ("国徽", ("[使用合规", NEXT)),
        ("逐个职业查对", (NEXT,)),
        ("变更", ("人事调整", f"{year - 1}年9月1日", NEXT)),
        ("鉴定过保育员，许可证的鉴定范围里没有", ("[近3年鉴定情况第2行", "[职业（工种）", cook, NEXT)),
        ("保育员", ("[考评人员第1行", "[考评职业（工种）", cook, NEXT)),
        ("情形⑸", ("[情形⑸", "[没有发生过", "当时看错了", NEXT)),
        ("管理人员", ("[写明情况", EXPLAINED)),
        ("已写明", ("[2 核对", "[督导人员", "[加一行", "赵某", "本科", "高级讲师", cook, "州鉴定中心", NEXT)),
        ("财政专户", ("[写明情况", EXPLAINED)),
        ("已写明", ("[3 核对", "[考评人员第1行", "[聘任期限", f"{year - 1}-03-01 至 {year + 2}-02-28", NEXT)),
        ("许可证有效期已过", ("[许可证有效期", f"{year - 3}-05-01 至 {year + 1}-04-30")),
    )


async def begin(page: Page, demo: Demo) -> None:
    """The head joins the demo's station, and begins its self-assessment."""
    visitor = await join(page, demo)
    await visitor.tap("开始自查自评")


async def follow(visitor: Visitor, what: str) -> None:
    """Tap what stands behind "[", or type."""
    if what.startswith("["):
        await visitor.tap(what.removeprefix("["))
    else:
        await visitor.type(what)


async def test_the_check_leads_from_a_dozen_contradictions_to_none(page: Page, tmp_path: Path) -> None:
    async with Demo(tmp_path) as demo:
        await begin(page, demo)
    await asyncio.to_thread(plant, tmp_path)
    async with Demo(tmp_path) as demo:
        await page.goto(demo.address)
        visitor = Visitor(page)
        await expect(visitor.card).to_be_visible()
        await visitor.type("/check")
        assert "须补正8条，请核对12条，" in await visitor.text()
        for read, actions in route(datetime.now(UTC).year):
            assert read in await visitor.text()
            for each in actions:
                await follow(visitor, each)
        await visitor.tap("回到核对清单")
        assert "须补正0条，请核对2条（其中2条已写明情况）" in await visitor.text()
        assert "没有须补正的了" in await visitor.text()
