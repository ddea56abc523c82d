"""The outcome of a step: the new position, what happened, what is seen, and what is said beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from bot.assessments.events import AssessmentEvent
from bot.stations.events import StationEvent

if TYPE_CHECKING:
    from bot.assessments.model import Assessment, PersonId
    from bot.dialogue.position import Place, Position
    from bot.dialogue.screen import Notice, Screen


@dataclass(frozen=True, slots=True)
class AssessmentStarted:
    """A new assessment was begun."""

    assessment: Assessment


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """The person chose a language."""

    locale: str


@dataclass(frozen=True, slots=True)
class PersonTold:
    """Somebody is told something in their own chat, with the place drawn below it, if any; they stay where they are.

    `document` is one to be made and sent with it, as "kind:arguments".
    """

    person: PersonId
    notice: Notice
    place: Place | None = None
    document: str | None = None


Event: TypeAlias = AssessmentStarted | LanguageChosen | PersonTold | StationEvent | AssessmentEvent


@dataclass(frozen=True, slots=True)
class Move:
    """What a flow decides: where to, what happened, what to say; the engine draws the screen.

    `document` is one to be made and sent with it, as "kind:arguments".
    """

    position: Position
    events: tuple[Event, ...] = ()
    notice: Notice | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What a step comes to; `assessment` is the one the screen shows, with the events applied."""

    position: Position
    events: tuple[Event, ...]
    screen: Screen
    notice: Notice | None = None
    assessment: Assessment | None = None
    locale: str = ""
    document: str | None = None
