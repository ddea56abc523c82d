"""One step of the conversation: where a person is and what they did, to what happens and what they see."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.assessments.events import apply
from bot.dialogue import access, deeplinks, intents
from bot.dialogue.deeplinks import Link
from bot.dialogue.flows import facts, groups, items, navigation, undo, vetoes, words
from bot.dialogue.given import Command, Commanded, Given, Odd, Tapped, Typed
from bot.dialogue.position import HOME, Place, PlaceKind, Position
from bot.dialogue.scene import Scene, go, stay
from bot.dialogue.screen import Notice, say
from bot.dialogue.screens import draw
from bot.dialogue.turn import AssessmentStarted, LanguageChosen, Move, Turn

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.dialogue.world import World


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
        case Odd():
            move = stay(position, f"notice.{given.oddity.value}")
    return _turn(move, world)


def show(position: Position, world: World) -> Turn:
    """The screen of the present position, as it stands now; nothing happens."""
    return _turn(Move(_settled(position, world)), world)


def _settled(position: Position, world: World) -> Position:
    if world.assessment is not None and position.assessment != world.assessment.id:
        position = Position(assessment=world.assessment.id, walk=position.walk)
    if world.assessment is None:
        position = replace(position, assessment=None, back=HOME, last_action=0)
    if not _is_open(position.back, world):
        position = replace(position, back=HOME)
    return position if _is_open(position.place, world) else go(position, HOME)


def _is_open(place: Place, world: World) -> bool:
    return _is_met(access.PLACES[place.kind], world) and navigation.is_real(place, world)


def _is_met(rule: access.Access, world: World) -> bool:
    return rule is access.Access.ANYBODY or world.assessment is not None


def _command(position: Position, given: Commanded, world: World) -> Move:
    command = given.command
    if not _is_met(access.COMMANDS[command], world):
        return Move(go(position, HOME), notice=Notice(say("notice.nothing_begun")))
    if command is Command.START and given.argument:
        return _follow(position, deeplinks.read(given.argument), world)
    if command is Command.CANCEL:
        return navigation.cancel(position, world)
    if command is Command.UNDO and world.assessment is not None:
        return undo.undo(Scene(position, world, world.assessment), position.last_action)
    return Move(go(position, Place(_SCREENS_OF_COMMANDS[command])))


def _follow(position: Position, link: Link, world: World) -> Move:
    match link:
        case Link.SCORE:
            return _command(position, Commanded(Command.SCORE), world)
        case Link.INVITATION:
            return Move(go(position, Place(PlaceKind.INVITATION)))
        case Link.UNKNOWN:
            return Move(go(position, HOME), notice=Notice(say("notice.unknown_link")))


_SCREENS_OF_COMMANDS = {
    Command.START: PlaceKind.HOME,
    Command.HELP: PlaceKind.HELP,
    Command.LANGUAGE: PlaceKind.LANGUAGE,
    Command.SCORE: PlaceKind.SCORE,
    Command.MAP: PlaceKind.MAP,
    Command.VETO: PlaceKind.VETOES,
}


def _tap(position: Position, given: Tapped, world: World) -> Move:
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
    if world.assessment is None or not _is_met(access.INTENTS[type(intent)], world):
        return Move(go(position, HOME), notice=Notice(say("notice.nothing_begun")))
    return _fill(Scene(position, world, world.assessment), intent)


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
}


def _type(position: Position, given: Typed, world: World) -> Move:
    if not given.text.strip():
        return stay(position, "notice.empty_text")
    if world.assessment is None:
        return Move(go(position, HOME), notice=Notice(say("notice.nothing_begun")))
    move = words.typed(Scene(position, world, world.assessment), given.text)
    if not given.was_cleaned or move.notice is None:
        return move
    return replace(move, notice=replace(move.notice, text=say("notice.cleaned", notice=move.notice.text)))


def _turn(move: Move, world: World) -> Turn:
    assessment, locale = world.assessment, world.locale
    for event in move.events:
        if isinstance(event, AssessmentStarted):
            assessment = event.assessment
        elif isinstance(event, LanguageChosen):
            locale = event.locale
        elif assessment is not None:
            assessment = apply(assessment, event, by=world.person, at=world.now)
    now = replace(world, assessment=assessment, locale=locale)
    return Turn(move.position, move.events, draw(move.position, now), move.notice, assessment, locale)
