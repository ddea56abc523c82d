"""What a person did, freed of everything that is Telegram's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from bot.dialogue.intents import PickUp, StartPractice
from bot.evidence.sets import KeptFile

if TYPE_CHECKING:
    from bot.assessments.model import AssessmentId
    from bot.dialogue.intents import Intent
    from bot.evidence.refusals import Refusal
    from bot.problems import Problem
    from bot.workbooks.draft import Draft


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
    FORM = "form"
    CHECK = "check"
    REPORT = "report"
    MY_DATA = "mydata"
    FORGET = "forget"


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
    """Words were typed: normalised, without control characters; `was_cleaned` when some had to go.

    `tabbed` are the same words with the tabs between them, where there were any: cells of a table that was pasted.
    """

    text: str
    was_cleaned: bool = False
    tabbed: str = ""


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


@dataclass(frozen=True, slots=True)
class Offered:
    """A file was sent that has not been fetched: who may fetch it says so by making it `Sent`.

    `name` is what its sender called it ("" for a photo), `size` 0 when Telegram does not say; `message` is the
    message's number in the chat, `album` that of the album it belongs to.
    """

    file_id: str
    name: str
    size: int
    caption: str
    message: int
    album: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file was sent: it is in the store, or refused, and then nothing of it is kept."""

    file: KeptFile | Refusal
    caption: str = ""
    album: str = ""

    @property
    def topic(self) -> str | None:
        """What the acknowledgement is about: the files of an album have one, and one for each reason to refuse some."""
        if not self.album:
            return None
        why = "" if isinstance(self.file, KeptFile) else self.file.reason.value
        return f"album:{self.album}:{why}"


@dataclass(frozen=True, slots=True)
class Recaptioned:
    """The words beside a file were changed after it was sent."""

    message: int
    caption: str


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook of ours came back: what it proposes, or why it cannot be taken."""

    draft: Draft | Problem


Given: TypeAlias = Commanded | Tapped | Typed | Offered | Sent | Recaptioned | Returned | Odd


def spoken_of(given: Given, own: AssessmentId | None) -> AssessmentId | None:
    """The assessment that is meant: the one a button speaks of, or else the one the person is in."""
    if not isinstance(given, Tapped) or isinstance(given.intent, StartPractice):
        return own
    if isinstance(given.intent, PickUp):
        return given.intent.assessment
    return own if given.assessment is None else given.assessment
