"""People of a station in front of a sandbox: they join by a link, read their newest card, and tap what it says."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any, Final

from pydantic import SecretStr

from bot.cli.demo_station import prepare
from bot.dialogue import intents
from bot.dialogue.intents import decode, encode
from bot.settings import Settings
from tests.databases import setting
from tests.handlers.harness import LOCALIZERS
from tests.http.players import PATIENCE, Player

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.dialogue.position import Place
    from sandbox.server import Running

ZH: Final = LOCALIZERS.of("zh_CN")
_INVITATION: Final = re.compile(r"(/start \S+) .* (\d{6})")


async def until(condition: Callable[[], Any]) -> None:
    """Wait until it is so."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while not condition():
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.002)


def settings(running: Running, data: Path) -> Settings:
    """Of the bot that keeps its data there."""
    return Settings(
        telegram_token=SecretStr(running.token),
        telegram_api=running.url,
        data_dir=data,
        database_url=setting(data),
    )


async def founded(running: Running, data: Path) -> list[tuple[str, str]]:
    """The station of the demonstration; the words and the code for each of its three people."""
    lines = await asyncio.to_thread(lambda: list(prepare(ZH, settings(running, data))))
    found = [_INVITATION.search(line) for line in lines]
    return [(each[1], each[2]) for each in found if each]


class Colleague(Player):
    """Somebody of a station."""

    async def join(self, words: str, name: str, code: str = "") -> None:
        """Follow the link, agree to the statement, say the code if one is asked for, and a name."""
        self.running.controls.person(self.id)
        await self.say(words)
        assert ZH.say("consent.purpose") in self.text
        await self.press_on("button.agree")
        if code:
            await self.say(code)
        await self.say(name)

    @property
    def text(self) -> str:
        """What the card says."""
        return str(self.message["text"])

    @property
    def labels(self) -> list[str]:
        """What is on its buttons."""
        return [label for label, _ in self.buttons]

    def labelled(self, words: str) -> str:
        """The data of the first button that has those words."""
        found = next((data for label, data in self.buttons if words in label), None)
        assert found is not None, (words, self.labels)
        return found

    async def press_on(self, key: str, **details: object) -> None:
        """Tap the button of that text."""
        await self.tap(self.labelled(ZH.say(key, **details)))

    async def open(self, place: Place) -> None:
        """Go to a place, as the button that leads there does."""
        await self.tap(encode(intents.Open(place), self.assessment))

    async def send(self, *files: tuple[str, bytes], kind: str = "document", caption: str = "") -> None:
        """Send files, and wait for what is said of them."""
        contents = [{"name": name, "content": content} for name, content in files]
        await self.do(lambda: self.running.controls.attach(self.id, contents, kind, caption=caption))

    async def fetch(self, key: str) -> bytes:
        """Tap the button of a workbook, and wait until it has come."""
        before = len(self.documents)
        await self.answered(self.press(self.labelled(ZH.say(key))))
        await until(lambda: len(self.documents) > before)
        files = self.running.sandbox.world.files
        return files.content(files.find(self.documents[-1]["document"]["file_id"]))

    @property
    def documents(self) -> list[dict[str, Any]]:
        """The messages by which the bot sent a document."""
        return [each for each in self.heard if "document" in each]

    @property
    def heard(self) -> list[dict[str, Any]]:
        """Everything the bot has sent."""
        messages = self.running.sandbox.world.chats[self.id].messages
        return [each for _, each in sorted(messages.items()) if each["from"]["is_bot"]]

    async def told(self, words: str) -> dict[str, Any]:
        """Wait for a message that holds those words, and take it for the card."""
        await until(lambda: any(words in each.get("text", "") for each in self.heard))
        message = next(each for each in reversed(self.heard) if words in each.get("text", ""))
        self.card = message["message_id"]
        return message

    def intents(self) -> list[tuple[intents.Intent, str]]:
        """What the buttons of the card ask for, with their data."""
        return [(decode(data)[0], data) for _, data in self.buttons]
