"""How a value of the domain stands in a column.

Times are text in UTC of one width, `2026-03-01T08:30:00.000000+00:00`: they sort as they follow each other, a person
can read them in any tool, and both databases keep them alike. Answers and statements are small JSON.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

import orjson

from bot.assessments.events import (
    AnswerSetAside,
    AssessmentEvent,
    EntrySetAside,
    EntryWritten,
    ItemAnswered,
    NoteWritten,
    RemedyWritten,
    VetoAnswered,
    VetoStatement,
)
from bot.rubric.answering import answer_to_data
from bot.rubric.answers import Chosen, Counted, Excused, Measured, Sampled, Ticked

if TYPE_CHECKING:
    from bot.rubric.answers import Answer


def time_to_text(moment: datetime) -> str:
    """A moment as it is stored; ValueError for one without a time zone."""
    if moment.tzinfo is not UTC:
        if moment.tzinfo is None:
            raise ValueError("a stored time needs a time zone")
        moment = moment.astimezone(UTC)
    return moment.isoformat(timespec="microseconds")


time_from_text = datetime.fromisoformat


def optional_time_to_text(moment: datetime | None) -> str | None:
    """A moment as it is stored, or nothing."""
    return None if moment is None else time_to_text(moment)


def answer_to_text(answer: Answer | None) -> str | None:
    """An answer as it is stored."""
    return None if answer is None else orjson.dumps(answer_to_data(answer)).decode()


@lru_cache(maxsize=4096)
def answer_from_text(text: str | None) -> Answer | None:
    """The answer that was stored; equal texts give the same object, since most of a table's answers are alike.

    Read as it was kept, not by the rules for input, which may have become stricter; ValueError for an unknown shape.
    """
    return None if text is None else _answer(orjson.loads(text))


def _answer(data: object) -> Answer:
    answer: Answer
    match data:
        case {"level": str(level)}:
            answer = Chosen(level)
        case {"problems": int(problems), **more}:
            answer = Counted(problems, bool(more.get("serious", False)))
        case {"sampled": int(sampled), "errors": int(errors), **more}:
            answer = Sampled(sampled, errors, str(more.get("unit", "")))
        case {"measured": str(value)}:
            answer = Measured(Decimal(value))
        case {"proofs": [*proofs]}:
            answer = Ticked(tuple(map(str, proofs)))
        case {"not_applicable": str(reason)}:
            answer = Excused(reason)
        case _:
            raise ValueError("a stored answer of no known shape")
    return answer


def _statement_to_text(statement: VetoStatement) -> str:
    data = {"choice": statement.choice, "declared": statement.declared, "note": statement.note}
    return orjson.dumps(data).decode()


def _statement_from_text(text: str) -> VetoStatement:
    return VetoStatement(**orjson.loads(text))


def event_to_columns(event: AssessmentEvent) -> dict[str, str | int | None]:  # noqa: PLR0911 - one for each kind
    """What a history entry keeps of an event: kind, subject, before, after, grouped, reason."""
    match event:
        case ItemAnswered(item, before, after, grouped):
            return _columns("item", item, answer_to_text(before), answer_to_text(after), grouped=grouped)
        case AnswerSetAside(item, stands, offered):
            return _columns("aside", item, answer_to_text(stands), answer_to_text(offered))
        case NoteWritten(item, written, rewritten):
            return _columns("note", item, written, rewritten)
        case RemedyWritten(item, written, rewritten):
            return _columns("remedy", item, written, rewritten)
        case VetoAnswered(veto, said, says, reason):
            return _columns("veto", veto, _statement_to_text(said), _statement_to_text(says), reason=reason)
        case EntryWritten(subject, written, rewritten):
            return _columns("entry", subject, written, rewritten)
        case EntrySetAside(subject, stands_written, offered_instead):
            return _columns("entry_aside", subject, stands_written, offered_instead)


def _columns(
    kind: str, subject: str, before: str | None, after: str | None, *, grouped: int = False, reason: str = ""
) -> dict[str, str | int | None]:
    return {
        "kind": kind,
        "subject": subject,
        "before": before,
        "after": after,
        "grouped": grouped,
        "reason": reason,
    }


def event_from_columns(  # noqa: PLR0911 - one for each kind
    kind: str, subject: str, before: str | None, after: str | None, *, grouped: int, reason: str
) -> AssessmentEvent:
    """The event that a history entry keeps; ValueError for a kind that this version does not know."""
    match kind:
        case "item":
            return ItemAnswered(subject, answer_from_text(before), answer_from_text(after), bool(grouped))
        case "aside" if (offered := answer_from_text(after)) is not None:
            return AnswerSetAside(subject, answer_from_text(before), offered)
        case "note":
            return NoteWritten(subject, before or "", after or "")
        case "remedy":
            return RemedyWritten(subject, before or "", after or "")
        case "veto" if before is not None and after is not None:
            return VetoAnswered(subject, _statement_from_text(before), _statement_from_text(after), reason)
        case "entry":
            return EntryWritten(subject, before or "", after or "")
        case "entry_aside":
            return EntrySetAside(subject, before or "", after or "")
    raise ValueError(f"a history entry of unknown kind {kind!r}")
