"""Replays a journey file against any player that can type, tap and look.

A journey is a YAML file: `name`, `rubric`, perhaps `locale`, `timezone` and `most_steps`, and `steps`. Each step does
one thing and says what must be seen afterwards:

    send: words typed                      sees / not_sees: [parts of the screen's text]
    tap: a label on the newest card        says: part of the notice, or null for none
    retap: the number of an earlier tap    screen: the whole text      same_as: the number of an earlier step
    odd: not_text, edited, ...             buttons: every label        offers / not_offers: [parts of labels]
    at: the moment, for players with       events: {class: how many} or a list of classes
        a clock                            score: {low, high, reported, answered, blank, result, declared}

A label is meant exactly; where no button has it, the only button that contains it is meant. Steps count from 1.
What a player cannot know (over HTTP: events and scores) is left unchecked.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import yaml

if TYPE_CHECKING:
    from pathlib import Path

_DOES = ("send", "tap", "retap", "odd")
_EXPECTS = (
    *("sees", "not_sees", "says", "screen", "same_as", "buttons", "offers", "not_offers", "events", "score"),
    "at",
)
_HEADINGS = frozenset({"name", "rubric", "locale", "timezone", "most_steps", "steps"})


@dataclass(frozen=True)
class Seen:
    """What a person sees after a step; `events` and `score` are None where the player cannot know them."""

    text: str
    labels: tuple[str, ...]
    notice: str | None
    events: tuple[str, ...] | None = None
    score: dict[str, Any] | None = None


class Player(Protocol):
    """Somebody who has a conversation; a tap is by the exact label, on the newest card."""

    def send(self, text: str) -> None:
        """Type words."""

    def tap(self, label: str) -> None:
        """Tap a button of the newest card."""

    def retap(self, number: int) -> None:
        """Tap once more what the `number`th act tapped, as it stood on that older card."""

    def odd(self, oddity: str) -> None:
        """Do what the bot cannot take: "not_text" (a photo), "edited", ..."""

    def seen(self) -> Seen:
        """The newest card, and what was said with it."""


@runtime_checkable
class Clocked(Protocol):
    """A player whose clock can be set."""

    def at(self, moment: datetime) -> None:
        """From now on it is that time."""


@dataclass(frozen=True)
class Journey:
    """A journey file."""

    name: str
    rubric: str
    steps: tuple[dict[str, Any], ...]
    locale: str = "zh_CN"
    timezone: str = "Asia/Shanghai"
    most_steps: int | None = None


@dataclass
class Replay:
    """One journey being walked by one player."""

    player: Player
    seen: list[Seen] = field(default_factory=list)

    def step(self, number: int, step: dict[str, Any]) -> None:
        """Do what the step says, then hold what is seen against it."""
        if "at" in step and isinstance(self.player, Clocked):
            self.player.at(datetime.fromisoformat(step["at"]))
        self._do(step)
        now = self.player.seen()
        self.seen.append(now)
        wrong = list(self._differences(step, now))
        assert not wrong, f"step {number} {_what(step)}:\n" + "\n".join(wrong) + f"\n--- seen ---\n{now}"

    def _do(self, step: dict[str, Any]) -> None:
        if "send" in step:
            self.player.send(str(step["send"]))
        elif "tap" in step:
            self.player.tap(_pick(str(step["tap"]), (self.seen[-1] if self.seen else self.player.seen()).labels))
        elif "retap" in step:
            self.player.retap(step["retap"])
        else:
            self.player.odd(step["odd"])

    def _differences(self, step: dict[str, Any], now: Seen) -> Any:  # noqa: ANN401 - sentences, as they come
        text, labels = now.text, now.labels
        yield from (f"should be seen: {part}" for part in step.get("sees", ()) if str(part) not in text)
        yield from (f"should not be seen: {part}" for part in step.get("not_sees", ()) if str(part) in text)
        for part in step.get("offers", ()):
            if not any(str(part) in label for label in labels):
                yield f"should be offered: {part}"
        for part in step.get("not_offers", ()):
            if any(str(part) in label for label in labels):
                yield f"should not be offered: {part}"
        yield from _saying(step, now)
        yield from _exact(step, now)
        if "same_as" in step:
            then = self.seen[step["same_as"] - 1]
            if (then.text, then.labels) != (text, labels):
                yield f"should be as after step {step['same_as']}:\n{then.text}\n{then.labels}"


def load(path: Path) -> Journey:
    """The journey of that file; AssertionError where it says what no runner understands."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    unknown = set(raw) - _HEADINGS
    assert not unknown, f"{path.name}: unknown {sorted(unknown)}"
    for number, step in enumerate(raw["steps"], start=1):
        strange = set(step) - {*_DOES, *_EXPECTS}
        assert not strange, f"{path.name} step {number}: unknown {sorted(strange)}"
        assert sum(verb in step for verb in _DOES) == 1, f"{path.name} step {number}: one of {_DOES}"
    return Journey(**raw | {"steps": tuple(raw["steps"])})


def replay(journey: Journey, player: Player) -> Replay:
    """Walk the journey to its end, every step as it is told."""
    walked = Replay(player)
    for number, step in enumerate(journey.steps, start=1):
        walked.step(number, step)
    assert journey.most_steps is None or len(journey.steps) <= journey.most_steps, f"{len(journey.steps)} steps"
    return walked


def _what(step: dict[str, Any]) -> str:
    return ", ".join(f"{verb}: {step[verb]}" for verb in _DOES if verb in step)


def _pick(wanted: str, labels: tuple[str, ...]) -> str:
    if wanted in labels:
        return wanted
    found = [label for label in labels if wanted in label]
    assert len(found) == 1, f"{wanted!r} is on {len(found)} of the buttons {labels}"
    return found[0]


def _saying(step: dict[str, Any], now: Seen) -> Any:  # noqa: ANN401 - sentences, as they come
    if "says" not in step:
        return
    says = step["says"]
    if says is None and now.notice is not None:
        yield f"nothing should be said, was: {now.notice}"
    if says is not None and str(says) not in (now.notice or ""):
        yield f"should be said: {says}, was: {now.notice}"


def _exact(step: dict[str, Any], now: Seen) -> Any:  # noqa: ANN401 - sentences, as they come
    if "screen" in step and step["screen"].rstrip("\n") != now.text.rstrip("\n"):
        yield f"should be the screen:\n{step['screen']}"
    if "buttons" in step and [str(label) for label in step["buttons"]] != list(now.labels):
        yield f"should be the buttons: {step['buttons']}"
    if "events" in step and now.events is not None and Counter(step["events"]) != Counter(now.events):
        yield f"should be the events: {step['events']}, were: {now.events}"
    if "score" in step and now.score is not None:
        found = {name: now.score[name] for name in step["score"]}
        if found != step["score"]:
            yield f"should be the score: {step['score']}, was: {found}"
