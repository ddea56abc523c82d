"""Handing in: documents asked for, 定稿, 重新打开 with a reason, and the stamped copies that come back."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.assessments.events import EntryWritten
from bot.assessments.permissions import may_report
from bot.assessments.sealing import REOPENED, SEAL, Reopening, Seal, write_reopening, write_seal
from bot.dialogue.flows.check import findings
from bot.dialogue.flows.stations import station_name
from bot.dialogue.intents import checksum
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.scene import go, stay, warn
from bot.dialogue.screen import Notice, say
from bot.dialogue.turn import Event, Move, PersonTold
from bot.reports.code import read_code
from bot.reports.model import Unprintable
from bot.watch.watching import is_ready

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.assessments.model import Assessment
    from bot.dialogue.report_intents import FetchReport, ReopenReport, SealReport
    from bot.dialogue.scene import Scene
    from bot.dialogue.screen import Say
    from bot.dialogue.world import World

PLACE: Final = Place(PlaceKind.REPORT)
CONFIRM: Final = Place(PlaceKind.SEAL)
DOCUMENT: Final = "report"
ALL: Final = "all"
UNPRINTABLE: Final = "report.templates_wrong"
LONGEST_REASON: Final = 500
"""In characters."""

KINDS: Final = frozenset({PlaceKind.REPORT, PlaceKind.SEAL, PlaceKind.REOPEN, PlaceKind.STAMPED})


def is_real(place: Place, world: World) -> bool:
    """Whether the person may be there as things stand."""
    assessment, subject = world.assessment, place.subject
    if place.kind is PlaceKind.REPORT:
        return not subject
    if assessment is None or not acts(world, assessment):
        return False
    if place.kind is PlaceKind.STAMPED:
        return bool(assessment.seal) and subject in ("", assessment.seal)
    return not subject and bool(assessment.seal) is (place.kind is PlaceKind.REOPEN)


def acts(world: World, assessment: Assessment) -> bool:
    """Whether the person may make the assessment final: the station's head, or the head's deputy."""
    return may_report(world.person, assessment, world.roster.mine())


def fetch(scene: Scene, intent: FetchReport) -> Move:
    """Documents are to be compiled and sent."""
    package = scene.world.package(scene.assessment)
    if isinstance(package, Unprintable):
        return warn(scene.position, UNPRINTABLE, codes=package.codes)
    due = {document.kind.value for document in package.documents}
    if intent.what not in (ALL, *due):
        return stay(scene.position, "report.not_due")
    return replace(stay(scene.position, "report.coming"), document=_document(scene.assessment, intent.what))


def seal(scene: Scene, intent: SealReport) -> Move:
    """定稿, if nothing has to be put right, and what is locked is still what was shown."""
    assessment, world = scene.assessment, scene.world
    if assessment.seal:
        return Move(go(scene.position, PLACE), notice=Notice(say("report.sealed_already", code=assessment.seal)))
    if not acts(world, assessment):
        return stay(scene.position, "report.only_heads")
    if not is_ready(findings(world, assessment)):
        return warn(go(scene.position, CONFIRM), "report.not_ready")
    package = world.package(assessment)
    if isinstance(package, Unprintable):
        return warn(go(scene.position, PLACE), UNPRINTABLE, codes=package.codes)
    stamp = package.stamp
    if stamp.code != intent.code:
        return warn(go(scene.position, CONFIRM), "report.changed_meanwhile")
    event = EntryWritten(SEAL, assessment.entry(SEAL).value, write_seal(Seal(stamp.code, stamp.revision)))
    told = _told(world, assessment, say("told.sealed", station=_name(world, assessment), code=stamp.code))
    moved = _at_the_report(scene, (event, *told), say("report.sealed", code=stamp.code))
    return replace(moved, document=_document(assessment, ALL))


def write_reason(scene: Scene, _: str, text: str) -> Move:
    """Why it is to be opened again was typed: it waits for the confirmation."""
    if len(text) > LONGEST_REASON:
        return stay(scene.position, "unclean.too_long", most=LONGEST_REASON, length=len(text))
    return Move(replace(scene.position, draft=text))


def reopen(scene: Scene, intent: ReopenReport) -> Move:
    """重新打开: the seal is taken back, its stamped copies are void, and everybody of the station is told."""
    assessment, world, reason = scene.assessment, scene.world, scene.position.draft
    if assessment.seal != intent.code:
        return Move(go(scene.position, PLACE), notice=Notice(say("report.reopened_already")))
    if not acts(world, assessment):
        return stay(scene.position, "report.only_heads")
    if scene.position.place.kind is not PlaceKind.REOPEN or checksum(reason) != intent.words or not reason:
        return warn(go(scene.position, Place(PlaceKind.REOPEN)), "report.reason_first")
    why = write_reopening(Reopening(assessment.seal, reason))
    events = (
        EntryWritten(REOPENED, assessment.entry(REOPENED).value, why),
        EntryWritten(SEAL, assessment.entry(SEAL).value, ""),
    )
    words = say("told.reopened", station=_name(world, assessment), code=assessment.seal, reason=reason)
    told = _told(world, assessment, words)
    return _at_the_report(scene, (*events, *told), say("report.reopened", code=assessment.seal))


def write_code(scene: Scene, _: str, text: str) -> Move:
    """The 校验码 of the paper was typed, before its stamped copy is taken."""
    code, sealed = read_code(unicodedata.normalize("NFKC", text)), scene.assessment.seal
    if code is None:
        return warn(scene.position, "report.code_unreadable", code=sealed)
    if code != sealed:
        return warn(scene.position, "report.code_differs", typed=code, code=sealed)
    return Move(go(scene.position, Place(PlaceKind.STAMPED, code)), notice=Notice(say("report.code_right")))


def _at_the_report(scene: Scene, events: tuple[Event, ...], words: Say) -> Move:
    """Neither 定稿 nor 重新打开 is taken back by an undo: each has its own way back, which tells everybody."""
    return Move(replace(go(scene.position, PLACE), last_action=0), events, Notice(words))


def _told(world: World, assessment: Assessment, words: Say) -> Iterator[PersonTold]:
    """The others of the station hear of it."""
    for each in world.roster.members(assessment.station or 0):
        if each.is_current and each.person != world.person:
            yield PersonTold(each.person, Notice(words))


def _name(world: World, assessment: Assessment) -> str:
    return station_name(world, assessment.station or 0)


def _document(assessment: Assessment, what: str) -> str:
    return f"{DOCUMENT}:{assessment.id}:{what}"
