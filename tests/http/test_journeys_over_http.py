"""The journey files once more, word for word, through the sandbox and the real bot; moments are not compared."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.localization import LOCALES, Localizers
from sandbox.server import start
from sandbox.wire import ApiError
from sandbox.wording import settle
from tests.databases import rows
from tests.http.bots import Bot
from tests.http.players import Player
from tests.journeys.runner import Seen, load
from tests.journeys.runner import replay as walked

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from sandbox.server import Running
    from tests.journeys.runner import Journey

pytestmark = pytest.mark.slow

JOURNEYS = sorted((Path(__file__).parent.parent / "journeys").glob("*.yaml"))
WALK = Path(__file__).parent.parent / "journeys" / "whole_table_singly.yaml"
FIRST = 6_200_001
_MOMENT = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日 \d{2}:\d{2}|\d{1,2} [A-Z][a-z]{2,8} \d{4},? (?:at )?\d{2}:\d{2}")
_LANGUAGES = {"en": "English"}
_GARBAGE = "x:1:2:3"


class HttpPlayer:
    """A journey's player in a thread of its own, in front of a sandbox that runs in `loop`."""

    def __init__(self, running: Running, person: int, loop: asyncio.AbstractEventLoop) -> None:
        self._player = Player(running, person)
        self._loop = loop
        self._marks = {Localizers.load("Asia/Shanghai").of(each).say("mark.practice") for each in LOCALES}
        self._tapped: list[tuple[int, str] | None] = []
        self._typed = False

    def send(self, text: str) -> None:
        """Type words; what no app would send comes as a raw update."""
        player = self._player
        if arrives_as_typed(text):
            self._act(player.say(text), None)
        else:
            self._act(player.do(lambda: player.running.controls.update(self._raw(text))), None)

    def tap(self, label: str) -> None:
        """Tap a button of the card that was drawn last."""
        data = {masked(each): data for each, data in self._player.buttons}[label]
        self._press(self._player.card, data)

    def retap(self, number: int) -> None:
        """Tap once more what the `number`th act tapped, on the card where it stood."""
        earlier = self._tapped[number - 1]
        assert earlier is not None, f"act {number} was no tap"
        self._press(*earlier)

    def odd(self, oddity: str) -> None:
        """Do what the bot cannot take."""
        player = self._player
        if oddity == "unreadable_button":
            self._press(player.card, _GARBAGE)
        elif oddity == "not_text":
            self._act(player.do(lambda: player.running.controls.send(player.id, {"contact": _CONTACT})), None)
        elif oddity == "edited":
            self._act(player.do(lambda: player.running.controls.edit(player.id, self._last_words(), "改了")), None)
        else:
            raise AssertionError(oddity)

    def seen(self) -> Seen:
        """The card as it is read; what stands above a screen after typed words is the notice."""
        text = masked(self._player.message["text"])
        notice = None if self._typed or self._player.toast is None else masked(self._player.toast)
        if self._typed and not self._is_screen(text):
            notice, _, text = text.partition("\n\n")
        return Seen(text, tuple(masked(label) for label, _ in self._player.buttons), notice)

    def _raw(self, text: str) -> dict[str, Any]:
        world = self._player.running.sandbox.world
        who = world.people[self._player.id]
        message = {
            "message_id": 1,
            "date": int(world.now()),
            "from": who.as_user(),
            "chat": who.as_chat(),
            "text": text,
        }
        return {"message": message}

    def _is_screen(self, text: str) -> bool:
        entities = self._player.message.get("entities", [])
        starts_bold = any(each["type"] == "bold" and each["offset"] == 0 for each in entities)
        return starts_bold or text.partition("\n")[0] in self._marks

    def _last_words(self) -> int:
        chat = self._player.running.sandbox.world.chats[self._player.id]
        return max(number for number, message in chat.messages.items() if not message["from"]["is_bot"])

    def _press(self, message_id: int, data: str) -> None:
        self._act(self._player.tap(data, message_id), (message_id, data))

    def _act(self, act: Coroutine[Any, Any, None], tapped: tuple[int, str] | None) -> None:
        asyncio.run_coroutine_threadsafe(act, self._loop).result(30.0)
        self._tapped.append(tapped)
        self._typed = tapped is None


_CONTACT = {"phone_number": "1", "first_name": "x"}


def arrives_as_typed(text: str) -> bool:
    """Whether an app sends the text just so; else a raw update must bring what a strange client might send."""
    try:
        return settle(text, [])[0] == text
    except ApiError:
        return False


def masked(text: str) -> str:
    """The text without the moments in it, which over HTTP are those of the machine's clock."""
    return _MOMENT.sub("⟨moment⟩", text)


def without_moments(journey: Journey) -> Journey:
    """The journey with the same taken out of all that it expects."""

    def mask(value: Any) -> Any:  # noqa: ANN401 - whatever stands in YAML
        if isinstance(value, str):
            return masked(value)
        if isinstance(value, list):
            return [mask(each) for each in value]
        return value

    return replace(journey, steps=tuple({name: mask(value) for name, value in step.items()} for step in journey.steps))


async def failures_over_http(journeys: list[Path], folder: Path) -> list[str]:
    """How one bot's answers differ from what the journeys tell, each walked by a person of its own."""
    loop, failures = asyncio.get_running_loop(), []
    async with await start() as running, Bot(running, folder / "data", folder / "zicha.log"):
        for number, path in enumerate(journeys):
            journey = load(path)
            assert journey.timezone == "Asia/Shanghai", "the one bot here has that time zone"
            running.controls.person(FIRST + number)
            if journey.locale in _LANGUAGES:
                await _speak(Player(running, FIRST + number), _LANGUAGES[journey.locale])
            player = HttpPlayer(running, FIRST + number, loop)
            try:
                await asyncio.to_thread(walked, without_moments(journey), player)
            except AssertionError as failure:
                failures.append(f"{path.name}: {failure}")
    return failures


async def test_every_journey_goes_over_http_as_it_is_told(tmp_path: Path) -> None:
    assert JOURNEYS
    failures = await failures_over_http(JOURNEYS, tmp_path)
    assert not failures, "\n\n".join(failures)


@pytest.mark.usefixtures("on_postgresql")
async def test_a_walk_through_the_table_is_the_same_on_postgresql(tmp_path: Path) -> None:
    failures = await failures_over_http([WALK], tmp_path)
    assert not failures, "\n\n".join(failures)
    walked_items = rows(tmp_path / "data", "select count(distinct subject) from history where kind = 'item'")
    assert walked_items == [(61,)]


async def _speak(player: Player, language: str) -> None:
    await player.say("/language")
    await player.tap(dict(player.buttons)[language])
