"""What the use cases need from a database: every method is synchronous and runs inside one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol, TypeVar

from bot.services.archive_ports import ArchiveRecords
from bot.services.cancelled_ports import CancelledRecords
from bot.services.dossier_ports import DossierRecords
from bot.services.file_ports import FileRecords
from bot.services.station_ports import StationRecords

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.assessments.history import HistoryEntry
    from bot.assessments.model import Assessment, AssessmentId, EntryRecord, ItemRecord, PersonId, Subject, VetoRecord
    from bot.dialogue.position import Position
    from bot.dialogue.world import Shelved
    from bot.rubric.model import ItemId, VetoId

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who talks to the bot; `locale` None until they choose a language."""

    id: PersonId
    telegram_id: int
    locale: str | None
    position: Position | None


class InboxState(Enum):
    """What has become of an update."""

    WAITING = "waiting"
    DONE = "done"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """An update as it came: its number, who caused it (0: nobody we know), and the JSON text."""

    update_id: int
    sender: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class InboxRow:
    """An update that is safely ours; `id` orders them as they came, `attempts` counts failed handlings."""

    id: int
    update: RawUpdate
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class NoticeText:
    """A catalogue text to be said with an answer: its key and its arguments, kept as JSON."""

    key: str
    arguments: bytes
    alert: bool = False


@dataclass(frozen=True, slots=True)
class OwedReply:
    """An answer that somebody is owed; the screen itself is drawn from the present state when it is sent.

    `callback_id`: the tap to answer; `message_id`: the card to edit in place (None: send a new one);
    `draws` False: only the tap's answer is owed, or only the notice as a message of its own;
    `place`: the code of a place to be drawn beside where the person is, without going there;
    `document`: a document to be made and sent with it, as "kind:arguments" (`services.documents`);
    `topic`: what it is about, so that a newer reply on it takes its place while it has not been sent.
    """

    chat_id: int
    person: PersonId
    callback_id: str | None = None
    message_id: int | None = None
    notice: NoticeText | None = None
    draws: bool = True
    place: str | None = None
    document: str | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """An owed reply that is safely ours, with the moment before which it must not be sent."""

    id: int
    reply: OwedReply
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is not done yet: updates to be handled, since when the oldest waits, and replies to be sent."""

    waiting: int
    oldest: datetime | None
    owed: int


class Transaction(FileRecords, ArchiveRecords, StationRecords, DossierRecords, CancelledRecords, Protocol):
    """Everything a use case may read and write; nothing of it is seen by others before the commit."""

    # people
    def person(self, telegram_id: int, now: datetime) -> Person:
        """The person of that Telegram id, made known when unseen."""

    def known(self, telegram_id: int) -> Person | None:
        """The person of that Telegram id; None when unseen."""

    def person_by_id(self, person_id: PersonId) -> Person | None:
        """The person of that number of ours."""

    def save_position(self, person_id: PersonId, position: Position, at: datetime | None = None) -> None:
        """Keep where the person is now, and since when where colleagues may see it."""

    def save_locale(self, person_id: PersonId, locale: str) -> None:
        """Keep the language the person chose."""

    def mark_unreachable(self, person_id: PersonId, now: datetime) -> None:
        """Keep that Telegram says the person blocked the bot or is gone."""

    def mark_reachable(self, person_id: PersonId) -> None:
        """Keep that the person can be written to again."""

    # assessments
    def add_assessment(self, assessment: Assessment) -> None:
        """Store a new, empty assessment; its owner may fill it in."""

    def assessment(self, assessment_id: AssessmentId) -> Assessment | None:
        """The assessment with all that is written in it; its entries are read when first looked at, if ever."""

    def save_item(self, assessment_id: AssessmentId, item_id: ItemId, record: ItemRecord) -> None:
        """Store what is written about an item."""

    def save_veto(self, assessment_id: AssessmentId, veto_id: VetoId, record: VetoRecord) -> None:
        """Store what is written about a condition."""

    def save_entry(self, assessment_id: AssessmentId, subject: Subject, record: EntryRecord) -> None:
        """Store what is written under a subject."""

    def append_history(self, entry: HistoryEntry) -> None:
        """Add an entry; entries are never changed or removed."""

    def history(self, assessment_id: AssessmentId, subject: str, limit: int) -> tuple[HistoryEntry, ...]:
        """The newest entries about an item or condition, newest first."""

    def action(self, assessment_id: AssessmentId, action: int) -> tuple[HistoryEntry, ...]:
        """Everything that one tap or message brought about, in its order."""

    def shelf(self, person_id: PersonId, limit: int) -> tuple[Shelved, ...]:
        """The assessments that the person may go on with, last changed first."""

    # inbox
    def accept(self, updates: Sequence[RawUpdate], now: datetime) -> list[InboxRow]:
        """Store updates; returns those not seen before (same number and same text), in order."""

    def waiting(self) -> list[InboxRow]:
        """Every update not yet done with, in order."""

    def backlog(self) -> Backlog:
        """How much is not done yet, by whichever process."""

    def claim(self, limit: int) -> list[InboxRow]:
        """Take up to `limit` waiting updates into this process's work, in order.

        No update is handed out whose sender has one in another process's work, or is owed a reply by another, whose
        older screen could come after the newer one; a process that dies gives all back.
        """

    def finish(self, inbox_id: int, now: datetime) -> None:
        """Mark an update as done with; ClaimLostError when it was done with before, or is another process's now."""

    def count_failure(self, inbox_id: int) -> int:
        """Count one failed handling; returns how many there are now. Raises ClaimLostError as `finish` does."""

    def quarantine(self, inbox_id: int, reference: str, now: datetime) -> None:
        """Set an update aside that cannot be handled, under the reference its sender was told; see `finish`."""

    # outbox
    def owe(self, reply: OwedReply, now: datetime) -> int:
        """Store a reply that this process must send, instead of an unsent one of its topic; returns its number."""

    def owed(self) -> list[OutboxRow]:
        """Every reply not yet sent, in order."""

    def claim_owed(self, limit: int) -> list[OutboxRow]:
        """Take up to `limit` replies that no living process sends into this one's work, in order."""

    def held_until(self) -> datetime | None:
        """Until when Telegram asked to wait, whichever process it told; None when nothing owed has to."""

    def settle(self, outbox_ids: Sequence[int]) -> None:
        """The replies were sent, or can never be."""

    def postpone(self, outbox_ids: Sequence[int], until: datetime) -> None:
        """Telegram asked us to wait."""


class Storage(Protocol):
    """A database that runs use cases.

    `share`: how many updates a process should have in its work at a time, so that others get theirs.
    """

    share: int

    async def run(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in a transaction, returning its result after the commit.

        Whatever it raises is raised here, and nothing of it is kept. Work that waits at the same moment may share one
        commit. Raises StorageUnavailableError when the database cannot take it just now.
        """

    async def lead(self) -> None:
        """Return when this process is the one that asks Telegram for updates; one at a time is, while it lives."""

    async def stirred(self, seconds: float) -> None:
        """Return when there may be something to claim, at the latest after so many seconds."""

    async def broken(self) -> None:
        """Return when the database can no longer be trusted without a restart; never, if all goes well."""

    async def close(self) -> None:
        """Finish what is running and close."""


class Clock(Protocol):
    """Tells the time, always aware and in UTC."""

    def __call__(self) -> datetime:
        """Now."""
