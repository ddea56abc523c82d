"""The handlers wired to a sandbox over real HTTP and a real database, with a conversation that only echoes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from telegram import Bot

from bot.dialogue.given import Typed
from bot.dialogue.intents import Undo
from bot.dialogue.screen import Button, Notice, Screen, line, say
from bot.errors import StorageUnavailableError
from bot.handlers.backoff import Backoff
from bot.handlers.delivery import Delivery
from bot.handlers.dispatch import Dispatcher
from bot.handlers.files import FileDesk
from bot.handlers.gate import Gate
from bot.handlers.intake import Intake
from bot.handlers.outgoing import Outgoing
from bot.handlers.recovery import feed, go_on, hand_over_waiting
from bot.handlers.request import AiohttpRequest
from bot.handlers.settling import Settler
from bot.localization import Localizers
from bot.rubric.loader import library
from bot.services.notices import keep
from bot.services.ports import OwedReply
from bot.services.requests import Reply
from bot.services.workbooks import ReadsWorkbooks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.handlers.documents import Prints
    from bot.services.conversation import Conversation
    from bot.services.documents import Builders
    from bot.services.file_ports import Files
    from bot.services.ports import OutboxRow, Storage, Transaction
    from bot.services.requests import Request
    from sandbox.server import Running

T = TypeVar("T")

POISON = "poison"
QUOTA = 30 * 2**20
"""How many bytes a station may send in these tests."""
LOCALIZERS = Localizers.load("Asia/Shanghai")
RECORDED = "handler.command.help"
"""Any text of the catalogue, as a notice."""


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Echo:
    """Answers whatever was said with a card that repeats it; what it handled is kept in order."""

    handled: list[tuple[int, str]] = field(default_factory=list)
    tries: int = 0

    def handle(self, tx: Transaction, request: Request, now: datetime) -> Reply:
        self.tries += 1
        words = request.given.text if isinstance(request.given, Typed) else repr(request.given)
        if words == POISON:
            raise KeyError(words)
        person = tx.person(request.telegram_id, now)
        tx.finish(request.inbox_id, now)
        self.handled.append((request.telegram_id, words))
        notice = Notice(say(RECORDED)) if request.callback_id else None
        owed = OwedReply(
            request.chat_id,
            person.id,
            request.callback_id,
            request.message_id,
            None if notice is None else keep(notice),
        )
        return Reply(tx.owe(owed, now), owed, card(words), notice, "zh_CN")

    def decline(self, tx: Transaction, request: Request, now: datetime) -> Reply:
        person = tx.person(request.telegram_id, now)
        tx.finish(request.inbox_id, now)
        notice = Notice(say("notice.group_chat"), is_alert=True)
        owed = OwedReply(request.chat_id, person.id, request.callback_id, None, keep(notice), draws=False)
        return Reply(tx.owe(owed, now), owed, None, notice, "zh_CN")

    def redraw(self, tx: Transaction, row: OutboxRow, now: datetime) -> Reply:
        del tx, now
        return Reply(row.id, row.reply, card("again"), None, "zh_CN")


def card(words: str) -> Screen:
    """A card with those words and one button."""
    return Screen((line(words),), ((Button("go", Undo(1)),),))


class Flaky:
    """A storage that cannot be used while `is_down`."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.share = storage.share
        self.is_down = False

    async def lead(self) -> None:
        await self._storage.lead()

    async def stirred(self, seconds: float) -> None:
        await self._storage.stirred(seconds)

    async def broken(self) -> None:
        await self._storage.broken()

    async def run(self, work: Callable[[Transaction], T]) -> T:
        if self.is_down:
            raise StorageUnavailableError("down")
        return await self._storage.run(work)

    async def close(self) -> None:
        await self._storage.close()


class Harness:
    """A bot without its process; several can follow each other on one sandbox, each with the database opened anew."""

    def __init__(
        self,
        running: Running,
        storage: Storage,
        *,
        builders: Builders = MappingProxyType({}),
        presses: Mapping[str, Prints] = MappingProxyType({}),
        conversation: Conversation | None = None,
        files: Files | None = None,
    ) -> None:
        self.storage = Flaky(storage)
        self.echo = Echo()
        self.talks = conversation or self.echo
        self.gate = Gate(refusal_pause=0.4)
        self.polling = AiohttpRequest(connections=2)
        self.calling = AiohttpRequest()
        root = f"{running.url}/bot"
        bot = Bot(
            running.token,
            base_url=root,
            base_file_url=f"{running.url}/file/bot",
            request=self.calling,
            get_updates_request=self.polling,
        )
        self.outgoing = Outgoing(
            delivery=Delivery(
                bot=bot, storage=self.storage, gate=self.gate, clock=now, builders=builders, presses=presses
            ),
            settler=Settler(self.storage),
            gate=self.gate,
            localizers=LOCALIZERS,
            clock=now,
        )
        self.dispatcher = Dispatcher(
            storage=self.storage,
            conversation=self.talks,
            outgoing=self.outgoing,
            clock=now,
            delays=(0.01,) * 4,
            files=None if files is None or conversation is None else self._desk(bot, conversation, files),
        )
        self.intake = Intake(
            request=self.polling,
            root=f"{root}{running.token}",
            storage=self.storage,
            dispatcher=self.dispatcher,
            gate=self.gate,
            clock=now,
        )
        self.tasks: list[asyncio.Task[Any]] = []
        self._polling_task: asyncio.Task[None] | None = None

    def _desk(self, bot: Bot, conversation: Conversation, files: Files) -> FileDesk:
        return FileDesk(
            bot=bot,
            downloads=self.calling,
            storage=self.storage,
            conversation=conversation,
            files=files,
            gate=self.gate,
            clock=now,
            quota=QUOTA,
            workbooks=ReadsWorkbooks(library(), LOCALIZERS.of),
            delays=lambda: Backoff(0.01, 0.01),
        )

    async def __aenter__(self) -> Self:
        await self.polling.initialize()
        await self.calling.initialize()
        owed = await hand_over_waiting(self.storage, self.dispatcher)
        go_on(owed, self.dispatcher, self.outgoing)
        self._polling_task = asyncio.create_task(self.intake.run())
        self.feed()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop_polling()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.dispatcher.drain(1.0)
        await self.outgoing.drain(1.0)
        await self.polling.shutdown()
        await self.calling.shutdown()

    def feed(self) -> None:
        """Take what is left in the inbox, as the process does."""
        self.tasks.append(
            asyncio.create_task(feed(storage=self.storage, dispatcher=self.dispatcher, outgoing=self.outgoing))
        )

    async def stop_polling(self) -> None:
        if self._polling_task is not None:
            self._polling_task.cancel()
            await asyncio.gather(self._polling_task, return_exceptions=True)


def calls(running: Running, method: str = "") -> list[Any]:
    """The calls so far, of one method or all but polls."""
    every = running.sandbox.journal._calls
    return [each for each in every if (each.method == method if method else each.method != "getUpdates")]


def shown(running: Running, person: int) -> list[str]:
    """The texts of the bot's messages in the person's chat."""
    chat = running.sandbox.world.chats[person]
    return [each["text"] for each in chat.messages.values() if each["from"]["is_bot"] and "text" in each]


async def until(condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait until the condition holds; AssertionError when it does not in time."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not condition():
        assert asyncio.get_running_loop().time() < deadline, "it did not happen in time"
        await asyncio.sleep(0.01)
