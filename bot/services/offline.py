"""A station's offline twin without a chat: laid out, held against what stands, and taken over for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.data_files.lists import ListCode
from bot.dialogue.flows.imports import diff_of
from bot.errors import InvalidInputError
from bot.forms.loader import form_at
from bot.problems import Problem
from bot.services.saving import record
from bot.workbooks.codes import WorkbookCode, refusal
from bot.workbooks.layout import WHOLE, Source, lay_out
from bot.workbooks.taking import events

if TYPE_CHECKING:
    from datetime import datetime

    from bot.assessments.model import Assessment, PersonId
    from bot.dialogue.world import World
    from bot.rubric.loader import Library
    from bot.services.conversation import Conversation
    from bot.services.ports import Transaction
    from bot.stations.model import Station
    from bot.workbooks.comparing import Diff
    from bot.workbooks.draft import Draft
    from bot.workbooks.grids import Book
    from bot.workbooks.speaking import Speaker


@dataclass(frozen=True, slots=True)
class Submission:
    """A workbook that a member of a station hands in: the station's code, and the name that colleagues are shown."""

    station: str
    by: str
    draft: Draft


def twin(tx: Transaction, code: str, library: Library, speaker: Speaker) -> Book:
    """The twin of a station's self-assessment as it stands; InvalidInputError where there is none."""
    assessment = _assessment(tx, _station(tx, code))
    rubric = library.get(assessment.rubric_id, assessment.rubric_version)
    book = lay_out(Source(assessment, rubric, form_at(assessment.form), speaker), WHOLE)
    assert book is not None  # noqa: S101 - every table has items
    return book


def proposed(
    tx: Transaction, conversation: Conversation, submission: Submission, *, action: int, now: datetime
) -> tuple[World, Diff]:
    """What the workbook comes to today, and the world of the member; InvalidInputError when it cannot be taken."""
    station = _station(tx, submission.station)
    assessment = _assessment(tx, station)
    person = tx.person_by_id(_member(tx, station, submission.by))
    assert person is not None  # noqa: S101 - a member is somebody
    if submission.draft.assessment != assessment.id:
        raise refusal(WorkbookCode.OTHER_ASSESSMENT, submission.station)
    world = conversation.world(tx, person, assessment, now, action)
    return world, diff_of(world, submission.draft)


def take_over(tx: Transaction, world: World, diff: Diff) -> int:
    """Write everything as one action; how many events that was. What changed on both sides has to be decided before."""
    if diff.conflicts:
        raise refusal(WorkbookCode.UNDECIDED, number=len(diff.conflicts))
    assert world.assessment is not None  # noqa: S101 - `proposed` found it
    happened = tuple(events(diff, world.assessment, world.rubric))
    record(tx, happened, world)
    return len(happened)


def _station(tx: Transaction, code: str) -> Station:
    station = tx.station_by_code(code)
    if station is None:
        raise InvalidInputError([Problem(ListCode.STATION, code)])
    return station


def _assessment(tx: Transaction, station: Station) -> Assessment:
    begun = tx.begun(station.id)
    assessment = None if begun is None else tx.assessment(begun)
    if assessment is None:
        raise refusal(WorkbookCode.NOT_BEGUN, station.code)
    return assessment


def _member(tx: Transaction, station: Station, name: str) -> PersonId:
    """The one of that name who belongs to the station now."""
    members = [each for each in tx.members(station.id) if each.is_current]
    found = [each.person for each in members if each.name and each.name == name]
    if len(found) != 1:
        known = ", ".join(sorted(each.name for each in members if each.name))
        raise refusal(WorkbookCode.NOT_A_MEMBER, name, known=known)
    return found[0]
