"""What a button asks for, and its codec: at most 64 bytes, naming the assessment and the revision it was drawn from."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.dialogue.check_intents import CheckIntent, Mend, StartMeasure
from bot.dialogue.evidence_intents import EvidenceIntent, PlaceEvidence, RemoveEvidence, ShowEvidence
from bot.dialogue.form_intents import (
    ClearEntry,
    ConfirmPaste,
    CopyRow,
    DeleteRow,
    FillChoice,
    FormIntent,
    NewRow,
    ReplaceEntry,
)
from bot.dialogue.position import Place, Walk
from bot.dialogue.report_intents import FetchReport, ReopenReport, ReportIntent, SealReport, ShowStamped
from bot.dialogue.station_intents import (
    Admit,
    Agree,
    Assign,
    Decline,
    Deputise,
    FetchMyData,
    Forget,
    Invite,
    PutMine,
    Refuse,
    Remove,
    StartSelfAssessment,
    StationIntent,
    Withdraw,
)
from bot.dialogue.workbook_intents import DropImport, FetchWorkbook, SettleImport, TakeOver, WorkbookIntent
from bot.errors import UnreadableButtonError
from bot.stations.model import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.assessments.model import AssessmentId
    from bot.rubric.model import ItemId, LevelId, VetoId

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
MAX_BYTES = 64
MOST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Open:
    """Go to a screen; changes nothing but the person's position."""

    place: Place


@dataclass(frozen=True, slots=True)
class StartPractice:
    """Begin a new 试填."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on with the button's assessment where it is unfinished."""


@dataclass(frozen=True, slots=True)
class PickUp:
    """Go on with this assessment of the person's, whichever one the screen speaks of."""

    assessment: int


@dataclass(frozen=True, slots=True)
class Choose:
    """Answer an item with a level, if it still has the revision."""

    item: ItemId
    level: LevelId
    revision: int


@dataclass(frozen=True, slots=True)
class Mark:
    """On a group card: this item has a problem, or, tapped again, is open again."""

    item: ItemId
    revision: int


@dataclass(frozen=True, slots=True)
class ConfirmRest:
    """On a group card: all open items were checked one by one and no problem was found.

    `revision` is the sum of the items' revisions, so that a change of any of them makes the button stale.
    """

    group: str
    revision: int


@dataclass(frozen=True, slots=True)
class Rate:
    """Answer an item with a sampled count and its errors."""

    item: ItemId
    sampled: int
    errors: int
    revision: int


@dataclass(frozen=True, slots=True)
class Count:
    """Answer an item with a number of problems."""

    item: ItemId
    problems: int
    revision: int


@dataclass(frozen=True, slots=True)
class Tick:
    """Tick a proof off (`on` 1), or take the tick back (0); "*" means every proof."""

    item: ItemId
    proof: str
    on: int
    revision: int


@dataclass(frozen=True, slots=True)
class SetWalk:
    """Walk the table by group cards, or item by item."""

    walk: Walk


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back what one action of this person changed."""

    action: int


@dataclass(frozen=True, slots=True)
class AnswerVeto:
    """Say which fact is true of a condition; one that declares it is asked again first."""

    veto: VetoId
    choice: str
    revision: int


@dataclass(frozen=True, slots=True)
class DeclareVeto:
    """Confirm that a condition exists."""

    veto: VetoId
    choice: str
    revision: int


@dataclass(frozen=True, slots=True)
class Speak:
    """Talk to me in this language."""

    locale: str


@dataclass(frozen=True, slots=True)
class KeepAsNote:
    """The words I typed are a note on this item; `words` is their checksum, so that no others are kept instead."""

    item: ItemId
    words: int


Intent: TypeAlias = (
    Open
    | StartPractice
    | Resume
    | PickUp
    | Choose
    | Mark
    | ConfirmRest
    | Rate
    | Count
    | Tick
    | SetWalk
    | Undo
    | AnswerVeto
    | DeclareVeto
    | Speak
    | KeepAsNote
    | StationIntent
    | EvidenceIntent
    | WorkbookIntent
    | CheckIntent
    | FormIntent
    | ReportIntent
)


def encode(intent: Intent, assessment: AssessmentId | None) -> str:
    """The button data of an intent: its letter, the assessment, and its fields, separated by colons."""
    letter, fields = _SHAPES[type(intent)]
    written = (write(getattr(intent, name)) for name, write, _ in fields)
    return ":".join((letter, base36(assessment or 0), *written))


def decode(data: str) -> tuple[Intent, AssessmentId | None]:
    """The intent and the assessment of a button; UnreadableButtonError when the data is none of ours."""
    if len(data.encode(errors="surrogatepass")) > MAX_BYTES:
        raise UnreadableButtonError(data[:MAX_BYTES])
    try:
        letter, assessment, *values = data.split(":")
        kind = _KINDS[letter]
        readers = (reader for _, _, reader in _SHAPES[kind][1])
        read = [reader(value) for reader, value in zip(readers, values, strict=True)]
        return kind(*read), from_base36(assessment) or None
    except (KeyError, ValueError) as error:
        raise UnreadableButtonError(data) from error


def checksum(words: str) -> int:
    """A small number that tells words from others."""
    return zlib.crc32(words.encode(errors="surrogatepass"))


@lru_cache(maxsize=4096)
def base36(number: int) -> str:
    """A natural number in the digits 0-9a-z."""
    digits = ""
    while number >= 36:  # noqa: PLR2004 - the base itself
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return _DIGITS[number] + digits


def from_base36(text: str) -> int:
    """The number of its canonical base-36 form; ValueError otherwise, and for one that no database can hold."""
    number = int(text, 36)
    if not 0 <= number <= MOST or base36(number) != text:
        raise ValueError(text)
    return number


def _same(text: str) -> str:
    return text


_CODERS: dict[str, tuple[Callable[[Any], str], Callable[[str], Any]]] = {
    "int": (base36, from_base36),
    "Place": (lambda place: place.code, Place.of),
    "Walk": (lambda walk: walk.value, Walk),
    "Role": (lambda role: role.value, Role),
}

_KINDS: dict[str, type[Intent]] = {
    "o": Open,
    "p": StartPractice,
    "r": Resume,
    "c": PickUp,
    "a": Choose,
    "m": Mark,
    "g": ConfirmRest,
    "q": Rate,
    "n": Count,
    "t": Tick,
    "w": SetWalk,
    "u": Undo,
    "v": AnswerVeto,
    "d": DeclareVeto,
    "l": Speak,
    "k": KeepAsNote,
    "ss": StartSelfAssessment,
    "sa": Agree,
    "sd": Decline,
    "si": Invite,
    "sw": Withdraw,
    "sl": Admit,
    "sr": Refuse,
    "sm": Remove,
    "sp": Deputise,
    "sc": Assign,
    "sf": Forget,
    "sy": FetchMyData,
    "sx": PutMine,
    "er": RemoveEvidence,
    "es": ShowEvidence,
    "ep": PlaceEvidence,
    "wg": FetchWorkbook,
    "wt": TakeOver,
    "ws": SettleImport,
    "wd": DropImport,
    "xm": StartMeasure,
    "xf": Mend,
    "fc": FillChoice,
    "fx": ClearEntry,
    "fr": ReplaceEntry,
    "fn": NewRow,
    "fy": CopyRow,
    "fd": DeleteRow,
    "fp": ConfirmPaste,
    "rg": FetchReport,
    "rs": SealReport,
    "ro": ReopenReport,
    "rt": ShowStamped,
}

_SHAPES: dict[type[Intent], tuple[str, tuple[tuple[str, Callable[[Any], str], Callable[[str], Any]], ...]]] = {
    kind: (letter, tuple((each.name, *_CODERS.get(str(each.type), (_same, _same))) for each in fields(kind)))
    for letter, kind in _KINDS.items()
}
