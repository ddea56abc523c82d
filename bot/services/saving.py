"""What a turn brought about, written down in its own transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.assessments.events import (
    AnswerSetAside,
    AssessmentEvent,
    EntrySetAside,
    EntryWritten,
    ItemAnswered,
    NoteWritten,
    RemedyWritten,
    VetoAnswered,
    apply,
    revision_after,
)
from bot.assessments.history import HistoryEntry
from bot.assessments.model import Kind
from bot.dialogue.flows.imports import subject_for
from bot.dialogue.turn import AssessmentStarted, LanguageChosen, PersonTold
from bot.stations.events import ConsentGiven, GuessedWrong, InvitationChanged, MembershipChanged, PersonForgotten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.assessments.model import Assessment
    from bot.dialogue.turn import Event, Turn
    from bot.dialogue.world import World
    from bot.services.ports import Person, Transaction
    from bot.stations.events import StationEvent


def save(tx: Transaction, person: Person, turn: Turn, world: World) -> None:
    """Keep every event and the new position; where colleagues may see it, also when the person was there."""
    for event in turn.events:
        _save(tx, event, turn, world)
    if any(isinstance(event, PersonForgotten) for event in turn.events):
        return
    is_shared = turn.assessment is not None and turn.assessment.kind is Kind.SELF_ASSESSMENT
    if turn.position != person.position or is_shared:
        tx.save_position(person.id, turn.position, world.now if is_shared else None)


def record(tx: Transaction, events: Iterable[AssessmentEvent], world: World) -> None:
    """Keep what happened to the assessment at hand in the world, each event after the other."""
    assessment = world.assessment
    assert assessment is not None  # noqa: S101 - nothing happens to what is not at hand
    for event in events:
        assessment = apply(assessment, event, by=world.person, at=world.now)
        _save_in(tx, event, assessment, world)


def _save(tx: Transaction, event: Event, turn: Turn, world: World) -> None:
    match event:
        case LanguageChosen():
            tx.save_locale(world.person, event.locale)
        case AssessmentStarted():
            tx.add_assessment(event.assessment)
        case PersonTold():
            """The conversation owes it, once everything else is kept."""
        case InvitationChanged() | MembershipChanged() | ConsentGiven() | GuessedWrong() | PersonForgotten():
            _save_about_stations(tx, event, world)
        case _:
            if turn.assessment is not None:
                _save_in(tx, event, turn.assessment, world)


def _save_about_stations(tx: Transaction, event: StationEvent, world: World) -> None:
    match event:
        case InvitationChanged():
            tx.save_invitation(event.invitation)
        case MembershipChanged():
            tx.save_membership(event.membership)
        case ConsentGiven():
            tx.record_consent(world.person, event.station, event.version, given=True, now=world.now)
        case GuessedWrong():
            tx.count_guess(world.person, world.now)
        case PersonForgotten():
            _drop_proposals(tx, world)
            for mine in tx.memberships(world.person):
                tx.record_consent(world.person, mine.station, mine.consent, given=False, now=world.now)
            tx.forget(world.person, world.now)


def _drop_proposals(tx: Transaction, world: World) -> None:
    """Workbooks that the person returned and did not take over are proposed no more."""
    subject = subject_for(world.person)
    for number in tx.standing(world.person, subject):
        assessment = tx.assessment(number)
        if assessment is not None:
            dropped = EntryWritten(subject, assessment.entry(subject).value, "")
            _save_in(tx, dropped, apply(assessment, dropped, by=world.person, at=world.now), world)


def _save_in(tx: Transaction, event: AssessmentEvent, assessment: Assessment, world: World) -> None:
    match event:
        case VetoAnswered():
            tx.save_veto(assessment.id, event.veto, assessment.veto(event.veto))
        case EntryWritten():
            tx.save_entry(assessment.id, event.subject, assessment.entry(event.subject))
        case ItemAnswered() | NoteWritten() | RemedyWritten():
            tx.save_item(assessment.id, event.item, assessment.item(event.item))
        case AnswerSetAside() | EntrySetAside():
            """It stands in the history alone."""
    revision = revision_after(assessment, event)
    tx.append_history(HistoryEntry(assessment.id, world.action, event, revision, world.person, world.now))
