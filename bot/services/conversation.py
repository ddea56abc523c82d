"""One turn of the conversation as one transaction: load, step, save, owe the reply, finish the update."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from bot.assessments.days import HERE
from bot.assessments.permissions import may_fill
from bot.dialogue.engine import refusal, show, step
from bot.dialogue.given import Command, Commanded, Odd, Oddity, Sent, spoken_of
from bot.dialogue.position import Place, Position
from bot.dialogue.screen import Notice, say
from bot.dialogue.turn import PersonTold
from bot.dialogue.world import World
from bot.forms.loader import form_at, form_beside
from bot.reports.alone import alone
from bot.services.evidence import Expected, note_file
from bot.services.notices import keep, restore
from bot.services.ports import OutboxRow, OwedReply
from bot.services.requests import Reply
from bot.services.roster import StoredRoster
from bot.services.saving import save

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo

    from bot.assessments.history import HistoryEntry
    from bot.assessments.model import Assessment, AssessmentId, PersonId
    from bot.dialogue.given import Given
    from bot.dialogue.position import PlaceKind
    from bot.dialogue.screen import Screen
    from bot.dialogue.turn import Turn
    from bot.dialogue.world import Shelved
    from bot.forms.model import Form
    from bot.reports.model import Package, Unprintable
    from bot.rubric.loader import Library
    from bot.rubric.model import Rubric
    from bot.services.ports import Person, Transaction
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


def _compiled_alone(tx: Transaction, assessment: Assessment, rubric: Rubric, form: Form | None) -> Package:
    del tx
    return alone(assessment, rubric, form)


@dataclass(frozen=True, slots=True)
class Conversation:
    """The conversation over a database: a practice run walks the rubric `practice`."""

    library: Library
    practice: Rubric
    locales: tuple[str, ...]
    default_locale: str
    fresh_id: Callable[[], AssessmentId]
    bot: Callable[[], str] = str
    """The bot's name on Telegram; "" while it is not known."""
    zone: tzinfo = HERE
    """Where days are counted."""
    compiles: Callable[[Transaction, Assessment, Rubric, Form | None], Package | Unprintable] = _compiled_alone
    """Compiles what would be handed in (`services.reports.Compiler`)."""

    def handle(self, tx: Transaction, request: Request, now: datetime) -> Reply:
        """What one person did in their private chat: everything it brings about is kept, or nothing."""
        person = tx.person(request.telegram_id, now)
        given, assessment = self._authorise(tx, person, request.given)
        world = self.world(tx, person, assessment, now, request.inbox_id)
        turn = step(person.position or Position(), given, world)
        save(tx, person, turn, world)
        if isinstance(given, Sent):
            note_file(tx, given, turn, now)
        if isinstance(given, Commanded) and given.command is Command.START:
            tx.mark_reachable(person.id)
        notice = turn.notice
        owed = OwedReply(
            request.chat_id,
            person.id,
            request.callback_id,
            request.message_id,
            None if notice is None else keep(notice),
            document=turn.document,
            topic=given.topic if isinstance(given, Sent) else None,
        )
        outbox_id = tx.owe(owed, now)
        tx.finish(request.inbox_id, now)
        return Reply(outbox_id, owed, turn.screen, notice, turn.locale, self._tell(tx, turn, now))

    def _tell(self, tx: Transaction, turn: Turn, now: datetime) -> tuple[Reply, ...]:
        """What others are told of it in their own chats; whoever was forgotten is told nothing more."""
        told = []
        for event in turn.events:
            person = tx.person_by_id(event.person) if isinstance(event, PersonTold) else None
            if isinstance(event, PersonTold) and person is not None and person.telegram_id > 0:
                place = None if event.place is None else event.place.code
                notice, draws = keep(event.notice), place is not None
                owed = OwedReply(
                    person.telegram_id, person.id, notice=notice, draws=draws, place=place, document=event.document
                )
                told.append(self.redraw(tx, OutboxRow(tx.owe(owed, now), owed), now))
        return tuple(told)

    def redraw(self, tx: Transaction, row: OutboxRow, now: datetime) -> Reply:
        """An owed reply after a restart: the person's present screen, with the notice that was owed."""
        person = tx.person_by_id(row.reply.person)
        notice = None if row.reply.notice is None else restore(row.reply.notice)
        if person is None or not row.reply.draws:
            return Reply(row.id, row.reply, None, notice, (person and person.locale) or self.default_locale)
        position = person.position or Position()
        if row.reply.place is not None:
            position, assessment = Position(Place.of(row.reply.place)), None
        else:
            assessment = self._own(tx, person, position.assessment)
        turn = show(position, self.world(tx, person, assessment, now, 0))
        return Reply(row.id, row.reply, turn.screen, notice, turn.locale)

    def expect(self, tx: Transaction, request: Request, now: datetime) -> Expected:
        """What is known of a file that is about to be fetched: whether it is taken, and how much there is already."""
        person = tx.person(request.telegram_id, now)
        position = person.position or Position()
        assessment = self._own(tx, person, position.assessment)
        refused = refusal(position, self.world(tx, person, assessment, now, 0))
        return Expected(refused, 0 if assessment is None else tx.bytes_kept(assessment.id))

    def readable(self, tx: Transaction, person_id: PersonId, assessment_id: AssessmentId) -> Assessment | None:
        """The assessment, if the person may read it now."""
        person = tx.person_by_id(person_id)
        return None if person is None else self._own(tx, person, assessment_id)

    def glance(self, tx: Transaction, person: Person, kind: PlaceKind, now: datetime) -> Screen | None:
        """A screen of the assessment that the person is in, as it stands, without going there; None without one."""
        position = person.position or Position()
        assessment = self._own(tx, person, position.assessment)
        if assessment is None:
            return None
        world = self.world(tx, person, assessment, now, 0)
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
        if assessment is None:
            return None
        memberships = () if assessment.station is None else tx.memberships(person.id)
        return assessment if may_fill(person.id, assessment, memberships) else None

    def world(
        self, tx: Transaction, person: Person, assessment: Assessment | None, now: datetime, action: int
    ) -> World:
        """What a step may look at; everything that it brings about is recorded under the number `action`."""
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
            roster=StoredRoster(tx, person.id, assessment, now),
            bot=self.bot(),
            form=form_at(None if assessment is None else assessment.form),
            practice_form=form_beside(rubric.id),
            cancelled=tx.cancelled,
            zone=self.zone,
            compiles=partial(self.compiles, tx),
        )
