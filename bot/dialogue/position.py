"""Where a person is in the conversation; small enough for one row, and rebuilt from the answers when lost."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.assessments.model import AssessmentId


class PlaceKind(Enum):
    """The kinds of screens; the value is one letter, since it stands in buttons."""

    HOME = "h"
    ITEM = "i"
    GROUP = "g"
    MAP = "m"
    CHAPTER = "c"
    SCORE = "s"
    LOST = "l"
    PENDING = "p"
    HISTORY = "y"
    VETOES = "V"
    VETO = "v"
    VETO_CONFIRM = "f"
    HELP = "e"
    LANGUAGE = "L"
    INVITATION = "j"
    WRITE_NOTE = "n"
    WRITE_REMEDY = "r"
    WRITE_EXCUSE = "x"
    WRITE_RATE = "q"
    WRITE_VETO_DETAILS = "d"
    WRITE_VETO_REASON = "w"
    WRITE_VETO_SPECIAL = "t"
    UNPLACED_TEXT = "u"
    MEMBERS = "M"
    MEMBER = "b"
    MEMBER_REMOVE = "R"
    ADMIT = "A"
    ASSIGN = "a"
    CONFLICT = "X"
    MY_DATA = "D"
    FORGET = "F"
    EVIDENCE = "E"
    WRITE_WHEREABOUTS = "k"
    UNPLACED_FILE = "U"
    IMPORT = "W"
    FORM = "O"
    FORM_SECTION = "S"
    FIELD = "B"
    TABLE = "T"
    ROW = "N"
    PASTE = "P"
    CHECK = "K"
    FINDING = "z"
    WRITE_EXPLANATION = "Z"
    MEASURES = "G"
    MEASURE = "H"
    REPORT = "Q"
    SEAL = "Y"
    REOPEN = "J"
    STAMPED = "I"


@dataclass(frozen=True, slots=True)
class Place:
    """One screen: its kind and what it is about (an item, group, chapter or condition id), as "i2.1.10" in short."""

    kind: PlaceKind
    subject: str = ""

    @property
    def code(self) -> str:
        """The place as it stands in a button or a row."""
        return self.kind.value + self.subject

    @classmethod
    def of(cls, code: str) -> Place:
        """The place of that code; ValueError when it is none."""
        return cls(PlaceKind(code[:1]), code[1:])


HOME = Place(PlaceKind.HOME)


class Walk(Enum):
    """How the table is walked: related two-valued items on one card, or every item on its own."""

    GROUPED = "g"
    SINGLE = "s"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a person is.

    `back` is the card that /help and other side trips return to; `last_action` is what an undo takes back (0: nothing);
    `draft` holds words that were typed where none were asked for, until the person says what to do with them; `seen`
    is the revision of the item on the card as it was drawn, where colleagues may change it meanwhile (otherwise 0);
    `errand` is the finding of the check that they set out to put right ("": none).
    """

    place: Place = HOME
    assessment: AssessmentId | None = None
    walk: Walk = Walk.GROUPED
    back: Place = HOME
    last_action: int = 0
    draft: str = ""
    seen: int = 0
    errand: str = ""
