"""The scenes of the form: its map, a section, cards, tables, rows, and lines that were pasted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.assessments.model import EntryRecord
from bot.dialogue.engine import show
from bot.dialogue.position import Place, PlaceKind, Position
from bot.dialogue.rehearsal import ME
from bot.dialogue.world import World
from bot.forms.cancelled import Cancelled
from bot.forms.loader import form_at, form_beside
from bot.localization import LOCALES
from gallery.shots import Shelf, Shot
from gallery.states import NOW, empty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.assessments.model import Assessment
    from bot.rubric.model import Rubric

_WRITTEN: Final = {
    "licence.number": "川职鉴5100000001",
    "licence.phone": "028-85550000",
    "licence.scope/1/occupation": "中式烹调师",
    "licence.scope/1/levels": "junior,intermediate",
    "registration.category": "j",
    "registration.head": "张三",
    "registration.address": "成都市某某区某某路1号",
    "registration.examiners/1/name": "王五",
    "registration.examiners/1/term": "2016-03-01/2019-02-28",
    "cancelled.lawful": "clean",
    "cancelled.training": "found",
    "cancelled.occupations/1/occupation": "保育员",
    "cancelled.occupations/1/document": "d2015_11",
    "cancelled.occupations/1/stopped": "continues",
}
_PASTED: Final = "双头灶台\tZT-2\t20\n冰柜\tBG-1\t两台\n切配台\tQ\t3\t备用"
_COLLEAGUE: Final = 9
_LISTS: Final = tuple(Cancelled("国发〔2015〕11号", f"保育员{number or ''}", "2015-02-24") for number in range(10))
"""Invented."""


def form_shots(rubric: Rubric) -> Iterator[Shot]:
    """Every kind of place of the form that goes with a rubric, empty and begun."""
    blank = replace(empty(rubric), form=form_beside(rubric.id))
    entries = {subject: EntryRecord(value, 1, _COLLEAGUE, NOW) for subject, value in _WRITTEN.items()}
    begun = replace(blank, entries=entries)
    yield _shot(rubric, "map, empty", Place(PlaceKind.FORM), blank)
    yield _shot(rubric, "map, begun", Place(PlaceKind.FORM), begun)
    for section in ("licence", "registration", "cancelled", "changes", "measures"):
        yield _shot(rubric, f"section {section}", Place(PlaceKind.FORM_SECTION, section), begun)
    yield _shot(rubric, "cancelled, lists loaded", Place(PlaceKind.FORM_SECTION, "cancelled"), begun, lists=_LISTS)
    document = Place(PlaceKind.FIELD, "cancelled.occupations/1/document")
    yield _shot(rubric, "a name that is alike", document, begun, lists=_LISTS)
    for subject in ("registration.postcode", *_WRITTEN, "licence.scope/2/levels"):
        yield _shot(rubric, subject, Place(PlaceKind.FIELD, subject), begun)
    for path in ("licence.scope", "registration.examiners", "registration.equipment"):
        yield _shot(rubric, f"table {path}", Place(PlaceKind.TABLE, path), begun)
        yield _shot(rubric, f"row of {path}", Place(PlaceKind.ROW, f"{path}/1"), begun)
    equipment = Place(PlaceKind.PASTE, "registration.equipment")
    yield _shot(rubric, "pasting", equipment, begun)
    yield _shot(rubric, "pasted", equipment, begun, draft=_PASTED)


def _shot(
    rubric: Rubric,
    title: str,
    place: Place,
    assessment: Assessment,
    *,
    draft: str = "",
    lists: tuple[Cancelled, ...] = (),
) -> Shot:
    """Draw a place of the form; ValueError when there is no such place."""
    position = Position(place, assessment.id, back=Place(PlaceKind.ITEM, "1.1.1"), last_action=7, draft=draft)
    form = form_at(assessment.form)
    world = World(rubric, assessment, ME, LOCALES[0], LOCALES, NOW, 7, Shelf(), form=form, cancelled=lambda: lists)
    turn = show(position, world)
    if turn.position.place != place:
        raise ValueError(f"there is no screen {place.code!r}")
    return Shot("Form", title, turn.screen, kind=place.kind)
