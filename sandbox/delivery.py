"""Posting updates to the webhook: several at once, again after failures, in the order wanted."""

from __future__ import annotations

import asyncio
import contextlib
import random
import ssl
from collections import deque
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import aiohttp

from sandbox.faults import DELIVERY
from sandbox.lanes import Lane, Lanes
from sandbox.parameters import Parameters, from_json
from sandbox.signals import Signal
from sandbox.webhook import SECRET_HEADER, on_loopback
from sandbox.wire import ApiError, Json, dumps

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sandbox.faults import Fault, FaultScript
    from sandbox.updates import Pending
    from sandbox.world import World

    Perform = Callable[[str, Parameters], Awaitable[None]]

ANSWER_TIME = 60.0
MOST_RETRY_AFTER = 3600
LONGEST_DELAY = 60.0
IDLE = 3600.0
KEPT = 20_000
NEVER_IN_A_REPLY = ("setwebhook", "deletewebhook", "close", "logout", "get")
ORDERS = {"arrival", "reversed", "shuffled"}
FOREIGN = "The sandbox posts to loopback addresses only"


@dataclass(slots=True)
class Attempt:
    """One try to post an update: status 0 means that no answer came."""

    n: int
    update_id: int
    started: float
    finished: float | None = None
    status: int = 0
    error: str = ""


class FailedDeliveryError(Exception):
    """An update did not arrive, or its arrival was not acknowledged."""

    def __init__(self, message: str, retry_after: int = 0) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Delivery:
    """Empties the queue into the webhook while one is set."""

    def __init__(self, world: World, faults: FaultScript, perform: Perform, retry_scale: float = 1.0) -> None:
        self._world = world
        self._faults = faults
        self._perform = perform
        self._scale = retry_scale
        self._lanes = Lanes(world.queue)
        self._flights: dict[int, asyncio.Task[None]] = {}
        self._script: deque[int] = deque()
        self._dice = random.Random(1)  # noqa: S311 - no secret hangs on it
        self.held = False
        self.attempts: list[Attempt] = []
        self.changed = Signal()

    async def run(self) -> None:
        """Post until cancelled."""
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            try:
                while True:
                    await self._world.queue.arrived.once(self._dispatch(session))
            finally:
                for flight in self._flights.values():
                    flight.cancel()
                await asyncio.gather(*self._flights.values(), return_exceptions=True)

    def hold(self) -> None:
        """Post nothing more until released."""
        self.held = True

    def release(self, order: str | list[int], seed: int) -> list[int]:
        """Post what waits one after another in this order, then go on as usual; return the order."""
        waiting = {pending.update["update_id"]: arrival for arrival, pending in self._world.queue.after(0)}
        wanted = [*waiting] if isinstance(order, str) else [one for one in order if one in waiting]
        if isinstance(order, str) and order not in ORDERS:
            raise ValueError(
                f"order is {order!r}; it must be a list of update ids or one of {', '.join(sorted(ORDERS))}"
            )
        if order == "reversed":
            wanted.reverse()
        elif order == "shuffled":
            random.Random(seed).shuffle(wanted)  # noqa: S311 - no secret hangs on it
        self._script = deque(waiting[one] for one in wanted)
        self.held = False
        self._world.queue.arrived.fire()
        return wanted

    def mix(self, window: int, seed: int) -> None:
        """Post from now on by chance one of the `window` oldest updates; 1 restores the order."""
        self._lanes.mix(window, seed)
        self._world.queue.arrived.fire()

    def forget(self) -> None:
        """Drop the log of attempts and what was held back."""
        self.held = False
        self.attempts.clear()
        self._script.clear()
        self._lanes.mix(1, 1)

    def log(self, after: int) -> list[Json]:
        """Return the attempts numbered above `after`."""
        return [asdict(one) for one in self.attempts if one.n > after]

    def _dispatch(self, session: aiohttp.ClientSession) -> float:
        """Start what may be posted now, and return after how many seconds to look again."""
        webhook, queue = self._world.webhook, self._world.queue
        if not webhook.url or self.held:
            return IDLE
        if self._script:
            if not self._flights:
                arrival = self._script.popleft()
                if pending := queue.get(arrival):
                    self._start(session, arrival, ("alone", arrival), pending)
            return IDLE if self._flights else 0.0
        self._lanes.load()
        while len(self._flights) < webhook.max_connections:
            if (picked := self._lanes.pick(self._world.now(), self._flights)) is None:
                next_at = self._lanes.next_at
                return IDLE if next_at is None else max(0.0, next_at - self._world.now())
            self._start(session, *picked)
        return IDLE

    def _start(self, session: aiohttp.ClientSession, arrival: int, lane: Lane, pending: Pending) -> None:
        if pending.expires < self._world.now():
            self._world.queue.settle(arrival, "expired")
            self._lanes.done(arrival, lane)
            self._world.queue.arrived.fire()
            return
        flight = asyncio.create_task(self._fly(session, arrival, lane, pending))
        self._flights[arrival] = flight
        flight.add_done_callback(lambda landed: self._landed(arrival, landed))

    def _landed(self, arrival: int, flight: asyncio.Task[None]) -> None:
        if self._flights.get(arrival) is flight:
            del self._flights[arrival]
        self._world.queue.arrived.fire()

    async def _fly(self, session: aiohttp.ClientSession, arrival: int, lane: Lane, pending: Pending) -> None:
        attempt = self._begin(pending)
        try:
            reply = await self._post(session, pending, attempt)
        except FailedDeliveryError as failure:
            attempt.error = str(failure)
            self._world.webhook.failed_at, self._world.webhook.failure = int(self._world.now()), str(failure)
            self._flights.pop(arrival, None)
            self._postpone(arrival, lane, pending, failure.retry_after)
        else:
            self._world.queue.settle(arrival, "confirmed")
            self._lanes.done(arrival, lane)
            await self._follow(reply)
        finally:
            attempt.finished = self._world.now()
            self._world.hub.publish("delivery", update_id=attempt.update_id, status=attempt.status)
            self.changed.fire()

    def _begin(self, pending: Pending) -> Attempt:
        number = self.attempts[-1].n + 1 if self.attempts else 1
        attempt = Attempt(number, pending.update["update_id"], self._world.now())
        self.attempts.append(attempt)
        del self.attempts[:-KEPT]
        self._world.queue.hand_over(pending)
        return attempt

    def _postpone(self, arrival: int, lane: Lane, pending: Pending, retry_after: int) -> None:
        delay = float(min(max(retry_after, 0), MOST_RETRY_AFTER))
        if not delay and pending.failures:
            longest = LONGEST_DELAY * (1 + self._dice.random())
            delay = pending.delay = min(longest, pending.delay * 2)
            delay *= self._scale
        pending.failures += 1
        at = self._world.now() + delay
        if at > pending.expires:
            self._world.queue.settle(arrival, "expired")
            self._lanes.done(arrival, lane)
        else:
            self._lanes.again(arrival, lane, at)

    async def _post(self, session: aiohttp.ClientSession, pending: Pending, attempt: Attempt) -> bytes:
        webhook = self._world.webhook
        fault = self._faults.strike(DELIVERY, Parameters({}))
        await _suffer(fault, "before")
        if not on_loopback(webhook.url):
            raise FailedDeliveryError(FOREIGN)
        headers = {"Content-Type": "application/json"}
        if webhook.secret:
            headers[SECRET_HEADER] = webhook.secret
        try:
            async with session.post(
                webhook.url,
                data=dumps(pending.update),
                headers=headers,
                ssl=ssl.create_default_context(cadata=webhook.certificate) if webhook.certificate else True,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=ANSWER_TIME),
            ) as response:
                body = await response.read()
        except (aiohttp.ClientError, TimeoutError, ssl.SSLError, OSError) as error:
            raise FailedDeliveryError(_worded(error)) from None
        await _suffer(fault, "after")
        attempt.status = response.status
        if not 200 <= response.status < 300:  # noqa: PLR2004 - the class of HTTP statuses that succeed
            message = f"Wrong response from the webhook: {response.status} {response.reason}"
            raise FailedDeliveryError(message, _seconds(response.headers.get("Retry-After", "")))
        return body

    async def _follow(self, reply: bytes) -> None:
        with contextlib.suppress(ApiError):  # an answer that is no call is no error
            values = from_json(reply)
            method = values.pop("method", "").lower()
            if method and not method.startswith(NEVER_IN_A_REPLY):
                await self._perform(method, Parameters(values))


async def _suffer(fault: Fault | None, when: str) -> None:
    if fault is None or fault.when != when:
        return
    await asyncio.sleep(fault.seconds)
    if fault.kind != "delay":
        raise FailedDeliveryError("Webhook connection closed", fault.retry_after or 0)


def _worded(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "Read timeout expired"
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        return "SSL error {error:0A000086:SSL routines::certificate verify failed}"
    if isinstance(error, aiohttp.ClientConnectorError):
        return "Connection refused"
    return "Webhook connection closed"


def _seconds(header: str) -> int:
    return int(header) if header.isdecimal() else 0
