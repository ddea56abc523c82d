"""What a person did, freed of everything that is Telegram's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from bot.dialogue.intents import PickUp, StartPractice

if TYPE_CHECKING:
    from bot.assessments.model import AssessmentId
    from bot.dialogue.intents import Intent


class Command(Enum):
    """The commands people can type; the value is the word behind the slash."""

    START = "start"
    SCORE = "score"
    MAP = "map"
    VETO = "veto"
    UNDO = "undo"
    LANGUAGE = "language"
    HELP = "help"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command was typed, perhaps with words behind it."""

    command: Command
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button was tapped; `assessment` is the one it speaks of."""

    intent: Intent
    assessment: AssessmentId | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """Words were typed: normalised, without control characters; `was_cleaned` when some had to go."""

    text: str
    was_cleaned: bool = False


class Oddity(Enum):
    """What we cannot take."""

    UNREADABLE_BUTTON = "unreadable_button"
    UNKNOWN_COMMAND = "unknown_command"
    NOT_TEXT = "not_text"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class Odd:
    """Something came that we cannot take: the person is told what is possible."""

    oddity: Oddity


Given: TypeAlias = Commanded | Tapped | Typed | Odd


def spoken_of(given: Given, own: AssessmentId | None) -> AssessmentId | None:
    """The assessment that is meant: the one a button speaks of, or else the one the person is in."""
    if not isinstance(given, Tapped) or isinstance(given.intent, StartPractice):
        return own
    if isinstance(given.intent, PickUp):
        return given.intent.assessment
    return own if given.assessment is None else given.assessment
