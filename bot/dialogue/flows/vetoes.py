"""The six conditions: asked as facts, declared only after a second look, withdrawn only with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.assessments.events import VetoAnswered, VetoStatement, apply
from bot.dialogue import walk
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.scene import stay, warn
from bot.dialogue.screen import Notice, say

if TYPE_CHECKING:
    from bot.assessments.model import VetoRecord
    from bot.dialogue.intents import AnswerVeto, DeclareVeto
    from bot.dialogue.scene import Scene
    from bot.dialogue.turn import Move
    from bot.rubric.model import Veto, VetoChoice


def answer(scene: Scene, intent: AnswerVeto) -> Move:
    """A fact was chosen by button."""
    found = find(scene, intent.veto, intent.choice)
    if found is None:
        return stay(scene.position, "notice.unreadable_button")
    veto, choice = found
    stands = scene.assessment.veto(veto.id)
    if stands.revision != intent.revision:
        return _stale(scene, veto, choice, stands)
    return choose(scene, veto, choice)


def choose(scene: Scene, veto: Veto, choice: VetoChoice) -> Move:
    """A declaration is asked again first, a withdrawal asks for its reason, a plain no is recorded."""
    stands = scene.assessment.veto(veto.id)
    subject = f"{veto.id}/{choice.id}"
    if stands.choice == choice.id:
        return stay(scene.position, "notice.veto_already", mark=veto.mark, choice=choice.label)
    if choice.declares:
        return scene.go(Place(PlaceKind.VETO_CONFIRM, subject))
    if stands.declared:
        return scene.go(Place(PlaceKind.WRITE_VETO_REASON, subject))
    return _record(scene, veto, VetoStatement(choice.id, declared=False))


def declare(scene: Scene, intent: DeclareVeto) -> Move:
    """The declaration was confirmed."""
    found = find(scene, intent.veto, intent.choice)
    if found is None or not found[1].declares:
        return stay(scene.position, "notice.unreadable_button")
    veto, choice = found
    stands = scene.assessment.veto(veto.id)
    if stands.revision != intent.revision:
        return _stale(scene, veto, choice, stands)
    statement = VetoStatement(choice.id, declared=True)
    moved = _record(scene, veto, statement)
    if veto.details is None:
        return moved
    return scene.go(Place(PlaceKind.WRITE_VETO_DETAILS, veto.id), *moved.events, notice=moved.notice)


def write_details(scene: Scene, veto_id: str, words: str) -> Move:
    """What happened and when was typed."""
    stands = scene.assessment.veto(veto_id)
    return _record(scene, scene.rubric.vetoes_by_id[veto_id], VetoStatement(stands.choice, stands.declared, words))


def write_special(scene: Scene, veto_id: str, words: str) -> Move:
    """A special case was explained: neither yes nor no until the authority has looked at it."""
    declared = bool(scene.assessment.veto(veto_id).declared)
    statement = VetoStatement(note=words)
    return _record(scene, scene.rubric.vetoes_by_id[veto_id], statement, reason=words if declared else "")


def write_reason(scene: Scene, subject: str, words: str) -> Move:
    """The reason for withdrawing a declaration was typed."""
    found = find(scene, *subject.split("/"))
    if found is None:
        return stay(scene.position, "notice.unreadable_button")
    veto, choice = found
    return _record(scene, veto, VetoStatement(choice.id, choice.declares), reason=words)


def find(scene: Scene, veto_id: str, choice_id: str) -> tuple[Veto, VetoChoice] | None:
    """The condition and the choice of those ids, or None."""
    veto = scene.rubric.vetoes_by_id.get(veto_id)
    choice = veto.choice(choice_id) if veto else None
    return None if veto is None or choice is None else (veto, choice)


def _record(scene: Scene, veto: Veto, statement: VetoStatement, reason: str = "") -> Move:
    stands = scene.assessment.veto(veto.id)
    before = VetoStatement(stands.choice, stands.declared, stands.note)
    event = VetoAnswered(veto.id, before, statement, reason)
    after = apply(scene.assessment, event, by=scene.world.person, at=scene.world.now)
    place = walk.next_veto(scene.rubric, after, veto.id)
    return scene.go(place, event, notice=Notice(say(_notice_key(stands, statement), mark=veto.mark)))


def _notice_key(before: VetoRecord, after: VetoStatement) -> str:
    if after.declared:
        return "notice.veto_details" if before.declared else "notice.veto_declared"
    if before.declared:
        return "notice.veto_withdrawn"
    return "notice.veto_denied" if after.declared is False else "notice.veto_explained"


def _stale(scene: Scene, veto: Veto, choice: VetoChoice, stands: VetoRecord) -> Move:
    if stands.choice == choice.id:
        return stay(scene.position, "notice.veto_already", mark=veto.mark, choice=choice.label)
    return warn(scene.go(Place(PlaceKind.VETO, veto.id)).position, "notice.veto_changed", mark=veto.mark)
