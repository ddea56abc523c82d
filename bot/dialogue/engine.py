"""One step of the conversation: where a person is and what they did, to what happens and what they see."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.assessments.events import AssessmentEvent, apply, subject_of
from bot.assessments.model import Kind
from bot.assessments.sealing import is_locked_against
from bot.dialogue import (
    access,
    check_intents,
    deeplinks,
    evidence_intents,
    form_intents,
    intents,
    report_intents,
    station_intents,
    workbook_intents,
)
from bot.dialogue.afterwards import Afterwards
from bot.dialogue.deeplinks import Link
from bot.dialogue.flows import (
    check,
    evidence,
    facts,
    form_fields,
    form_rows,
    groups,
    imports,
    items,
    joining,
    measures,
    navigation,
    privacy,
    report,
    sharing,
    stamped,
    stations,
    undo,
    vetoes,
    words,
)
from bot.dialogue.given import Command, Commanded, Given, Odd, Offered, Recaptioned, Returned, Sent, Tapped, Typed
from bot.dialogue.position import HOME, Place, PlaceKind, Position
from bot.dialogue.scene import Scene, go, stay, warn
from bot.dialogue.screen import Notice, say
from bot.dialogue.screens import draw
from bot.dialogue.turn import AssessmentStarted, LanguageChosen, Move, PersonTold, Turn
from bot.evidence.refusals import Reason, Refusal
from bot.evidence.sets import KeptFile
from bot.stations.events import PersonForgotten, StationEvent
from bot.stations.roster import after
from bot.watch.model import explanation_subject

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.assessments.model import Assessment
    from bot.dialogue.world import World
    from bot.rubric.model import Rubric


def step(position: Position, given: Given, world: World) -> Turn:
    """What the person's doing leads to; never raises, whatever was done.

    `position` may be out of date or even of another assessment: it is first brought in line with the world.
    """
    position = _settled(position, world)
    match given:
        case Commanded():
            move = _command(position, given, world)
        case Tapped():
            move = _tap(position, given, world)
        case Typed():
            move = _type(position, given, world)
        case Sent() | Recaptioned() | Returned():
            move = _file(position, given, world)
        case Offered():
            move = stay(position, "notice.not_text")
        case Odd():
            move = stay(position, f"notice.{given.oddity.value}")
    return _turn(_unless_locked(move, position, given, world), world)


def _unless_locked(move: Move, position: Position, given: Given, world: World) -> Move:
    """What was decided; or, where it would change what was made final, nothing, and how to go on.

    Typed words stay with the card on which they were written.
    """
    subjects = [subject_of(event) for event in move.events if isinstance(event, AssessmentEvent)]
    if world.assessment is None or not is_locked_against(world.assessment, subjects):
        return move
    is_writing = isinstance(given, Typed) and position.place == position.back
    kept = replace(position, draft=given.text) if is_writing and isinstance(given, Typed) else position
    return warn(kept, "report.locked_words" if is_writing else "report.locked", code=world.assessment.seal)


def show(position: Position, world: World) -> Turn:
    """The screen of the present position, as it stands now; nothing happens."""
    return _turn(Move(_settled(position, world)), world)


def refusal(position: Position, world: World) -> Refusal | None:
    """Why a file that is sent now is not taken, as far as that is known before it is fetched."""
    if world.assessment is None:
        return Refusal(Reason.NOTHING_BEGUN)
    position = _settled(position, world)
    if stamped.is_expected(position, world.assessment):
        return None
    if world.assessment.seal:
        return Refusal(Reason.SEALED)
    return evidence.refusal(Scene(position, world, world.assessment))


def _settled(position: Position, world: World) -> Position:
    if world.assessment is not None and position.assessment != world.assessment.id:
        position = Position(assessment=world.assessment.id, walk=position.walk)
    if world.assessment is None:
        position = replace(position, assessment=None, back=HOME, last_action=0, errand="")
    if not _is_open(position.back, world):
        position = replace(position, back=HOME)
    return position if _is_open(position.place, world) else go(position, HOME)


def _is_open(place: Place, world: World) -> bool:
    return _is_met(access.PLACES[place.kind], world) and navigation.is_real(place, world)


def _is_met(rule: access.Access, world: World) -> bool:
    match rule:
        case access.Access.ANYBODY:
            return True
        case access.Access.MAY_FILL:
            return world.assessment is not None
        case access.Access.MEMBER:
            return bool(world.roster.mine())
        case access.Access.LEADS:
            return any(each.leads for each in world.roster.mine())


def _command(position: Position, given: Commanded, world: World) -> Move:
    command = given.command
    if not _is_met(access.COMMANDS[command], world):
        return Move(go(position, HOME), notice=Notice(say("notice.nothing_begun")))
    if command is Command.START and given.argument:
        return _follow(position, given.argument, world)
    if command is Command.FORM and world.form is None:
        return stay(position, "form.none")
    if command is Command.CANCEL:
        return navigation.cancel(position, world)
    if command is Command.UNDO and world.assessment is not None:
        return undo.undo(Scene(position, world, world.assessment), position.last_action)
    return Move(go(position, Place(_SCREENS_OF_COMMANDS[command])))


def _follow(position: Position, payload: str, world: World) -> Move:
    match deeplinks.read(payload):
        case Link.SCORE:
            return _command(position, Commanded(Command.SCORE), world)
        case Link.INVITATION:
            return joining.open_link(position, deeplinks.words_of(payload), world)
        case Link.UNKNOWN:
            return Move(go(position, HOME), notice=Notice(say("notice.unknown_link")))


_SCREENS_OF_COMMANDS = {
    Command.START: PlaceKind.HOME,
    Command.HELP: PlaceKind.HELP,
    Command.LANGUAGE: PlaceKind.LANGUAGE,
    Command.SCORE: PlaceKind.SCORE,
    Command.MAP: PlaceKind.MAP,
    Command.VETO: PlaceKind.VETOES,
    Command.MY_DATA: PlaceKind.MY_DATA,
    Command.FORM: PlaceKind.FORM,
    Command.CHECK: PlaceKind.CHECK,
    Command.REPORT: PlaceKind.REPORT,
    Command.FORGET: PlaceKind.FORGET,
}


def _tap(position: Position, given: Tapped, world: World) -> Move:  # noqa: PLR0911 - a row of early returns
    intent = given.intent
    match intent:
        case intents.StartPractice():
            return navigation.start_practice(position, given.assessment, world)
        case intents.Speak():
            return navigation.choose_language(position, intent.locale, world)
        case intents.Open():
            if not _is_met(access.PLACES[intent.place.kind], world):
                return Move(go(position, HOME), notice=Notice(say("notice.nothing_begun")))
            return navigation.open_place(position, world, intent.place)
    if type(intent) in _BESIDE:
        return _beside(position, intent, world)
    if world.assessment is None or not _is_met(access.INTENTS[type(intent)], world):
        return Move(go(position, HOME), notice=Notice(say("notice.nothing_begun")))
    return _fill(Scene(position, world, world.assessment), intent)


def _beside(position: Position, intent: intents.Intent, world: World) -> Move:
    if not _is_met(access.INTENTS[type(intent)], world):
        return stay(position, "notice.no_right")
    return _BESIDE[type(intent)](position, world, intent)


def _fill(scene: Scene, intent: intents.Intent) -> Move:
    flow = _FLOWS.get(type(intent))
    return stay(scene.position, "notice.unreadable_button") if flow is None else flow(scene, intent)


_FLOWS: dict[type[intents.Intent], Callable[..., Move]] = {
    intents.Resume: lambda scene, _: navigation.resume(scene),
    intents.PickUp: lambda scene, _: navigation.resume(scene),
    intents.SetWalk: lambda scene, intent: navigation.set_walk(scene, intent.walk),
    intents.Choose: items.choose,
    intents.Rate: items.rate,
    intents.Count: facts.count,
    intents.Tick: facts.tick,
    intents.Mark: groups.mark,
    intents.ConfirmRest: groups.confirm_rest,
    intents.Undo: lambda scene, intent: undo.undo(scene, intent.action),
    intents.AnswerVeto: vetoes.answer,
    intents.DeclareVeto: vetoes.declare,
    intents.KeepAsNote: words.keep_as_note,
    evidence_intents.RemoveEvidence: evidence.remove,
    evidence_intents.ShowEvidence: evidence.show,
    evidence_intents.PlaceEvidence: evidence.put,
    workbook_intents.FetchWorkbook: imports.fetch,
    workbook_intents.TakeOver: imports.take_over,
    workbook_intents.SettleImport: imports.settle,
    workbook_intents.DropImport: imports.drop,
    station_intents.Assign: sharing.assign,
    station_intents.PutMine: items.put_mine,
    check_intents.StartMeasure: measures.start,
    check_intents.Mend: check.mend,
    form_intents.FillChoice: form_fields.fill_choice,
    form_intents.ClearEntry: form_fields.clear,
    form_intents.ReplaceEntry: form_fields.put_mine,
    form_intents.NewRow: form_rows.begin,
    form_intents.CopyRow: form_rows.copy,
    form_intents.DeleteRow: form_rows.delete,
    form_intents.ConfirmPaste: form_rows.confirm,
    report_intents.FetchReport: report.fetch,
    report_intents.SealReport: report.seal,
    report_intents.ReopenReport: report.reopen,
    report_intents.ShowStamped: stamped.show,
}

_BESIDE: dict[type[intents.Intent], Callable[..., Move]] = {
    station_intents.StartSelfAssessment: stations.start,
    station_intents.Agree: joining.agree,
    station_intents.Decline: joining.decline,
    station_intents.Invite: stations.invite,
    station_intents.Withdraw: stations.withdraw,
    station_intents.Admit: stations.admit,
    station_intents.Refuse: stations.refuse,
    station_intents.Remove: stations.remove,
    station_intents.Deputise: stations.deputise,
    station_intents.Forget: privacy.forget,
    station_intents.FetchMyData: privacy.fetch,
}
"""What needs no assessment."""


def _type(position: Position, given: Typed, world: World) -> Move:
    if not given.text.strip():
        return stay(position, "notice.empty_text")
    invitation = joining.at_hand(position.place, world) if position.place.kind is PlaceKind.INVITATION else None
    if invitation is not None:
        return joining.typed(position, world, invitation, given.text)
    if world.assessment is None:
        return Move(go(position, HOME), notice=Notice(say("notice.nothing_begun")))
    scene = Scene(position, world, world.assessment)
    move = words.typed(scene, _told(position, given))
    if not given.was_cleaned or move.notice is None:
        return move
    return replace(move, notice=replace(move.notice, text=say("notice.cleaned", notice=move.notice.text)))


def _told(position: Position, given: Typed) -> str:
    """The words; for a table with the tabs that stand between its cells."""
    is_table = position.place.kind in (PlaceKind.TABLE, PlaceKind.PASTE)
    return (is_table and given.tabbed) or given.text


def _file(position: Position, given: Sent | Recaptioned | Returned, world: World) -> Move:
    if world.assessment is None:
        return Move(go(position, HOME), notice=Notice(say("notice.nothing_begun")))
    scene = Scene(position, world, world.assessment)
    if isinstance(given, Returned):
        return imports.returned(scene, given)
    if isinstance(given, Sent) and isinstance(given.file, KeptFile) and stamped.is_expected(position, world.assessment):
        return stamped.received(scene, given.file, given.caption, given.album)
    return evidence.sent(scene, given) if isinstance(given, Sent) else evidence.recaption(scene, given)


def _turn(move: Move, world: World) -> Turn:
    assessment, locale = world.assessment, world.locale
    for event in move.events:
        if isinstance(event, AssessmentStarted):
            assessment = event.assessment
        elif isinstance(event, LanguageChosen):
            locale = event.locale
        elif isinstance(event, PersonForgotten):
            assessment = None
        elif assessment is not None and not isinstance(event, PersonTold | StationEvent):
            assessment = apply(assessment, event, by=world.person, at=world.now)
    changed = [event for event in move.events if isinstance(event, StationEvent)]
    roster = after(world.roster, changed, person=world.person, now=world.now)
    archive = Afterwards(world, assessment, move.events) if assessment is not None and move.events else world.archive
    now = replace(world, assessment=assessment, locale=locale, roster=roster, archive=archive)
    position = _seeing(_standing(move.position, now), assessment, world.rubric)
    notice = move.notice if assessment is None else check.with_what_arose(move.notice, move.events, world, assessment)
    return Turn(position, move.events, draw(position, now), notice, assessment, locale, move.document)


def _standing(position: Position, world: World) -> Position:
    """The position, or the card behind it when what happened has taken away what it was about."""
    if navigation.is_real(position.place, world):
        return position
    return go(position, position.back if navigation.is_real(position.back, world) else HOME)


def _seeing(position: Position, assessment: Assessment | None, rubric: Rubric) -> Position:
    """The position, knowing what the person sees of the item that they are at, where colleagues may change it."""
    is_shared = assessment is not None and assessment.kind is Kind.SELF_ASSESSMENT
    seen = _revision_at(position.place, assessment, rubric) if assessment is not None and is_shared else 0
    return position if position.seen == seen else replace(position, seen=seen)


def _revision_at(place: Place, assessment: Assessment, rubric: Rubric) -> int:
    if place.kind is PlaceKind.GROUP:
        return groups.group_revision(assessment, rubric.groups_by_id[place.subject])
    if place.kind is PlaceKind.WRITE_EXPLANATION:
        return assessment.entry(explanation_subject(place.subject)).revision
    record = assessment.entry if place.kind is PlaceKind.FIELD else assessment.item
    return record(place.subject).revision
