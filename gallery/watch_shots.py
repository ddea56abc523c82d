"""The scenes of the check: its pages, a finding, its explanation, and the measures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.assessments.model import EntryRecord
from bot.dialogue.engine import show
from bot.dialogue.position import Place, PlaceKind, Position
from bot.dialogue.rehearsal import ME
from bot.dialogue.world import World
from bot.forms.loader import form_at, form_beside
from bot.localization import LOCALES
from gallery.shots import Shelf, Shot
from gallery.states import NOW, declared, half_lost, passed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.assessments.model import Assessment
    from bot.rubric.model import Rubric

_WRITTEN: Final = {
    "licence.scope/1/occupation": "中式烹调师",
    "licence.scope/1/levels": "junior,intermediate",
    "licence.head": "吉某",
    "licence.direct": "no",
    "registration.name": "某某技工学校职业技能鉴定所",
    "registration.head": "陈某",
    "registration.fiscal_account": "no",
    "registration.appraisals/1/year": "2016",
    "registration.appraisals/1/occupation": "保育员",
    "registration.appraisals/1/intermediate": "38",
    "registration.examiners/1/name": "王五",
    "registration.examiners/1/occupation": "中式烹调师",
    "registration.examiners/1/term": "2014-03-01/2017-02-28",
    "measures.problems/1/about": "1.1.1",
    "measures.problems/1/problem": "岗位职责没有写清楚",
    "explained.fiscal_account/2.1.4": "按县里规定缴入国库",
}
_FEES: Final = "fiscal_account/2.1.4"
_SCOPE: Final = "appraised_beyond_scope/1"


def watch_shots(rubric: Rubric) -> Iterator[Shot]:
    """Every kind of place of the check, where much, little or nothing is found."""
    entries = {subject: EntryRecord(value, 1, ME, NOW) for subject, value in _WRITTEN.items()}
    best = replace(passed(rubric), form=form_beside(rubric.id), entries=entries)
    worst = replace(half_lost(rubric), form=form_beside(rubric.id), entries=entries, vetoes=declared(rubric).vetoes)
    for page in ("", "2", "3"):
        yield _shot(rubric, f"check, page {page or 1}", Place(PlaceKind.CHECK, page), best)
    yield _shot(rubric, "check, much lost", Place(PlaceKind.CHECK), worst)
    for code in (_SCOPE, _FEES, "term_over/1"):
        yield _shot(rubric, code, Place(PlaceKind.FINDING, code), best)
    yield _shot(rubric, "settled", Place(PlaceKind.FINDING, "term_over/2"), best)
    for code in (_SCOPE, _FEES):
        yield _shot(rubric, f"explaining {code}", Place(PlaceKind.WRITE_EXPLANATION, code), best)
    yield _shot(rubric, "on the way from the check", Place(PlaceKind.FIELD, "registration.postcode"), best, _FEES)
    yield _shot(rubric, "measures, none needed", Place(PlaceKind.MEASURES), best)
    yield _shot(rubric, "measures", Place(PlaceKind.MEASURES), worst)
    for about in ("1.1.1", "1.5.3", "beyond_scope"):
        yield _shot(rubric, f"measure {about}", Place(PlaceKind.MEASURE, about), worst)


def _shot(rubric: Rubric, title: str, place: Place, assessment: Assessment, errand: str = "") -> Shot:
    """Draw a place of the check; ValueError when there is no such place."""
    position = Position(place, assessment.id, back=Place(PlaceKind.ITEM, "1.1.1"), last_action=7, errand=errand)
    world = World(rubric, assessment, ME, LOCALES[0], LOCALES, NOW, 7, Shelf(), form=form_at(assessment.form))
    turn = show(position, world)
    if turn.position.place != place:
        raise ValueError(f"there is no screen {place.code!r}")
    return Shot("Check", title, turn.screen, kind=place.kind)
