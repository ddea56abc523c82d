"""Everything that is kept of a person, as a file for them: their own doing, and nothing of anybody else's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import orjson

from bot.assessments.events import (
    AnswerSetAside,
    EntrySetAside,
    EntryWritten,
    ItemAnswered,
    NoteWritten,
    RemedyWritten,
    VetoAnswered,
    subject_of,
)
from bot.dialogue.flows.imports import subject_for
from bot.dialogue.flows.privacy import DOCUMENT
from bot.dialogue.screen import say
from bot.forms.loader import form_at
from bot.forms.showing import masked
from bot.rubric.answering import answer_to_data
from bot.services.documents import Paper

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.assessments.events import AssessmentEvent
    from bot.assessments.history import HistoryEntry
    from bot.assessments.model import PersonId, Subject
    from bot.forms.model import Form
    from bot.rubric.answers import Answer
    from bot.services.documents import Errand
    from bot.services.dossier_ports import Begun, Dossier, SetAside
    from bot.services.ports import Person, Transaction
    from bot.stations.model import Invitation, Membership

Json: TypeAlias = dict[str, Any]
"""What orjson writes: times in UTC, ids, and words."""

KIND: Final = DOCUMENT
"""The kind of document that `sends_my_data` makes; it takes no arguments: everybody gets their own."""

NAME: Final = "mydata.json"


@dataclass(frozen=True, slots=True)
class _Whose:
    """The person, and what stands under their number."""

    person: Person
    dossier: Dossier
    stations: dict[int, str]


def sends_my_data(tx: Transaction, errand: Errand) -> Callable[[], Sequence[Paper]] | None:
    """The file for whoever asked; None when they were forgotten meanwhile."""
    person, dossier = tx.person_by_id(errand.person), tx.dossier(errand.person)
    if person is None or dossier is None or person.telegram_id < 0:
        return None
    known = {each.station for each in dossier.memberships} | {each.station for each in dossier.opened}
    stations = {each.id: each.name for each in map(tx.station, known) if each is not None}
    whose = _Whose(person, dossier, stations)
    return lambda: (Paper(NAME, orjson.dumps(told(whose), option=orjson.OPT_INDENT_2), say("data.file")),)


def told(whose: _Whose) -> Json:
    """Everything, under plain names."""
    person, dossier = whose.person, whose.dossier
    forms = {each.id: form_at(each.form) for each in dossier.begun}
    return {
        "person": person.id,
        "telegram_id": person.telegram_id,
        "language": person.locale,
        "known_since": dossier.account.known_since,
        "unreachable_since": dossier.account.unreachable_since,
        "position": _position(person),
        "memberships": [_membership(whose, each) for each in dossier.memberships],
        "consents": [
            {"station": whose.stations.get(each.station), "version": each.version, "given": each.given, "at": each.at}
            for each in dossier.consents
        ],
        "invitations_made": [_invitation(whose, each) for each in dossier.made],
        "invitations_opened": [{**_invitation(whose, each), "name": each.name} for each in dossier.opened],
        "wrong_guesses": list(dossier.guesses),
        "assessments_begun": [_begun(each) for each in dossier.begun if each.owner == person.id],
        "written": [_written(each, forms.get(each.assessment), person.id) for each in dossier.written],
        "set_aside": [_set_aside(each) for each in dossier.set_aside],
    }


def _position(person: Person) -> Json | None:
    position = person.position
    if position is None:
        return None
    return {
        "place": position.place.code,
        "assessment": position.assessment,
        "walk": position.walk.value,
        "back": position.back.code,
        "draft": position.draft,
        "errand": position.errand,
    }


def _membership(whose: _Whose, membership: Membership) -> Json:
    return {
        "station": whose.stations.get(membership.station),
        "role": membership.role.value,
        "deputy": membership.deputy,
        "name": membership.name,
        "joined_at": membership.joined_at,
        "consent": membership.consent,
        "ended_at": membership.ended_at,
    }


def _invitation(whose: _Whose, invitation: Invitation) -> Json:
    """An invitation without whoever is at its other end."""
    return {
        "station": whose.stations.get(invitation.station),
        "role": invitation.role.value,
        "created_at": invitation.created_at,
        "expires_at": invitation.expires_at,
        "state": invitation.state.value,
    }


def _set_aside(update: SetAside) -> Json:
    """A message or tap that could not be handled, as Telegram handed it over: that is how it is kept."""
    try:
        text: object = orjson.loads(update.payload)
    except orjson.JSONDecodeError:
        text = update.payload.decode(errors="replace")
    return {"reference": update.reference, "received_at": update.received_at, "update": text}


def _begun(begun: Begun) -> Json:
    return {"assessment": begun.id, "kind": begun.kind.value, "created_at": begun.created_at}


def _written(entry: HistoryEntry, form: Form | None, person: PersonId) -> Json:
    """What the person wrote, never what stood there before, which may be somebody else's."""
    return {
        "assessment": entry.assessment,
        "about": subject_of(entry.event),
        "kind": _KINDS[type(entry.event)],
        "wrote": _wrote(entry.event, form, person),
        "at": entry.at,
    }


_KINDS: Final[dict[type[AssessmentEvent], str]] = {
    ItemAnswered: "answer",
    AnswerSetAside: "answer_set_aside",
    NoteWritten: "note",
    RemedyWritten: "remedy",
    VetoAnswered: "condition",
    EntryWritten: "entry",
    EntrySetAside: "entry_set_aside",
}


def _wrote(event: AssessmentEvent, form: Form | None, person: PersonId) -> object:
    match event:
        case ItemAnswered():
            return _answer(event.after)
        case AnswerSetAside():
            return _answer(event.offered)
        case NoteWritten() | RemedyWritten():
            return event.after
        case VetoAnswered():
            return {"choice": event.after.choice, "note": event.after.note, "reason": event.reason}
        case EntryWritten(subject=subject, after=after):
            return _entry(subject, after, form, person)
        case EntrySetAside(subject=subject, offered=offered):
            return _entry(subject, offered, form, person)


def _answer(answer: Answer | None) -> object:
    return None if answer is None else answer_to_data(answer)


def _entry(subject: Subject, words: str, form: Form | None, person: PersonId) -> str | None:
    """A value of the form, masked where it is about people; a returned workbook holds everybody's, so none of it."""
    if subject == subject_for(person):
        return None
    field = None if form is None else form.field(subject)
    return masked(field, words) if field is not None and field.personal else words
