"""The scenes of a workbook that came back: the proposal, its pages, what both sides changed, and every notice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.assessments.model import EntryRecord
from bot.dialogue.engine import show, step
from bot.dialogue.flows.imports import subject_for
from bot.dialogue.given import Returned
from bot.dialogue.position import Place, PlaceKind, Position
from bot.dialogue.rehearsal import ME
from bot.dialogue.world import World
from bot.forms.loader import form_at, form_beside
from bot.localization import LOCALES
from bot.problems import Problem
from bot.rubric.answers import Chosen
from bot.workbooks import codec
from bot.workbooks.draft import Added, Draft, Entered, Rejected, Spot
from bot.workbooks.targets import Target, TargetKind, answer_text, statement_text
from gallery.shots import Shelf, Shot
from gallery.states import NOW, WORDS, empty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.assessments.model import Assessment
    from bot.rubric.model import Rubric

_PLACE: Final = Place(PlaceKind.IMPORT)
_REFUSED: Final = tuple(f"X00{number}" for number in range(1, 10))


def workbook_shots(rubric: Rubric) -> Iterator[Shot]:
    """What a returned workbook leads to, step by step."""
    blank = replace(empty(rubric), form=form_beside(rubric.id))
    there = {"registration.address": EntryRecord("西昌市一路1号", 1, 9, NOW)}
    for title, assessment in (("proposal", blank), ("conflict", replace(blank, entries=there))):
        draft = _draft(rubric, assessment)
        entries = {**assessment.entries, subject_for(ME): EntryRecord(codec.to_text(draft), 1, ME, NOW)}
        kept = replace(assessment, entries=entries)
        yield _shot(rubric, title, _PLACE, kept)
        yield _shot(rubric, f"{title}, page", Place(PlaceKind.IMPORT, "1"), kept)
    for code in _REFUSED:
        details: dict[str, str | int] = {"most": 32, "ranges": "B4:B5"}
        given = Returned(Problem(code, "考评人员", details))
        turn = step(Position(assessment=blank.id), given, _world(rubric, blank))
        yield Shot("workbooks", code, turn.screen, turn.notice)


def _draft(rubric: Rubric, assessment: Assessment) -> Draft:
    item = next(iter(rubric.items.values()))
    answer = answer_text(Chosen(item.levels[0].id))
    sheet = Spot("检查评估表", 4, "G")
    entered = [
        Entered(Target(TargetKind.ANSWER, item.id), "", answer, sheet),
        Entered(Target(TargetKind.NOTE, item.id), "", WORDS, sheet),
        Entered(Target(TargetKind.REMEDY, item.id), "", WORDS, sheet),
        Entered(Target(TargetKind.ENTRY, "registration.address"), "", "西昌市二路2号", Spot("登记表", 9, "C")),
        Entered(Target(TargetKind.ENTRY, "registration.phone"), "", "0834-3200000", Spot("登记表", 11, "C")),
    ]
    for veto in rubric.vetoes[-1:]:
        declares = next(choice for choice in veto.choices if choice.declares)
        target = Target(TargetKind.VETO, veto.id)
        entered.append(Entered(target, "", statement_text(declares.id, WORDS), Spot("情形", 9, "D")))
    added = (Added("registration.examiners", {"name": "王五", "education": "大专"}, Spot("考评人员", 6)),)
    rejected = (
        Rejected(Spot("登记表", 10, "C"), "六一五", "unclean.postcode"),
        Rejected(Spot("检查评估表", 20, "G"), "=1+1", "workbook.why.formula"),
    )
    return Draft(assessment.id, tuple(entered), added, rejected, ("设备设施情况",), 240)


def _shot(rubric: Rubric, title: str, place: Place, assessment: Assessment) -> Shot:
    position = Position(place, assessment.id, back=Place(PlaceKind.ITEM, next(iter(rubric.items))))
    return Shot("workbooks", title, show(position, _world(rubric, assessment)).screen, kind=place.kind)


def _world(rubric: Rubric, assessment: Assessment) -> World:
    return World(rubric, assessment, ME, LOCALES[0], LOCALES, NOW, 7, Shelf(), form=form_at(assessment.form))
