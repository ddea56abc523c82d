"""The QR code of an invitation: sent with its link, over real HTTP, to whoever made it and while it opens anything."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import segno
from PIL import Image

from bot.services.documents import Errand
from bot.services.pictures import KIND, SendsPictures, drawn
from bot.services.ports import OwedReply
from bot.services.requests import Reply
from bot.stations.invitations import LIVES, digest
from bot.stations.model import InvitationState
from tests.handlers.harness import Harness, calls, now
from tests.storage.test_contract_stations import invitation

if TYPE_CHECKING:
    from bot.services.ports import Storage, Transaction
    from bot.stations.model import Invitation
    from sandbox.server import Running

MANAGER = 5_000_101
WORDS = "w" * 43
LINK = f"https://t.me/a_bot?start=j_{WORDS}"
SENDS = SendsPictures(lambda: "a_bot", now)


def open_one(tx: Transaction) -> Invitation:
    """An invitation that nobody has opened."""
    fresh = {"digest": digest(WORDS), "opened_by": None, "created_at": now(), "expires_at": now() + LIVES}
    return invitation(tx, **fresh)


def is_drawn(tx: Transaction, sends: SendsPictures, person: int, words: str = WORDS) -> bool:
    """Whether a picture is made for that person."""
    return sends(tx, Errand.of(f"{KIND}:{words}", person, "zh_CN")) is not None


def test_the_picture_holds_the_link_and_a_quiet_border() -> None:
    image = Image.open(BytesIO(drawn(LINK))).convert("1")
    matrix = [bytes(row) for row in segno.make(LINK, error="m", micro=False).matrix_iter(border=4)]
    dot = image.width // len(matrix)
    assert image.size == (len(matrix) * dot,) * 2
    middles = range(dot // 2, image.width, dot)
    assert [bytes(image.getpixel((x, y)) == 0 for x in middles) for y in middles] == matrix


async def test_a_picture_of_the_link_is_sent_and_its_words_stay_nowhere(running: Running, storage: Storage) -> None:
    running.controls.say(MANAGER, "hello")
    made = await storage.run(open_one)
    harness = Harness(running, storage, builders={KIND: SENDS})
    async with harness:

        def owe(tx: Transaction) -> Reply:
            owed = OwedReply(MANAGER, made.by or 0, draws=False, document=f"{KIND}:{WORDS}")
            return Reply(tx.owe(owed, now()), owed, None, None, "zh_CN")

        harness.outgoing.post(await harness.storage.run(owe))
        async with asyncio.timeout(20):
            while await harness.storage.run(lambda tx: tx.owed()):  # noqa: ASYNC110 - only the database knows
                await asyncio.sleep(0.01)
    assert len(calls(running, "sendPhoto")) == 1
    [photo] = [each for each in running.sandbox.world.chats[MANAGER].messages.values() if "photo" in each]
    files = running.sandbox.world.files
    assert files.content(files.find(photo["photo"][-1]["file_id"])) == drawn(LINK)
    assert "一个人用一次" in photo["caption"]


async def test_nobody_but_the_maker_is_shown_it(storage: Storage) -> None:
    made = await storage.run(open_one)
    assert await storage.run(lambda tx: is_drawn(tx, SENDS, made.by or 0))
    other = await storage.run(lambda tx: tx.person(200, now()).id)
    assert not await storage.run(lambda tx: is_drawn(tx, SENDS, other))


@pytest.mark.parametrize("state", [each for each in InvitationState if each is not InvitationState.OPEN])
async def test_one_that_opens_nothing_any_more_is_not_drawn(storage: Storage, state: InvitationState) -> None:
    made = await storage.run(open_one)
    await storage.run(lambda tx: tx.save_invitation(replace(made, state=state)))
    assert not await storage.run(lambda tx: is_drawn(tx, SENDS, made.by or 0))


async def test_one_that_has_expired_or_has_no_link_is_not_drawn(storage: Storage) -> None:
    made = await storage.run(open_one)
    later, nameless = SendsPictures(lambda: "a_bot", lambda: now() + LIVES), SendsPictures(str, now)
    assert not await storage.run(lambda tx: is_drawn(tx, later, made.by or 0))
    assert not await storage.run(lambda tx: is_drawn(tx, nameless, made.by or 0))
    assert not await storage.run(lambda tx: is_drawn(tx, SENDS, made.by or 0, "x" * 43))
