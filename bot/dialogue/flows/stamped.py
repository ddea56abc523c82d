"""Stamped copies: photos or PDFs of the signed and stamped paper, bound to the 校验码 that is printed on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.assessments.events import EntryWritten
from bot.assessments.sealing import stamped_about
from bot.dialogue.position import PlaceKind
from bot.dialogue.scene import stay, warn
from bot.dialogue.screen import Notice, say
from bot.dialogue.turn import Move
from bot.evidence.kinds import Kind
from bot.evidence.limits import LONGEST_NOTE
from bot.evidence.sets import EvidenceSet, read, write

if TYPE_CHECKING:
    from bot.assessments.model import Assessment, EntryRecord, Subject
    from bot.dialogue.position import Position
    from bot.dialogue.report_intents import ShowStamped
    from bot.dialogue.scene import Scene
    from bot.evidence.sets import KeptFile

_TAKEN: Final = frozenset({Kind.JPEG, Kind.PNG, Kind.PDF})


@dataclass(frozen=True, slots=True)
class Copy:
    """What was sent together, under its number, with its entry."""

    number: int
    set: EvidenceSet
    entry: EntryRecord


def copies(assessment: Assessment) -> tuple[Copy, ...]:
    """The stamped copies of what is sealed now, in the order in which they came; those of an earlier seal are void."""
    if not assessment.seal:
        return ()
    about = stamped_about(assessment.seal)
    found = ((subject.removeprefix(about), entry) for subject, entry in assessment.entries.items() if entry.value)
    named = ((number, entry) for number, entry in found if number.isascii() and number.isdecimal())
    return tuple(sorted((Copy(int(n), read(entry.value), entry) for n, entry in named), key=lambda each: each.number))


def is_expected(position: Position, assessment: Assessment) -> bool:
    """Whether a file that comes now is a stamped copy: its 校验码 was typed."""
    return position.place.kind is PlaceKind.STAMPED and position.place.subject == assessment.seal != ""


def received(scene: Scene, file: KeptFile, caption: str, album: str) -> Move:
    """A photo or a PDF came: it joins its album, or is a copy of its own."""
    if file.kind not in _TAKEN:
        return warn(scene.position, "report.stamped_kind")
    every = copies(scene.assessment)
    joined = next((each for each in every if album and each.set.album == album), None)
    number = max((each.number for each in every), default=0) + 1 if joined is None else joined.number
    begun = EvidenceSet((), "", album) if joined is None else joined.set
    kept = begun.with_file(file, caption[:LONGEST_NOTE])
    before = "" if joined is None else joined.entry.value
    event = EntryWritten(subject_of(scene.assessment, number), before, write(kept))
    events = () if event.before == event.after else (event,)
    notice = Notice(say("report.stamped_kept", count=len(kept.files), code=scene.assessment.seal))
    return Move(scene.position, events, notice)


def show(scene: Scene, intent: ShowStamped) -> Move:
    """The files of a copy are to be sent."""
    if intent.number not in {each.number for each in copies(scene.assessment)}:
        return stay(scene.position, "evidence.gone")
    document = f"evidence:{scene.assessment.id}:{subject_of(scene.assessment, intent.number)}"
    return Move(scene.position, notice=Notice(say("evidence.coming")), document=document)


def subject_of(assessment: Assessment, number: int) -> Subject:
    """Where a copy of what is sealed now is kept."""
    return f"{stamped_about(assessment.seal)}{number}"
