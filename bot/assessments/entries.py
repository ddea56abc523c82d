"""What is written beside the answers, read when it is first looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from bot.assessments.model import EntryRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.assessments.model import Subject

EVIDENCE: Final = "evidence/"
"""How the subjects of evidence begin; `storage` tells which of them stand without reading what they say."""


class LazyEntries(Mapping[str, EntryRecord]):
    """Entries that nobody has read yet, and the subjects of the evidence that stands among them.

    They are read once, and no later than the transaction ends in which `load` came to be.
    """

    def __init__(self, load: Callable[[], Mapping[Subject, EntryRecord]], evidence: frozenset[Subject]) -> None:
        self._load = load
        self._loaded: Mapping[Subject, EntryRecord] | None = None
        self.evidence: Final = evidence

    def __getitem__(self, subject: str) -> EntryRecord:
        return self._all()[subject]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> Mapping[Subject, EntryRecord]:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded


def is_evidence(subject: Subject) -> bool:
    """Whether an entry of that subject is about evidence; nothing else begins so, no item either."""
    return subject.startswith(EVIDENCE)


def evidence_in(entries: Mapping[Subject, EntryRecord]) -> frozenset[Subject]:
    """The subjects of the evidence that stands; nothing is read for it."""
    if isinstance(entries, LazyEntries):
        return entries.evidence
    return frozenset(subject for subject, entry in entries.items() if entry.value and is_evidence(subject))
