"""The composition root: what a running bot is made of, and how it starts and stops."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import secrets
import signal
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import uvloop
from telegram import Bot

from bot.errors import ZichaError
from bot.evidence.limits import MEGABYTE
from bot.handlers import logs
from bot.handlers.arrivals import Arrivals
from bot.handlers.delivery import Delivery
from bot.handlers.dispatch import Dispatcher
from bot.handlers.failures import describe
from bot.handlers.files import FileDesk
from bot.handlers.gate import Gate
from bot.handlers.intake import Intake
from bot.handlers.menu import show_menu
from bot.handlers.naming import Name
from bot.handlers.outgoing import Outgoing
from bot.handlers.press import Press
from bot.handlers.recovery import feed, go_on, hand_over_waiting
from bot.handlers.registration import Registration
from bot.handlers.request import AiohttpRequest
from bot.handlers.settling import Settler
from bot.handlers.worker import Worker
from bot.localization import Localizers
from bot.rubric.loader import library
from bot.services import evidence, my_data, pictures, reports, workbooks
from bot.services.conversation import Conversation
from storage.files import FileStore
from storage.opening import alone, open_storage

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from bot.handlers.webhook import Receiver
    from bot.rubric.loader import Library
    from bot.services.documents import Builders
    from bot.services.ports import Storage
    from bot.settings import Settings

logger = logging.getLogger(__name__)

RUBRIC: Final = "sichuan-2017"
PAPERS: Final = "zh_CN"
"""Official papers are in Chinese, whatever language their writer reads the chat in."""
_LARGEST_ID: Final = 2**53 - 1
_HANDLING_ENDS_WITHIN: Final = 4.0
_SENDING_ENDS_WITHIN: Final = 3.0


class StorageBrokenDownError(ZichaError):
    """The disk failed under the database: only a new start can tell what of the last change was kept."""


def serve(settings: Settings) -> None:
    """Run the bot until it is told to stop.

    Raises StartupRefusedError when it must not start, StorageBrokenDownError when it must be started anew.
    """
    webhook = settings.webhook
    logs.configure(settings.log_level, (settings.token, webhook.secret if webhook is not None else ""))
    with alone(settings.database, settings.data_dir):
        uvloop.run(run(settings))


async def run(settings: Settings) -> None:
    """Run in this event loop; the caller is inside `storage.opening.alone`."""
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_log_stray)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with AsyncExitStack() as stack:
        storage = await open_storage(settings.database, settings.data_dir)
        await asyncio.to_thread(FileStore(settings.data_dir).clear)
        stack.push_async_callback(storage.close)
        app = await App.start(settings, storage, stack)
        try:
            await _until(stop, app, storage)
        finally:
            await app.stop()


class App:
    """The parts of a running bot, wired together."""

    def __init__(self, settings: Settings, storage: Storage, requests: tuple[AiohttpRequest, AiohttpRequest]) -> None:
        polling, calling = requests
        root = f"{settings.telegram_api}/bot"
        self._rubrics = rubrics = library()
        self._localizers = Localizers.load(settings.timezone, settings.locale)
        self._bot = Bot(
            settings.token,
            base_url=root,
            base_file_url=f"{settings.telegram_api}/file/bot",
            request=calling,
            get_updates_request=polling,
        )
        self._files = FileStore(settings.data_dir)
        self._gate = Gate()
        self._storage = storage
        self._name = Name()
        chinese = self._localizers.of(PAPERS)
        compiler = reports.Compiler(rubrics, chinese.text, settings.templates, chinese.timezone)
        self._conversation = self._talk(rubrics, compiler)
        self._fonts = settings.fonts
        self._worker = Worker()
        self._outgoing = Outgoing(
            delivery=self._delivery(compiler),
            settler=Settler(storage),
            gate=self._gate,
            localizers=self._localizers,
            clock=now,
        )
        self._dispatcher = Dispatcher(
            storage=storage,
            conversation=self._conversation,
            outgoing=self._outgoing,
            clock=now,
            files=self._desk(calling, settings.files_per_station_mb),
        )
        self._intake = Intake(
            request=polling,
            root=f"{root}{settings.token}",
            storage=storage,
            dispatcher=self._dispatcher,
            gate=self._gate,
            clock=now,
        )
        self._receiver: Receiver | None = None
        self._tasks: list[asyncio.Task[Any]] = []

    @classmethod
    async def start(cls, settings: Settings, storage: Storage, stack: AsyncExitStack) -> App:
        """Hand over what was waiting, and begin to take updates."""
        polling, calling = AiohttpRequest(connections=2, proxy=settings.proxy), AiohttpRequest(proxy=settings.proxy)
        for each in (polling, calling):
            await stack.enter_async_context(each)
        app = cls(settings, storage, (polling, calling))
        gc.collect()
        gc.freeze()
        source = await app._source(settings)
        owed = await hand_over_waiting(storage, app._dispatcher)
        go_on(owed, app._dispatcher, app._outgoing)
        app._spawn(source)
        app._spawn(lambda: feed(storage=storage, dispatcher=app._dispatcher, outgoing=app._outgoing))
        app._spawn(lambda: app._name.learn(app._bot, app._gate))
        app._spawn(lambda: show_menu(app._bot, app._gate, app._localizers))
        return app

    def _desk(self, calling: AiohttpRequest, quota_megabytes: int) -> FileDesk:
        """Where files that people send are taken."""
        return FileDesk(
            bot=self._bot,
            downloads=calling,
            storage=self._storage,
            conversation=self._conversation,
            files=self._files,
            gate=self._gate,
            clock=now,
            quota=quota_megabytes * MEGABYTE,
            workbooks=workbooks.ReadsWorkbooks(self._rubrics, self._localizers.of),
        )

    def _talk(self, rubrics: Library, compiler: reports.Compiler) -> Conversation:
        """Who answers."""
        spoken = self._localizers
        return Conversation(
            rubrics,
            rubrics.latest(RUBRIC),
            spoken.locales,
            spoken.default,
            _fresh_id,
            self._name,
            zone=compiler.zone,
            compiles=compiler,
        )

    def _delivery(self, compiler: reports.Compiler) -> Delivery:
        """What sends replies, and makes the documents that go with them."""
        takes = reports.TakesCommissions(self._conversation, compiler)
        press = Press(
            storage=self._storage,
            takes=takes,
            worker=self._worker,
            files=self._files,
            clock=now,
            fonts=self._fonts,
        )
        return Delivery(
            bot=self._bot,
            storage=self._storage,
            gate=self._gate,
            clock=now,
            builders=self._builders(),
            presses={reports.KIND: press},
        )

    def _builders(self) -> Builders:
        """What makes each kind of document."""
        return {
            evidence.KIND: evidence.SendsEvidence(self._conversation, self._files),
            pictures.KIND: pictures.SendsPictures(self._name, now),
            my_data.KIND: my_data.sends_my_data,
            workbooks.KIND: workbooks.SendsWorkbooks(self._conversation, self._rubrics, self._localizers.of),
        }

    async def stop(self) -> None:
        """Take nothing more, finish what can be finished in a few seconds, and leave the rest in inbox and outbox."""
        if self._receiver is not None:
            await self._receiver.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        left = await self._dispatcher.drain(_HANDLING_ENDS_WITHIN)
        owed = await self._outgoing.drain(_SENDING_ENDS_WITHIN)
        await self._worker.close()
        logger.info("stopped updates_left=%d chats_owed=%d", left, owed)

    async def ended(self) -> None:
        """Return, or raise, when the taking of updates ends of itself, which it never should."""
        await asyncio.wait(self._tasks[:1])
        self._tasks[0].result()

    async def _source(self, settings: Settings) -> Callable[[], Coroutine[Any, Any, None]]:
        """What brings updates in: the poller, or the receiver, which listens before Telegram is told of it."""
        webhook = settings.webhook
        if webhook is None:
            logger.info("polling begins api=%s", settings.telegram_api)
            return self._intake.run
        from bot.handlers.webhook import Receiver  # noqa: PLC0415 - a poller needs no web server

        self._receiver = Receiver(
            path=webhook.path,
            secret=webhook.secret,
            arrivals=Arrivals(self._dispatcher),
            storage=self._storage,
            clock=now,
        )
        port = await self._receiver.open(webhook.host, webhook.port)
        logger.info("webhook listens host=%s port=%d api=%s", webhook.host, port, settings.telegram_api)
        return Registration(bot=self._bot, url=webhook.url, secret=webhook.secret, gate=self._gate).run

    def _spawn(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._tasks.append(asyncio.create_task(work()))


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def _fresh_id() -> int:
    return secrets.randbelow(_LARGEST_ID) + 1


async def _until(stop: asyncio.Event, app: App, storage: Storage) -> None:
    """Wait for the signal to stop; raises when the bot cannot go on."""
    waits = [asyncio.create_task(each) for each in (_signalled(stop), storage.broken(), app.ended())]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        if waits[1].done():
            raise StorageBrokenDownError("the database broke down")
        if waits[2].done():
            waits[2].result()
    finally:
        for wait in waits:
            wait.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*waits, return_exceptions=True)


async def _signalled(stop: asyncio.Event) -> None:
    await stop.wait()


def _log_stray(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """An error that nobody waited for, in one line, without the words that asyncio would print with it."""
    error = context.get("exception")
    logger.error("stray error failure=%s", describe(error) if error is not None else context.get("message", ""))
