"""What every Storage promises about transactions."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import TYPE_CHECKING

import pytest

from bot.errors import StorageUnavailableError
from tests.storage.builders import NOW, answer, begin, update

if TYPE_CHECKING:
    from bot.services.ports import Storage, Transaction


MORE_THAN_RUN_AT_ONCE = 8


class _RefusedError(Exception):
    pass


def _fail(tx: Transaction, number: int) -> None:
    tx.accept([update(number)], NOW)
    raise _RefusedError


async def _numbers(storage: Storage) -> list[int]:
    """What was kept; work of the same moment may be kept in any order."""
    return sorted(row.update.update_id for row in await storage.run(lambda tx: tx.waiting()))


async def test_nothing_is_kept_of_work_that_raises(storage: Storage) -> None:
    with pytest.raises(_RefusedError):
        await storage.run(lambda tx: _fail(tx, 1))
    assert await _numbers(storage) == []


async def test_work_that_raises_takes_nobody_with_it(storage: Storage) -> None:
    def accept(tx: Transaction, number: int) -> None:
        tx.accept([update(number)], NOW)
        if number % 3 == 0:
            raise _RefusedError

    running = [storage.run(lambda tx, number=number: accept(tx, number)) for number in range(30)]
    outcomes = await asyncio.gather(*running, return_exceptions=True)
    assert [isinstance(each, _RefusedError) for each in outcomes] == [number % 3 == 0 for number in range(30)]
    assert await _numbers(storage) == [number for number in range(30) if number % 3]


async def test_work_at_the_same_moment_sees_what_came_before_it(storage: Storage) -> None:
    await storage.run(begin)

    def grow(tx: Transaction) -> int:
        assessment = tx.assessment(7)
        assert assessment is not None
        revision = assessment.item("1.1.1").revision + 1
        answer(tx, assessment, "1.1.1", revision)
        return revision

    assert sorted(await asyncio.gather(*(storage.run(grow) for _ in range(100)))) == list(range(1, 101))


async def test_somebody_cancelled_while_their_work_runs_disturbs_nobody(storage: Storage) -> None:
    entered, release = Event(), Event()

    def wait(tx: Transaction) -> None:
        tx.accept([update(1)], NOW)
        entered.set()
        assert release.wait(5)

    slow = asyncio.create_task(storage.run(wait))
    beside = asyncio.create_task(storage.run(lambda tx: tx.accept([update(2)], NOW)))
    await asyncio.to_thread(entered.wait, 5)
    slow.cancel()
    after = asyncio.create_task(storage.run(lambda tx: tx.accept([update(3)], NOW)))
    await asyncio.sleep(0)
    release.set()
    assert len(await beside) == len(await after) == 1
    with pytest.raises(asyncio.CancelledError):
        await slow
    async with asyncio.timeout(5):
        while await _numbers(storage) != [1, 2, 3]:  # noqa: ASYNC110 - the database has no event for it
            await asyncio.sleep(0.01)


async def test_somebody_cancelled_before_their_turn_leaves_nothing(storage: Storage) -> None:
    entered, release = Event(), Event()

    def wait(_: Transaction) -> None:
        entered.set()
        assert release.wait(5)

    slow = [asyncio.create_task(storage.run(wait)) for _ in range(MORE_THAN_RUN_AT_ONCE)]
    await asyncio.to_thread(entered.wait, 5)
    late = asyncio.create_task(storage.run(lambda tx: tx.accept([update(2)], NOW)))
    await asyncio.sleep(0)
    late.cancel()
    release.set()
    await asyncio.gather(*slow)
    assert await _numbers(storage) == []


async def test_closing_finishes_what_was_asked_and_refuses_the_rest(storage: Storage) -> None:
    asked = [asyncio.create_task(storage.run(lambda tx, n=n: tx.accept([update(n)], NOW))) for n in range(200)]
    await asyncio.sleep(0)
    await storage.close()
    assert all(len(rows) == 1 for rows in await asyncio.gather(*asked))
    with pytest.raises(StorageUnavailableError):
        await storage.run(lambda tx: tx.waiting())
