"""Evidence as it stands among the entries: sets of files under a subject, and where the rest can be inspected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import orjson

from bot.assessments.entries import EVIDENCE, evidence_in
from bot.evidence.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.assessments.model import EntryRecord, Subject

_PLACE: Final = "place"
UNPLACED: Final = ""
"""The subject of a set that nobody has said yet what it belongs to."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file in the store: its SHA-256, kind and size, and what its sender called it, which is never a path.

    `message` is the number of the message it came with in its sender's chat.
    """

    sha256: str
    kind: Kind
    size: int
    name: str = ""
    message: int = 0


@dataclass(frozen=True, slots=True)
class EvidenceSet:
    """Files that were sent together, with one note; `album` is Telegram's number of the album, "" for a single file."""

    files: tuple[KeptFile, ...]
    note: str = ""
    album: str = ""

    def with_file(self, file: KeptFile, note: str) -> EvidenceSet:
        """The set with one more file of its album; the same one again changes nothing but perhaps the note."""
        files = self.files if file.sha256 in {each.sha256 for each in self.files} else (*self.files, file)
        return replace(self, files=files, note=note or self.note)


@dataclass(frozen=True, slots=True)
class Standing:
    """A set where it stands: its subject, its number there, and its entry with revision, author and time."""

    about: Subject
    number: int
    set: EvidenceSet
    entry: EntryRecord


def set_subject(about: Subject, number: int) -> Subject:
    """The subject of the entry of a set: "evidence/2.1.10/1"."""
    return f"{EVIDENCE}{about}/{number}"


def place_subject(about: Subject) -> Subject:
    """The subject of the entry that says where something can be inspected (备查位置)."""
    return f"{EVIDENCE}{about}/{_PLACE}"


def standing(entries: Mapping[Subject, EntryRecord]) -> tuple[Standing, ...]:
    """Every set that stands, by subject in the order of their first words, then by number."""
    found = []
    for subject, entry in entries.items():
        named = _named(subject)
        if named is not None and entry.value:
            found.append(Standing(*named, read(entry.value), entry))
    return tuple(sorted(found, key=lambda each: (each.about, each.number)))


def sets_of(entries: Mapping[Subject, EntryRecord], about: Subject) -> tuple[Standing, ...]:
    """The sets that stand under one subject, by number."""
    return tuple(each for each in standing(entries) if each.about == about)


def count_of(entries: Mapping[Subject, EntryRecord], about: Subject) -> int:
    """How many sets stand under one subject; entries that were not read yet are not read for it."""
    named = (_named(subject) for subject in evidence_in(entries))
    return sum(each is not None and each[0] == about for each in named)


def next_number(entries: Mapping[Subject, EntryRecord], about: Subject) -> int:
    """A number that no set under the subject has ever had."""
    named = (_named(subject) for subject in entries)
    return max((each[1] for each in named if each is not None and each[0] == about), default=0) + 1


def write(evidence: EvidenceSet) -> str:
    """The canonical text of a set."""
    files = [
        {
            "bytes": file.size,
            "kind": file.kind.value,
            "message": file.message,
            "name": file.name,
            "sha256": file.sha256,
        }
        for file in evidence.files
    ]
    data = {"album": evidence.album, "files": files, "note": evidence.note}
    return orjson.dumps(data, option=orjson.OPT_SORT_KEYS).decode()


def read(text: str) -> EvidenceSet:
    """The set of a canonical text; ValueError for anything else."""
    data = orjson.loads(text)
    try:
        files = tuple(
            KeptFile(each["sha256"], Kind(each["kind"]), each["bytes"], each["name"], each["message"])
            for each in data["files"]
        )
        return EvidenceSet(files, data["note"], data["album"])
    except (KeyError, TypeError) as error:
        raise ValueError("no set of evidence") from error


def _named(subject: Subject) -> tuple[Subject, int] | None:
    """What a set is about, and its number; None for the subject of anything else."""
    about, _, number = subject.removeprefix(EVIDENCE).rpartition("/")
    is_set = subject.startswith(EVIDENCE) and number.isascii() and number.isdigit()
    return (about, int(number)) if is_set else None
