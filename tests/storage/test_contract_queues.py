"""What every Storage promises about updates that came and replies that are owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.services.ports import NoticeText, OutboxRow, OwedReply
from tests.storage.builders import NOW, later, reply, update

if TYPE_CHECKING:
    from bot.services.ports import Storage


async def test_a_hundred_copies_of_an_update_are_taken_once(storage: Storage) -> None:
    first = await storage.run(lambda tx: tx.accept([update(5)] * 50, NOW))
    again = await storage.run(lambda tx: tx.accept([update(5)] * 50, later(9)))
    assert [row.update for row in first] == [update(5)]
    assert again == []
    assert await storage.run(lambda tx: tx.waiting()) == first


async def test_the_same_number_with_another_text_is_another_update(storage: Storage) -> None:
    """After a week without updates, Telegram's numbers begin anew at random."""
    await storage.run(lambda tx: tx.accept([update(5)], NOW))
    assert len(await storage.run(lambda tx: tx.accept([update(5, b"{}")], NOW))) == 1


async def test_a_number_lower_than_all_before_is_taken(storage: Storage) -> None:
    await storage.run(lambda tx: tx.accept([update(500)], NOW))
    await storage.run(lambda tx: tx.accept([update(3)], NOW))
    assert [row.update.update_id for row in await storage.run(lambda tx: tx.waiting())] == [500, 3]


async def test_a_copy_of_a_finished_update_is_still_known(storage: Storage) -> None:
    [row] = await storage.run(lambda tx: tx.accept([update(5)], NOW))
    await storage.run(lambda tx: tx.finish(row.id, NOW))
    assert await storage.run(lambda tx: tx.waiting()) == []
    assert await storage.run(lambda tx: tx.accept([update(5)], NOW)) == []


async def test_failures_are_counted_until_the_update_is_set_aside(storage: Storage) -> None:
    rows = await storage.run(lambda tx: tx.accept([update(5), update(6)], NOW))
    assert [await storage.run(lambda tx: tx.count_failure(rows[0].id)) for _ in range(3)] == [1, 2, 3]
    assert [row.attempts for row in await storage.run(lambda tx: tx.waiting())] == [3, 0]
    await storage.run(lambda tx: tx.quarantine(rows[0].id, "A7K2", NOW))
    assert [row.id for row in await storage.run(lambda tx: tx.waiting())] == [rows[1].id]


@pytest.mark.parametrize(
    "owed",
    [
        OwedReply(2**52, 1),
        OwedReply(1, 1, "99", 12, NoticeText("notice.recorded", b'{"item":"1.1.1"}', alert=True), draws=False),
    ],
)
async def test_an_owed_reply_is_read_as_it_was_stored(storage: Storage, owed: OwedReply) -> None:
    await storage.run(lambda tx: tx.person(100, NOW))
    number = await storage.run(lambda tx: tx.owe(owed, NOW))
    assert await storage.run(lambda tx: tx.owed()) == [OutboxRow(number, owed)]


async def test_a_settled_reply_is_gone_and_its_number_never_comes_back(storage: Storage) -> None:
    numbers = [await storage.run(lambda tx: tx.owe(reply(tx), NOW)) for _ in range(3)]
    await storage.run(lambda tx: tx.settle(numbers))
    await storage.run(lambda tx: tx.settle(numbers))
    assert await storage.run(lambda tx: tx.owed()) == []
    assert await storage.run(lambda tx: tx.owe(reply(tx), NOW)) > max(numbers)


async def test_a_postponed_reply_says_until_when(storage: Storage) -> None:
    numbers = [await storage.run(lambda tx: tx.owe(reply(tx), NOW)) for _ in range(2)]
    await storage.run(lambda tx: tx.postpone(numbers[:1], later(35)))
    assert [row.not_before for row in await storage.run(lambda tx: tx.owed())] == [later(35), None]
