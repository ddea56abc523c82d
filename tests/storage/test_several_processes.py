"""Several processes on one PostgreSQL database: nothing twice, nothing lost, everybody's order kept."""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg
import pytest

from bot.errors import ClaimLostError
from storage import presence
from tests.storage.builders import NOW, reply, update

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.services.ports import InboxRow
    from storage.postgresql import PostgresStorage

    Opener = Callable[[], Awaitable[PostgresStorage]]

CLAIMING = """
import asyncio, sys
from storage.postgresql import PostgresStorage
from tests.storage.builders import NOW, reply

async def main():
    storage = await PostgresStorage.open(sys.argv[1])
    rows = await storage.run(lambda tx: tx.claim(10))
    await storage.run(lambda tx: tx.owe(reply(tx), NOW))
    await storage.lead()
    print([row.update.update_id for row in rows], flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


async def _claim(storage: PostgresStorage, limit: int = 10) -> list[InboxRow]:
    return await storage.run(lambda tx: tx.claim(limit))


def _numbers(rows: list[InboxRow]) -> list[int]:
    return [row.update.update_id for row in rows]


def _execute(url: str, statement: str) -> None:
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute(statement.encode())


async def test_a_person_whose_update_is_in_one_process_is_not_handed_to_another(open_postgresql: Opener) -> None:
    one, other = await open_postgresql(), await open_postgresql()
    await one.run(lambda tx: tx.accept([update(1, sender=7), update(2, sender=7), update(3, sender=8)], NOW))
    [first] = await _claim(one, 1)
    assert _numbers(await _claim(other)) == [3]
    assert await _claim(other) == []
    await one.run(lambda tx: tx.finish(first.id, NOW))
    assert _numbers(await _claim(other)) == [2]


async def test_whoever_still_sends_to_a_person_is_called_for_what_they_say_next_and_nobody_else_gets_it(
    open_postgresql: Opener,
) -> None:
    one, other = await open_postgresql(), await open_postgresql()
    owed = await one.run(lambda tx: tx.owe(reply(tx), NOW))
    await one.stirred(0.3)
    called = asyncio.create_task(one.stirred(30))
    await other.run(lambda tx: tx.accept([update(1), update(2, sender=8)], NOW))
    assert _numbers(await _claim(other)) == [2]
    await asyncio.wait_for(called, 2)
    assert _numbers(await _claim(one)) == [1]
    await one.run(lambda tx: tx.settle([owed]))
    await other.run(lambda tx: tx.accept([update(3, sender=9)], NOW))
    assert _numbers(await _claim(other)) == [3]


async def test_a_dead_processs_reply_goes_to_whoever_has_the_persons_updates(open_postgresql: Opener) -> None:
    dead, one, other = await open_postgresql(), await open_postgresql(), await open_postgresql()
    await one.run(lambda tx: tx.accept([update(1)], NOW))
    assert len(await _claim(one)) == 1
    await dead.run(lambda tx: tx.owe(reply(tx), NOW))
    await dead.close()
    async with asyncio.timeout(5):
        while not (rows := await one.run(lambda tx: tx.claim_owed(10))):
            assert await other.run(lambda tx: tx.claim_owed(10)) == []
            await one.stirred(0.2)
    assert len(rows) == 1


async def test_an_update_in_one_process_cannot_be_ended_by_another(open_postgresql: Opener) -> None:
    one, other = await open_postgresql(), await open_postgresql()
    await one.run(lambda tx: tx.accept([update(1)], NOW))
    [row] = await _claim(one)
    with pytest.raises(ClaimLostError):
        await other.run(lambda tx: (tx.owe(reply(tx), NOW), tx.finish(row.id, NOW)))
    assert await other.run(lambda tx: tx.owed()) == []


async def test_a_process_that_leaves_gives_its_work_back_at_once(open_postgresql: Opener) -> None:
    one, other = await open_postgresql(), await open_postgresql()
    await one.run(lambda tx: tx.accept([update(1)], NOW))
    await one.run(lambda tx: tx.owe(reply(tx), NOW))
    assert len(await _claim(one)) == 1
    await one.close()
    async with asyncio.timeout(3):
        while not (rows := await _claim(other)):
            await other.stirred(0.2)
    assert _numbers(rows) == [1]
    assert len(await other.run(lambda tx: tx.claim_owed(10))) == 1


@pytest.mark.slow
async def test_a_killed_process_loses_its_work_and_its_lead_within_seconds(
    open_postgresql: Opener, postgresql_url: str
) -> None:
    storage = await open_postgresql()
    await storage.run(lambda tx: tx.accept([update(1), update(2, sender=5)], NOW))
    arguments = [sys.executable, "-c", CLAIMING, postgresql_url]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:  # noqa: ASYNC220, S603 - our own code
        assert process.stdout is not None
        assert await asyncio.to_thread(process.stdout.readline) == "[1, 2]\n"
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(storage.lead(), 1.5)
        assert await _claim(storage) == []
        process.kill()
    async with asyncio.timeout(4):
        await storage.lead()
        while not (rows := await _claim(storage)):
            await storage.stirred(0.2)
        assert _numbers(rows) == [1, 2]
        assert len(await storage.run(lambda tx: tx.claim_owed(10))) == 1


@pytest.mark.slow
async def test_a_suspended_process_loses_its_work_when_its_lease_ends_and_cannot_use_it_afterwards(
    open_postgresql: Opener, postgresql_url: str
) -> None:
    storage = await open_postgresql()
    await storage.run(lambda tx: tx.accept([update(1)], NOW))
    arguments = [sys.executable, "-c", CLAIMING, postgresql_url]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:  # noqa: ASYNC220, S603 - our own code
        assert process.stdout is not None
        await asyncio.to_thread(process.stdout.readline)
        process.send_signal(signal.SIGSTOP)
        async with asyncio.timeout(presence.LEASE + 5):
            while not await _claim(storage):
                await storage.stirred(0.5)
        process.kill()


async def test_whoever_was_thought_dead_goes_on_under_a_new_number_without_its_old_work(
    open_postgresql: Opener, postgresql_url: str
) -> None:
    storage = await open_postgresql()
    await storage.run(lambda tx: tx.accept([update(1)], NOW))
    [row] = await _claim(storage)
    before = storage._presence.worker
    await asyncio.to_thread(_execute, postgresql_url, "update worker set seen_at = 0")
    other = await open_postgresql()
    async with asyncio.timeout(5):
        while not await _claim(other):
            await other.stirred(0.1)
        with pytest.raises(ClaimLostError):
            await storage.run(lambda tx: tx.finish(row.id, NOW))
        while storage._presence.worker == before:  # noqa: ASYNC110 - there is no event for it
            await asyncio.sleep(0.1)
    await storage.run(lambda tx: tx.accept([update(2, sender=5)], NOW))
    assert _numbers(await _claim(storage)) == [2]


async def test_one_process_leads_at_a_time(open_postgresql: Opener) -> None:
    one, other = await open_postgresql(), await open_postgresql()
    await asyncio.wait_for(one.lead(), 3)
    await asyncio.wait_for(one.lead(), 0.1)
    waiting = asyncio.create_task(other.lead())
    await asyncio.sleep(1.2)
    assert not waiting.done()
    await one.close()
    await asyncio.wait_for(waiting, 3)


async def test_others_are_called_when_more_is_left_than_one_may_take(open_postgresql: Opener) -> None:
    one, other = await open_postgresql(), await open_postgresql()
    await other.stirred(0.3)
    called = asyncio.create_task(other.stirred(30))
    await one.run(lambda tx: (tx.accept([update(n, sender=n) for n in range(5)], NOW), tx.claim(3)))
    await asyncio.wait_for(called, 2)
    assert _numbers(await _claim(other)) == [3, 4]


async def test_processes_that_claim_at_once_never_share_a_person(open_postgresql: Opener) -> None:
    chance = random.Random(5)  # noqa: S311 - an order, not a secret
    processes = [await open_postgresql() for _ in range(3)]
    senders = [chance.randrange(6) for _ in range(120)]
    updates = [update(number, sender=sender) for number, sender in enumerate(senders)]
    await processes[0].run(lambda tx: tx.accept(updates, NOW))
    busy: dict[int, int] = {}
    done: list[tuple[int, int]] = []

    async def work(name: int, storage: PostgresStorage) -> None:
        while len(done) < len(updates):
            lanes: dict[int, list[InboxRow]] = {}
            for row in await _claim(storage, chance.randrange(1, 8)):
                lanes.setdefault(row.update.sender, []).append(row)
            await asyncio.gather(*(handle(name, storage, lane) for lane in lanes.values()))

    async def handle(name: int, storage: PostgresStorage, lane: list[InboxRow]) -> None:
        for row in lane:
            assert busy.setdefault(row.update.sender, name) == name
            done.append((row.update.sender, row.update.update_id))
            if row is lane[-1]:
                del busy[row.update.sender]
            await storage.run(lambda tx, row=row: tx.finish(row.id, NOW))

    async with asyncio.timeout(30):
        await asyncio.gather(*(work(name, storage) for name, storage in enumerate(processes)))
    assert sorted(number for _, number in done) == list(range(120))
    for sender in range(6):
        mine = [number for each, number in done if each == sender]
        assert mine == sorted(mine)


async def test_a_process_that_loses_its_connection_keeps_its_number_and_its_work(
    open_postgresql: Opener, postgresql_url: str
) -> None:
    storage = await open_postgresql()
    [row] = await storage.run(lambda tx: (tx.accept([update(1)], NOW), tx.claim(1))[1])
    before = storage._presence.worker
    with contextlib.suppress(psycopg.errors.AdminShutdown):
        await asyncio.to_thread(
            _execute,
            postgresql_url,
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()",
        )
    await asyncio.sleep(1.5)
    assert storage._presence.worker == before
    await storage.run(lambda tx: tx.finish(row.id, NOW))
