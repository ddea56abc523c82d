"""Evidence in the turn's transaction: the card of an item counts it at no further cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.cli.plain import labels
from bot.dialogue.evidence_intents import RemoveEvidence
from bot.dialogue.given import Sent, Tapped
from bot.dialogue.intents import Open
from bot.dialogue.position import Place, PlaceKind
from bot.evidence.kinds import Kind
from bot.evidence.sets import KeptFile
from bot.localization import Localizers
from storage.connection import hop

if TYPE_CHECKING:
    from bot.services.requests import Reply
    from tests.services.conftest import Desk

ITEM = Place(PlaceKind.ITEM, "2.1.10")
PAPER = KeptFile("ab" * 32, Kind.PDF, 1000, "a.pdf")
ZH = Localizers.load("Asia/Shanghai").of("zh_CN")


async def opened(desk: Desk, number: int) -> tuple[Reply, list[str]]:
    """The card of the item, drawn where the person is already, and the statements that it took."""
    await desk.give(Tapped(Open(ITEM), number))
    statements: list[str] = []
    await hop(desk.storage._connection, lambda connection: connection.set_trace_callback(statements.append))
    reply = await desk.give(Tapped(Open(ITEM), number))
    await hop(desk.storage._connection, lambda connection: connection.set_trace_callback(None))
    return reply, statements


@pytest.mark.sqlite  # it listens to the connection of the file
async def test_counting_the_sets_of_an_item_takes_no_statement(desk: Desk) -> None:
    number = await desk.begin()
    bare, before = await opened(desk, number)
    await desk.give(Sent(PAPER))
    counted, after = await opened(desk, number)
    assert bare.screen is not None
    assert counted.screen is not None
    assert ["佐证材料"] in labels(bare.screen, ZH)
    assert ["佐证材料（1）"] in labels(counted.screen, ZH)
    assert len(after) == len(before)
    assert not [each for each in after if each.startswith("select subject, value")]


async def test_a_set_that_was_taken_back_is_counted_no_more(desk: Desk) -> None:
    number = await desk.begin()
    await desk.give(Tapped(Open(ITEM), number))
    await desk.give(Sent(PAPER))
    await desk.give(Tapped(RemoveEvidence("2.1.10", 1, 1), number))
    reply = await desk.give(Tapped(Open(ITEM), number))
    assert reply.screen is not None
    assert ["佐证材料"] in labels(reply.screen, ZH)
