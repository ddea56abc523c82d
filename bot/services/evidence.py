"""Evidence in the database and on its way out: what is known before a file is fetched, and sets that are sent back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from bot.dialogue.screen import say
from bot.evidence.sets import KeptFile, read
from bot.services.documents import Paper

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.assessments.model import Assessment, AssessmentId, PersonId
    from bot.dialogue.given import Sent
    from bot.dialogue.turn import Turn
    from bot.evidence.refusals import Refusal
    from bot.evidence.sets import EvidenceSet
    from bot.services.documents import Errand
    from bot.services.file_ports import Files
    from bot.services.ports import Transaction

KIND: Final = "evidence"
"""The kind of document that `SendsEvidence` makes; its arguments are an assessment and the subject of a set."""

_UNFIT: Final = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))
"""What some computers take for more than a letter in a name."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Why the file is not taken, None when nothing is known against it, and the bytes that its station has sent."""

    refusal: Refusal | None
    kept: int


def note_file(tx: Transaction, given: Sent, turn: Turn, now: datetime) -> None:
    """Keep that the assessment has been shown the file, if it was taken."""
    if isinstance(given.file, KeptFile) and turn.assessment is not None and turn.events:
        tx.note_file(turn.assessment.id, given.file.sha256, given.file.size, now)


class Reads(Protocol):
    """The use case that says who may read an assessment."""

    def readable(self, tx: Transaction, person_id: PersonId, assessment_id: AssessmentId) -> Assessment | None:
        """The assessment, if the person may read it now."""


@dataclass(frozen=True, slots=True)
class SendsEvidence:
    """Sends the files of a set to whoever may read the assessment."""

    conversation: Reads
    files: Files

    def __call__(self, tx: Transaction, errand: Errand) -> Callable[[], Sequence[Paper]] | None:
        """The files as they are in the store, under names that are fit for any computer."""
        number, _, subject = errand.arguments.partition(":")
        assessment = self.conversation.readable(tx, errand.person, int(number))
        text = "" if assessment is None else assessment.entry(subject).value
        if not text:
            return None
        evidence = read(text)
        return lambda: self._papers(subject, evidence)

    def _papers(self, subject: str, evidence: EvidenceSet) -> Sequence[Paper]:
        *_, about, number = subject.split("/")
        papers = []
        for position, file in enumerate(evidence.files, start=1):
            plain = f"{about or KIND}-{number}-{position}.{file.kind.value}"
            name = file.name.translate(_UNFIT).lstrip(".") or plain
            caption = say("evidence.note", note=evidence.note) if evidence.note and position == 1 else None
            papers.append(Paper(name, self.files.read(file.sha256), caption))
        return papers
