"""What every Storage promises about who works on what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.errors import ClaimLostError
from tests.storage.builders import NOW, later, reply, update

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.services.ports import InboxRow, Storage, Transaction


async def _claim(storage: Storage, limit: int = 10) -> list[int]:
    return [row.update.update_id for row in await storage.run(lambda tx: tx.claim(limit))]


async def test_updates_are_claimed_once_oldest_first_and_no_more_than_asked(storage: Storage) -> None:
    await storage.run(lambda tx: tx.accept([update(number, sender=number) for number in (5, 3, 9)], NOW))
    assert await _claim(storage, 2) == [5, 3]
    assert await _claim(storage, 2) == [9]
    assert await _claim(storage, 2) == []


async def test_all_updates_of_one_person_can_be_claimed_by_the_same_process_in_order(storage: Storage) -> None:
    await storage.run(lambda tx: tx.accept([update(number) for number in range(5)], NOW))
    claimed: list[int] = []
    while more := await _claim(storage):
        claimed += more
    assert claimed == [0, 1, 2, 3, 4]


async def test_a_claimed_update_is_still_waiting_and_its_failures_are_counted(storage: Storage) -> None:
    [row] = await storage.run(lambda tx: tx.accept([update(1)], NOW))
    await _claim(storage)
    assert await storage.run(lambda tx: tx.count_failure(row.id)) == 1
    assert [each.attempts for each in await storage.run(lambda tx: tx.waiting())] == [1]


@pytest.mark.parametrize(
    "end", [lambda tx, row: tx.finish(row.id, NOW), lambda tx, row: tx.quarantine(row.id, "A7K2", NOW)]
)
async def test_an_update_is_done_with_once(storage: Storage, end: Callable[[Transaction, InboxRow], None]) -> None:
    [row] = await storage.run(lambda tx: tx.accept([update(1)], NOW))
    await storage.run(lambda tx: end(tx, row))
    for again in (lambda tx: end(tx, row), lambda tx: tx.finish(row.id, NOW), lambda tx: tx.count_failure(row.id)):
        with pytest.raises(ClaimLostError):
            await storage.run(again)


async def test_what_is_owed_is_in_the_work_of_who_owes_it(storage: Storage) -> None:
    await storage.run(lambda tx: tx.owe(reply(tx), NOW))
    assert await storage.run(lambda tx: tx.claim_owed(10)) == []
    assert len(await storage.run(lambda tx: tx.owed())) == 1


async def test_the_longest_wait_that_telegram_asked_for_is_known(storage: Storage) -> None:
    assert await storage.run(lambda tx: tx.held_until()) is None
    numbers = [await storage.run(lambda tx: tx.owe(reply(tx), NOW)) for _ in range(2)]
    await storage.run(lambda tx: tx.postpone(numbers[:1], later(35)))
    await storage.run(lambda tx: tx.postpone(numbers[1:], later(5)))
    assert await storage.run(lambda tx: tx.held_until()) == later(35)
