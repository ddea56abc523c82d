"""A dozen contradictions, planted in the self-assessment of the demo's station while the demo is off."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from bot.assessments.events import EntryWritten, ItemAnswered, VetoAnswered, VetoStatement, apply, revision_after
from bot.assessments.history import HistoryEntry
from bot.cli.stored import within
from bot.rubric.answers import Chosen
from tests.databases import address
from tests.watch.stations import row, station, without

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.assessments.events import AssessmentEvent
    from bot.assessments.model import Assessment
    from bot.services.ports import Transaction

_STATION: Final = "DEMO-1"
_ACTION: Final = 2**40
"""Beyond every update of the demo."""


def plant(data: Path) -> None:
    """Fill in the station's self-assessment, with all that is wrong in `planted`."""
    within(address(data), data, _plant)


def planted(year: int) -> Assessment:
    """A station in that year: twelve things do not agree, or are missing."""
    return station(
        {"9.1.1": None, "2.1.10": Chosen("none")},
        {"forged_certificates": None, "leak_or_accident": True},
        {
            "licence.valid": f"{year - 3}-05-01/{year - 1}-03-31",
            "registration.filled_on": f"{year}-01-01",
            "registration.postcode": "",
            "cancelled.emblem": "",
            "registration.head": "陈某",
            "registration.fiscal_account": "no",
            "registration.examiners/1/term": f"{year - 4}-03-01/{year - 1}-02-28",
            "registration.examiners/1/occupation": "保育员",
            "registration.managers/7/post": "门卫",
            "registration.appraisals/1/year": str(year - 1),
            **without("registration.supervisors/"),
            **row("registration.appraisals", 2, year=str(year - 1), occupation="保育员", intermediate="38"),
        },
    )


def _plant(tx: Transaction) -> None:
    found = tx.station_by_code(_STATION)
    number = None if found is None else tx.begun(found.id)
    assessment = None if number is None else tx.assessment(number)
    assert assessment is not None, "the self-assessment is to be begun first"
    now = datetime.now(UTC)
    for event in _events(planted(now.year)):
        assessment = apply(assessment, event, by=assessment.owner, at=now)
        _keep(tx, event, assessment)
        revision = revision_after(assessment, event)
        tx.append_history(HistoryEntry(assessment.id, _ACTION, event, revision, assessment.owner, now))


def _events(whole: Assessment) -> Iterator[AssessmentEvent]:
    for item, answer in whole.answers.items():
        yield ItemAnswered(item, None, answer)
    for veto, said in whole.vetoes.items():
        if said.choice:
            yield VetoAnswered(veto, VetoStatement(), VetoStatement(said.choice, said.declared))
    for subject, entry in whole.entries.items():
        if entry.value:
            yield EntryWritten(subject, "", entry.value)


def _keep(tx: Transaction, event: AssessmentEvent, after: Assessment) -> None:
    match event:
        case ItemAnswered():
            tx.save_item(after.id, event.item, after.item(event.item))
        case VetoAnswered():
            tx.save_veto(after.id, event.veto, after.veto(event.veto))
        case EntryWritten():
            tx.save_entry(after.id, event.subject, after.entry(event.subject))
