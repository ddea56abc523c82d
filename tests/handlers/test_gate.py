"""The gate before every call that sends."""

from __future__ import annotations

import asyncio

from bot.handlers.backoff import Backoff
from bot.handlers.gate import Gate


async def test_a_shorter_wait_never_opens_it_before_a_longer_one_is_over() -> None:
    gate, loop = Gate(), asyncio.get_running_loop()
    began = loop.time()
    gate.close(0.2)
    gate.close(0.01)
    await gate.enter()
    assert loop.time() - began >= 0.19


async def test_a_wait_that_grows_while_somebody_waits_holds_them_too() -> None:
    gate, loop = Gate(), asyncio.get_running_loop()
    began = loop.time()
    gate.close(0.05)
    entering = asyncio.create_task(gate.enter())
    await asyncio.sleep(0.02)
    gate.close(0.2)
    await entering
    assert loop.time() - began >= 0.2


async def test_a_refused_token_closes_it_until_a_poll_goes_well() -> None:
    gate = Gate(refusal_pause=0.01)
    gate.refuse()
    entering = asyncio.create_task(gate.enter())
    await asyncio.sleep(0.05)
    assert not entering.done()
    gate.trust()
    await asyncio.wait_for(entering, 1.0)


async def test_a_good_poll_does_not_shorten_the_pause_after_a_refusal() -> None:
    gate, loop = Gate(refusal_pause=0.1), asyncio.get_running_loop()
    began = loop.time()
    gate.refuse()
    gate.trust()
    await gate.enter()
    assert loop.time() - began >= 0.09


def test_a_backoff_doubles_up_to_its_limit_and_begins_anew() -> None:
    backoff = Backoff(1.0, 4.0)
    delays = [backoff.delay() for _ in range(5)]
    for delay, longest in zip(delays, (1, 2, 4, 4, 4), strict=True):
        assert longest / 2 <= delay <= longest
    backoff.reset()
    assert backoff.delay() <= 1.0
