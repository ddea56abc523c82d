"""`zicha play`: the same conversation in the terminal, without a token; it can be recorded as a journey."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
import yaml

from bot.cli.plain import labels, notice_text, screen_text
from bot.cli.refusal import refuse
from bot.dialogue.given import Tapped
from bot.dialogue.rehearsal import Rehearsal
from bot.errors import InvalidInputError
from bot.handlers.texts import worded
from bot.localization import LOCALES, Localizers
from bot.rubric.loader import library, load

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.dialogue.screen import Button
    from bot.dialogue.turn import Turn
    from bot.localization import Localizer
    from bot.rubric.model import Rubric

RUBRIC = "sichuan-2017"
_TAP = "#"


def _now() -> datetime:
    return datetime.now(UTC)


def command(localizer: Localizer) -> click.Command:
    """The command, with its help in the person's language."""

    @click.command("play", help=localizer.say("cli.play.help"))
    @click.option("--record", type=click.Path(path_type=Path, dir_okay=False), help=localizer.say("cli.play.record"))
    @click.option("--rubric", default=RUBRIC, show_default=True, help=localizer.say("cli.play.rubric"))
    def play(record: Path | None, rubric: str) -> None:
        localizers = Localizers.load(str(localizer.timezone), localizer.locale)
        try:
            stage = Stage(rubric, localizers)
        except InvalidInputError as error:
            refuse(localizer, error.problems)
        click.echo(localizer.say("cli.play.how"))
        _talk(stage)
        if record is not None:
            record.write_text(stage.journey(record.stem), encoding="utf-8")
            click.echo(localizer.say("cli.play.recorded", file=str(record), steps=len(stage.steps)))

    return play


class Stage:
    """One person's conversation in the terminal, and the steps it has taken.

    `rubric` is the id of a released rubric, or a file.
    """

    def __init__(self, rubric: str, localizers: Localizers, clock: Callable[[], datetime] = _now) -> None:
        self._rubric = rubric
        self._localizers = localizers
        self._clock = clock
        self._at = clock()
        self._rehearsal = Rehearsal(_chosen(rubric), LOCALES, localizers.default, clock=lambda: self._at)
        self._turn: Turn = self._rehearsal.look()
        self.steps: list[dict[str, object]] = []

    def say(self, words: str) -> Turn:
        """Type words, or tap the button of that number with `#3`."""
        self._at = self._clock()
        if re.fullmatch(_TAP + "[0-9]{1,3}", words):
            buttons = [button for row in self._turn.screen.rows for button in row]
            number = int(words[1:])
            if 1 <= number <= len(buttons):
                return self._tap(buttons[number - 1])
        return self._note({"send": words}, self._rehearsal.give(worded(words)))

    def show(self) -> str:
        """The notice, the screen, and the buttons with their numbers."""
        localizer = self._localizers.of(self._rehearsal.locale)
        parts = [notice_text(self._turn, localizer), screen_text(self._turn.screen, localizer), ""]
        number = 0
        for row in labels(self._turn.screen, localizer):
            numbered = [f"{_TAP}{number + place} [ {label} ]" for place, label in enumerate(row, start=1)]
            number += len(row)
            parts.append("  ".join(numbered))
        return "\n".join(part for part in parts if part is not None)

    def journey(self, name: str) -> str:
        """What was done and seen, as a journey file."""
        shape = {
            "name": name,
            "rubric": self._rubric,
            "locale": self._localizers.default,
            "timezone": str(self._localizers.of(None).timezone),
            "steps": self.steps,
        }
        text: str = yaml.safe_dump(shape, allow_unicode=True, sort_keys=False, width=10_000)
        return text

    def _tap(self, button: Button) -> Turn:
        label = self._localizers.of(self._rehearsal.locale).text(button.text)
        return self._note({"tap": label}, self._rehearsal.give(Tapped(button.intent, self._turn.screen.assessment)))

    def _note(self, step: dict[str, object], turn: Turn) -> Turn:
        localizer = self._localizers.of(self._rehearsal.locale)
        says = notice_text(turn, localizer)
        self.steps.append(
            {"at": self._at.isoformat()}
            | step
            | ({} if says is None else {"says": says})
            | {
                "screen": screen_text(turn.screen, localizer),
                "buttons": [label for row in labels(turn.screen, localizer) for label in row],
                "events": [type(event).__name__ for event in turn.events],
            }
        )
        self._turn = turn
        return turn


def _chosen(rubric: str) -> Rubric:
    """The released rubric of that id, or the one in that file: a name with a dot or a slash is a file."""
    is_file = "." in rubric or "/" in rubric or "\\" in rubric
    return load(Path(rubric)) if is_file else library().latest(rubric)


def _talk(stage: Stage) -> None:
    words: str | None = "/start"
    while words:
        stage.say(words)
        click.echo("\n" + stage.show())
        words = _ask()


def _ask() -> str | None:
    try:
        return str(click.prompt(">", prompt_suffix=" ", default="", show_default=False))
    except (click.Abort, EOFError):
        return None
