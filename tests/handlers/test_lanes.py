"""Lanes: one key in order, keys side by side."""

from __future__ import annotations

import asyncio

from bot.handlers.lanes import Lanes


async def test_jobs_of_one_key_run_in_order_and_one_at_a_time() -> None:
    running, seen = set[str](), list[tuple[str, int]]()

    async def work(job: tuple[str, int]) -> None:
        assert job[0] not in running
        running.add(job[0])
        await asyncio.sleep(0)
        seen.append(job)
        running.discard(job[0])

    lanes = Lanes(work)
    for number in range(50):
        lanes.submit(f"k{number % 3}", (f"k{number % 3}", number))
    assert await lanes.drain(1.0) == 0
    for key in ("k0", "k1", "k2"):
        numbers = [number for name, number in seen if name == key]
        assert numbers == sorted(numbers)
    assert len(seen) == 50


async def test_keys_do_not_wait_for_each_other() -> None:
    stuck, done = asyncio.Event(), asyncio.Event()

    async def work(job: str) -> None:
        await stuck.wait() if job == "slow" else done.set()

    lanes = Lanes(work)
    lanes.submit(1, "slow")
    lanes.submit(2, "quick")
    await asyncio.wait_for(done.wait(), 1.0)
    stuck.set()
    assert await lanes.drain(1.0) == 0


async def test_no_task_is_left_for_an_idle_key() -> None:
    async def work(_job: int) -> None:
        await asyncio.sleep(0)

    before = len(asyncio.all_tasks())
    lanes = Lanes(work)
    for key in range(100):
        lanes.submit(key, key)
    await asyncio.sleep(0.02)
    assert len(lanes) == 0
    assert len(asyncio.all_tasks()) == before


async def test_whoever_brings_jobs_is_held_back_while_too_many_wait() -> None:
    go = asyncio.Event()

    async def work(_job: int) -> None:
        await go.wait()

    lanes = Lanes(work, limit=3)
    for number in range(3):
        lanes.submit("k", number)
    waiting = asyncio.create_task(lanes.room())
    await asyncio.sleep(0.01)
    assert not waiting.done()
    go.set()
    await asyncio.wait_for(waiting, 1.0)


async def test_what_cannot_be_finished_in_time_is_given_up_and_counted() -> None:
    async def work(_job: int) -> None:
        await asyncio.sleep(60)

    lanes = Lanes(work)
    for number in range(5):
        lanes.submit(number % 2, number)
    assert await lanes.drain(0.01) == 5
