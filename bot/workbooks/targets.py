"""What a cell of a workbook is about in the assessment, and the canonical text that stands there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from bot.rubric.answering import answer_from_data, answer_to_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.assessments.model import Assessment
    from bot.rubric.answers import Answer


class TargetKind(Enum):
    """The kinds of what is written; the value stands in the hidden sheet."""

    ANSWER = "answer"
    NOTE = "note"
    REMEDY = "remedy"
    VETO = "veto"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that has a value: the answer of an item, its note, a condition, an entry."""

    kind: TargetKind
    subject: str

    @property
    def code(self) -> str:
        """The target in one text, such as "answer:2.1.10"."""
        return f"{self.kind.value}:{self.subject}"

    @classmethod
    def of(cls, code: str) -> Target:
        """The target of that code; ValueError when it is none."""
        kind, _, subject = code.partition(":")
        return cls(TargetKind(kind), subject)


def current(assessment: Assessment, target: Target) -> str:
    """The canonical text of a target as it stands; "" where nothing does."""
    match target.kind:
        case TargetKind.ANSWER:
            return answer_text(assessment.item(target.subject).answer)
        case TargetKind.NOTE:
            return assessment.item(target.subject).note
        case TargetKind.REMEDY:
            return assessment.item(target.subject).remedy
        case TargetKind.VETO:
            record = assessment.veto(target.subject)
            return statement_text(record.choice, record.note)
        case TargetKind.ENTRY:
            return assessment.entry(target.subject).value


def written(assessment: Assessment) -> Iterator[tuple[Target, str]]:
    """Everything that stands in an assessment, with its canonical text."""
    for item_id in assessment.items:
        for kind in (TargetKind.ANSWER, TargetKind.NOTE, TargetKind.REMEDY):
            yield _with_text(assessment, Target(kind, item_id))
    for veto_id in assessment.vetoes:
        yield _with_text(assessment, Target(TargetKind.VETO, veto_id))
    for subject in assessment.entries:
        yield _with_text(assessment, Target(TargetKind.ENTRY, subject))


def _with_text(assessment: Assessment, target: Target) -> tuple[Target, str]:
    return target, current(assessment, target)


def answer_text(answer: Answer | None) -> str:
    """An answer as one text; "" for none."""
    return "" if answer is None else json.dumps(answer_to_data(answer), ensure_ascii=False, sort_keys=True)


def answer_of(text: str) -> Answer | None:
    """The answer of such a text."""
    return answer_from_data(json.loads(text)) if text else None


def statement_text(choice: str, note: str) -> str:
    """What is said of a condition as one text; "" where nothing is."""
    return json.dumps([choice, note], ensure_ascii=False) if choice or note else ""


def statement_of(text: str) -> tuple[str, str]:
    """The choice and the note of such a text."""
    choice, note = json.loads(text) if text else ("", "")
    return choice, note
