"""The outcome of a step: the new position, what happened, what is seen, and what is said beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from bot.assessments.events import ItemAnswered, NoteWritten, RemedyWritten, VetoAnswered

if TYPE_CHECKING:
    from bot.assessments.model import Assessment
    from bot.dialogue.position import Position
    from bot.dialogue.screen import Notice, Screen


@dataclass(frozen=True, slots=True)
class AssessmentStarted:
    """A new assessment was begun."""

    assessment: Assessment


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """The person chose a language."""

    locale: str


Event: TypeAlias = AssessmentStarted | LanguageChosen | ItemAnswered | NoteWritten | RemedyWritten | VetoAnswered


@dataclass(frozen=True, slots=True)
class Move:
    """What a flow decides: where to, what happened, what to say; the engine draws the screen."""

    position: Position
    events: tuple[Event, ...] = ()
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What a step comes to; `assessment` is the one the screen shows, with the events applied."""

    position: Position
    events: tuple[Event, ...]
    screen: Screen
    notice: Notice | None = None
    assessment: Assessment | None = None
    locale: str = ""
