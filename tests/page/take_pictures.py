"""`python -m tests.page.take_pictures`: the pictures of the README, taken from `zicha demo` as a phone shows it."""

from __future__ import annotations

import asyncio
import base64
import struct
import sys
import tempfile
import zlib
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.async_api import async_playwright

from tests.page.browsing import CHROMIUM, PHONE, QUIET, Demo, Visitor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Page

FOLDER: Final = Path(__file__).parents[2] / "docs" / "pictures"
LARGEST: Final = 250_000


async def take() -> None:
    """Walk a practice run and take a picture at each card that the README shows."""
    with tempfile.TemporaryDirectory() as data:
        async with Demo(Path(data)) as demo, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            page = await browser.new_page(viewport=PHONE, device_scale_factor=2, locale="zh-CN", color_scheme="light")
            await page.goto(demo.address)
            await page.click("#start")
            await page.wait_for_selector(".keyboard")
            await _walk(page)
            await browser.close()


async def _walk(page: Page) -> None:
    visitor = Visitor(page)
    await visitor.tap("试填")
    await visitor.answer_well()
    await visitor.answer_well()
    await visitor.tap("3")
    await _shoot(page, "group-card")
    await visitor.answer_well()
    await visitor.type("有一项制度还没有上墙，四月底前补齐。")
    await visitor.answer_well()
    await visitor.type("5.2.1")
    await _shoot(page, "item-card")
    await visitor.type("5.1.1")
    await visitor.tap("正好3个")
    await visitor.type("三处照明坏了，已报修，四月底前换好。")
    await visitor.type("/score")
    await _shoot(page, "score", from_its_top=True)
    await visitor.type("/veto")
    await visitor.tap("⑹")
    await visitor.tap("（属于此情形）")
    await _shoot(page, "veto-confirm")


async def _shoot(page: Page, name: str, *, from_its_top: bool = False) -> None:
    """Take the newest card, from its last button upwards or, when it is longer than a phone, from its top."""
    await page.wait_for_timeout(400)
    await page.locator(".toast").evaluate_all("nodes => nodes.forEach(node => node.remove())")
    await page.locator("#chat").evaluate("node => node.scrollTo(0, node.scrollHeight)")
    if from_its_top:
        await page.locator(".bubble").last.evaluate("node => node.scrollIntoView({ block: 'start' })")
    await page.wait_for_timeout(200)
    path = FOLDER / f"{name}.png"
    path.write_bytes(await _fewer_colours(page, await page.screenshot()))
    size = path.stat().st_size
    sys.stdout.write(f"{path.name}  {size // 1000} kB\n")
    assert size < LARGEST, f"{path.name} is too large"


async def _fewer_colours(page: Page, picture: bytes) -> bytes:
    """The same picture as a PNG with a palette, which is a third of the size and looks alike."""
    width, height, data = await page.evaluate(_PIXELS, base64.b64encode(picture).decode())
    channels = base64.b64decode(data.partition(",")[2])
    pixels = list(zip(channels[::4], channels[1::4], channels[2::4], strict=True))
    rounded = {pixel: tuple(min(255, (value + 4) // 8 * 8) for value in pixel) for pixel in set(pixels)}
    common = [colour for colour, _ in Counter(map(rounded.__getitem__, pixels)).most_common(256)]
    nearest = {colour: min(range(len(common)), key=partial(_distance, common, colour)) for colour in rounded.values()}
    index = {pixel: nearest[colour] for pixel, colour in rounded.items()}
    flat = bytes(index[pixel] for pixel in pixels)
    lines = b"".join(b"\0" + flat[start : start + width] for start in range(0, len(flat), width))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    palette = bytes(value for colour in common for value in colour)
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in chunks)


def _distance(common: Sequence[tuple[int, ...]], colour: tuple[int, ...], number: int) -> int:
    return sum((one - other) ** 2 for one, other in zip(common[number], colour, strict=True))


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


_PIXELS: Final = """async data => {
  const image = new Image();
  image.src = `data:image/png;base64,${data}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const brush = canvas.getContext("2d");
  brush.drawImage(image, 0, 0);
  const blob = new Blob([brush.getImageData(0, 0, image.width, image.height).data]);
  const read = await new Promise(done => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(blob);
  });
  return [image.width, image.height, read];
}"""


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    asyncio.run(take())
