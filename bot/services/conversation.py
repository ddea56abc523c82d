"""One turn of the conversation as one transaction: load, step, save, owe the reply, finish the update."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.assessments.events import VetoAnswered
from bot.assessments.history import HistoryEntry
from bot.assessments.permissions import may_fill
from bot.dialogue.engine import show, step
from bot.dialogue.given import Command, Commanded, Odd, Oddity, spoken_of
from bot.dialogue.position import Place, Position
from bot.dialogue.screen import Notice, say
from bot.dialogue.turn import AssessmentStarted, LanguageChosen
from bot.dialogue.world import World
from bot.services.notices import keep, restore
from bot.services.ports import OwedReply
from bot.services.requests import Reply

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.assessments.model import Assessment, AssessmentId
    from bot.dialogue.given import Given
    from bot.dialogue.position import PlaceKind
    from bot.dialogue.screen import Screen
    from bot.dialogue.turn import Event, Turn
    from bot.dialogue.world import Shelved
    from bot.rubric.loader import Library
    from bot.rubric.model import Rubric
    from bot.services.ports import OutboxRow, Person, Transaction
    from bot.services.requests import Request

_SHELF = 5
_HISTORY = 12


@dataclass(frozen=True, slots=True)
class _Archive:
    """The reads that only some screens need, in the turn's own transaction."""

    tx: Transaction
    person: Person
    assessment: Assessment | None
    fresh: Callable[[], AssessmentId]

    def shelf(self) -> tuple[Shelved, ...]:
        return self.tx.shelf(self.person.id, _SHELF)

    def history(self, subject: str) -> tuple[HistoryEntry, ...]:
        return () if self.assessment is None else self.tx.history(self.assessment.id, subject, _HISTORY)

    def action(self, action: int) -> tuple[HistoryEntry, ...]:
        return () if self.assessment is None else self.tx.action(self.assessment.id, action)

    def fresh_id(self) -> AssessmentId:
        return self.fresh()


@dataclass(frozen=True, slots=True)
class Conversation:
    """The conversation over a database: a practice run walks the rubric `practice`."""

    library: Library
    practice: Rubric
    locales: tuple[str, ...]
    default_locale: str
    fresh_id: Callable[[], AssessmentId]

    def handle(self, tx: Transaction, request: Request, now: datetime) -> Reply:
        """What one person did in their private chat: everything it brings about is kept, or nothing."""
        person = tx.person(request.telegram_id, now)
        given, assessment = self._authorise(tx, person, request.given)
        world = self._world(tx, person, assessment, now, request.inbox_id)
        turn = step(person.position or Position(), given, world)
        self._save(tx, person, turn, world)
        if isinstance(given, Commanded) and given.command is Command.START:
            tx.mark_reachable(person.id)
        notice = turn.notice
        owed = OwedReply(
            request.chat_id,
            person.id,
            request.callback_id,
            request.message_id,
            None if notice is None else keep(notice),
        )
        outbox_id = tx.owe(owed, now)
        tx.finish(request.inbox_id, now)
        return Reply(outbox_id, owed, turn.screen, notice, turn.locale)

    def redraw(self, tx: Transaction, row: OutboxRow, now: datetime) -> Reply:
        """An owed reply after a restart: the person's present screen, with the notice that was owed."""
        person = tx.person_by_id(row.reply.person)
        notice = None if row.reply.notice is None else restore(row.reply.notice)
        if person is None or not row.reply.draws:
            return Reply(row.id, row.reply, None, notice, (person and person.locale) or self.default_locale)
        position = person.position or Position()
        assessment = self._own(tx, person, position.assessment)
        turn = show(position, self._world(tx, person, assessment, now, 0))
        return Reply(row.id, row.reply, turn.screen, notice, turn.locale)

    def glance(self, tx: Transaction, person: Person, kind: PlaceKind, now: datetime) -> Screen | None:
        """A screen of the assessment that the person is in, as it stands, without going there; None without one."""
        position = person.position or Position()
        assessment = self._own(tx, person, position.assessment)
        if assessment is None:
            return None
        world = self._world(tx, person, assessment, now, 0)
        return show(replace(position, place=Place(kind)), world).screen

    def decline(self, tx: Transaction, request: Request, now: datetime) -> Reply:
        """Somebody wrote or tapped in a group: a polite refusal, and nothing else."""
        person = tx.person(request.telegram_id, now)
        notice = Notice(say("notice.group_chat"), is_alert=True)
        owed = OwedReply(request.chat_id, person.id, request.callback_id, None, keep(notice), draws=False)
        outbox_id = tx.owe(owed, now)
        tx.finish(request.inbox_id, now)
        return Reply(outbox_id, owed, None, notice, person.locale or self.default_locale)

    def _authorise(self, tx: Transaction, person: Person, given: Given) -> tuple[Given, Assessment | None]:
        """The assessment to work on; a button that speaks of somebody else's counts as one that does not exist."""
        own = None if person.position is None else person.position.assessment
        meant = spoken_of(given, own)
        assessment = self._own(tx, person, meant)
        if assessment is None and meant != own:
            return Odd(Oddity.UNREADABLE_BUTTON), self._own(tx, person, own)
        return given, assessment

    def _own(self, tx: Transaction, person: Person, assessment_id: AssessmentId | None) -> Assessment | None:
        assessment = None if assessment_id is None else tx.assessment(assessment_id)
        return assessment if assessment is not None and may_fill(person.id, assessment) else None

    def _world(
        self, tx: Transaction, person: Person, assessment: Assessment | None, now: datetime, action: int
    ) -> World:
        if assessment is None:
            rubric = self.practice
        else:
            rubric = self.library.get(assessment.rubric_id, assessment.rubric_version)
        return World(
            rubric=rubric,
            assessment=assessment,
            person=person.id,
            locale=person.locale or self.default_locale,
            locales=self.locales,
            now=now,
            action=action,
            archive=_Archive(tx, person, assessment, self.fresh_id),
        )

    def _save(self, tx: Transaction, person: Person, turn: Turn, world: World) -> None:
        for event in turn.events:
            _save_event(tx, event, turn, world)
        if turn.position != person.position:
            tx.save_position(person.id, turn.position)


def _save_event(tx: Transaction, event: Event, turn: Turn, world: World) -> None:
    if isinstance(event, LanguageChosen):
        tx.save_locale(world.person, event.locale)
        return
    if isinstance(event, AssessmentStarted):
        tx.add_assessment(event.assessment)
        return
    assessment = turn.assessment
    if assessment is None:  # cannot be: the engine records answers only in an assessment
        return
    if isinstance(event, VetoAnswered):
        record = assessment.veto(event.veto)
        tx.save_veto(assessment.id, event.veto, record)
        revision = record.revision
    else:
        written = assessment.item(event.item)
        tx.save_item(assessment.id, event.item, written)
        revision = written.revision
    tx.append_history(HistoryEntry(assessment.id, world.action, event, revision, world.person, world.now))
