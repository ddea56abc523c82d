"""Small things to store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.assessments.events import ItemAnswered
from bot.assessments.history import HistoryEntry
from bot.assessments.model import Assessment, ItemRecord, Kind
from bot.rubric.answers import Chosen
from bot.services.ports import OwedReply, RawUpdate

if TYPE_CHECKING:
    from bot.assessments.events import AssessmentEvent
    from bot.services.ports import Transaction

NOW = datetime(2026, 3, 1, 8, 30, 15, 120034, tzinfo=UTC)


def later(seconds: int) -> datetime:
    """A moment after NOW."""
    return NOW + timedelta(seconds=seconds)


def begin(tx: Transaction, number: int = 7, *, telegram_id: int = 100, at: datetime = NOW) -> Assessment:
    """Store a person, and an empty assessment of theirs."""
    person = tx.person(telegram_id, at)
    assessment = Assessment(number, "sichuan-2017", 1, Kind.PRACTICE, person.id, at)
    tx.add_assessment(assessment)
    return assessment


def answer(tx: Transaction, assessment: Assessment, item: str, revision: int = 1, *, at: datetime = NOW) -> None:
    """Store an answer with its entry in the history."""
    tx.save_item(assessment.id, item, ItemRecord(Chosen("met"), revision, by=assessment.owner, at=at))
    event = ItemAnswered(item, None, Chosen("met"))
    tx.append_history(entry(assessment, event, revision, at=at))


def entry(assessment: Assessment, event: AssessmentEvent, action: int = 1, *, at: datetime = NOW) -> HistoryEntry:
    """An entry in the history, its revision as high as its action."""
    return HistoryEntry(assessment.id, action, event, action, assessment.owner, at)


def update(number: int, text: bytes = b'{"update_id":1}', sender: int = 100) -> RawUpdate:
    """An update as it came."""
    return RawUpdate(number, sender, text)


def reply(tx: Transaction) -> OwedReply:
    """A plain reply to a known person."""
    return OwedReply(chat_id=100, person=tx.person(100, NOW).id)
