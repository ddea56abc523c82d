"""A journey's player in memory: no process, no database, no network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.cli.plain import labels, notice_text, screen_text
from bot.dialogue.given import Odd, Oddity, Tapped
from bot.dialogue.intents import decode, encode
from bot.dialogue.rehearsal import Rehearsal
from bot.handlers.texts import worded
from bot.localization import Localizers
from bot.rubric.contracts import figure
from bot.rubric.figures import figure_text
from bot.rubric.loader import library, load
from bot.rubric.scoring import summarize
from tests.journeys.runner import Seen

if TYPE_CHECKING:
    from decimal import Decimal

    from bot.dialogue.given import Given
    from bot.dialogue.turn import Turn
    from bot.rubric.model import Rubric
    from tests.journeys.runner import Journey

load_rubric = lru_cache(library)
ROOT = Path(__file__).parents[2]


@lru_cache
def rubric_of(name: str) -> Rubric:
    """The newest released rubric of that id, or the one in a file below the project's folder."""
    return load(ROOT / name) if name.endswith(".yaml") else load_rubric().latest(name)


load_languages = lru_cache(Localizers.load)
MORNING = datetime(2017, 4, 21, 2, 40, tzinfo=UTC)


class MemoryPlayer:
    """One person in a rehearsal; every act takes a minute unless the journey tells the time."""

    def __init__(self, journey: Journey) -> None:
        self._localizers = load_languages(journey.timezone, journey.locale)
        self._now = MORNING
        self.rehearsal = Rehearsal(
            rubric_of(journey.rubric), self._localizers.locales, journey.locale, clock=lambda: self._now
        )
        self.turn: Turn = self.rehearsal.look()
        self._tapped: list[str | None] = []
        self._told = False

    def at(self, moment: datetime) -> None:
        """From now on it is that time."""
        self._now, self._told = moment, True

    def send(self, text: str) -> None:
        """Type words."""
        self._give(worded(text), None)

    def tap(self, label: str) -> None:
        """Tap a button of the newest card, through the data that it carries."""
        rows = labels(self.turn.screen, self._localizer)
        buttons = [button for row in self.turn.screen.rows for button in row]
        found = dict(zip([each for row in rows for each in row], buttons, strict=True))[label]
        self._press(encode(found.intent, self.turn.screen.assessment))

    def retap(self, number: int) -> None:
        """Tap once more what the `number`th act tapped."""
        data = self._tapped[number - 1]
        assert data is not None, f"act {number} was no tap"
        self._press(data)

    def odd(self, oddity: str) -> None:
        """Do what the bot cannot take."""
        self._give(Odd(Oddity(oddity)), None)

    def seen(self) -> Seen:
        """The newest card, with everything that can be known of it."""
        shown = self._localizer
        return Seen(
            screen_text(self.turn.screen, shown),
            tuple(label for row in labels(self.turn.screen, shown) for label in row),
            notice_text(self.turn, shown),
            tuple(type(event).__name__ for event in self.turn.events),
            self._score(),
        )

    def _press(self, data: str) -> None:
        self._give(Tapped(*decode(data)), data)

    def _give(self, given: Given, data: str | None) -> None:
        self._tapped.append(data)
        if not self._told:
            self._now += timedelta(minutes=1)
        self.turn = self.rehearsal.give(given)

    @property
    def _localizer(self) -> Any:  # noqa: ANN401 - the rehearsal's language
        return self._localizers.of(self.rehearsal.locale)

    def _score(self) -> dict[str, Any] | None:
        assessment = self.rehearsal.assessment
        if assessment is None:
            return None
        summary = summarize(self.rehearsal.rubric, assessment.answers, assessment.declarations)
        total = summary.total
        return {
            "low": _plain(total.low),
            "high": _plain(total.high),
            "reported": _plain(total.reported),
            "final": _plain(summary.final.reported),
            "met": _plain(summary.met.score.reported),
            "outcome": None if summary.outcome is None else summary.outcome.id,
            "failed": list(summary.failed),
            "answered": summary.answered,
            "blank": summary.blank,
            "result": summary.result.value,
            "declared": list(summary.declared),
        }


def _plain(points: Decimal) -> int | str:
    """Whole points as a number, others as they are written: a journey file knows no decimals but floats."""
    whole = figure(points)
    return whole if isinstance(whole, int) else figure_text(whole)
