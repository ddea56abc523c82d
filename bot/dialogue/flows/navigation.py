"""Getting about: the start, a new practice run, going on, opening a screen, the way of walking, the language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.assessments.model import Assessment, Kind
from bot.dialogue import walk
from bot.dialogue.flows import check, evidence_places, form_places, imports, report, station_places
from bot.dialogue.position import Place, PlaceKind, Position, Walk
from bot.dialogue.scene import go, stay
from bot.dialogue.screen import Notice, say
from bot.dialogue.turn import AssessmentStarted, LanguageChosen, Move
from bot.rubric.facts import RateFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from bot.assessments.model import AssessmentId
    from bot.dialogue.scene import Scene
    from bot.dialogue.world import World
    from bot.rubric.model import Item, Veto


def start_practice(position: Position, drawn_for: AssessmentId | None, world: World) -> Move:
    """A new 试填 begins at the first card; an earlier one stays on the shelf.

    A button that was drawn for another assessment than the person is in now has been tapped before: nothing begins.
    """
    if drawn_for != position.assessment:
        return stay(position, "notice.already_begun")
    assessment = Assessment(
        id=world.archive.fresh_id(),
        rubric_id=world.rubric.id,
        rubric_version=world.rubric.version,
        kind=Kind.PRACTICE,
        owner=world.person,
        created_at=world.now,
        form=world.practice_form,
    )
    first = walk.first_open(world.rubric, assessment, position.walk)
    begun = Position(place=first, assessment=assessment.id, walk=position.walk, back=first)
    return Move(begun, (AssessmentStarted(assessment),), Notice(say("notice.practice_started")))


def resume(scene: Scene) -> Move:
    """Go on where something is open, beginning at the card that was left."""
    card = scene.card
    if card.kind is PlaceKind.GROUP or card.subject in scene.rubric.items:
        return scene.go(walk.next_open(scene.rubric, scene.assessment, scene.position.walk, _as_card(card)))
    return scene.go(walk.first_open(scene.rubric, scene.assessment, scene.position.walk))


def set_walk(scene: Scene, chosen: Walk) -> Move:
    """The walk goes on at the same place, by group cards or item by item."""
    position = replace(scene.position, walk=chosen)
    card = scene.card
    if card.kind is not PlaceKind.GROUP and card.subject not in scene.rubric.items:
        return Move(position)
    if chosen is Walk.GROUPED:
        return Move(go(position, walk.card_of(scene.rubric, walk.items_of(scene.rubric, card)[0], chosen)))
    ids = walk.open_items(scene.rubric, scene.assessment, card) or walk.items_of(scene.rubric, card)
    return Move(go(position, Place(PlaceKind.ITEM, ids[0])))


def open_place(position: Position, world: World, place: Place) -> Move:
    """Open a screen that really exists; anything else is a button of another version."""
    if not is_real(place, world):
        return stay(position, "notice.unreadable_button")
    return Move(go(position, place))


def is_real(place: Place, world: World) -> bool:
    """Whether the rubric has what the place is about."""
    for kinds, is_there in _ELSEWHERE:
        if place.kind in kinds:
            return is_there(place, world)
    rubric, subject = world.rubric, place.subject
    match place.kind:
        case kind if kind in _ABOUT_ITEMS:
            real = subject in rubric.items and _is_offered(kind, rubric.items[subject])
        case kind if kind in _ABOUT_VETOES:
            veto_id, _, choice_id = subject.partition("/")
            real = veto_id in rubric.vetoes_by_id and _is_asked(place, rubric.vetoes_by_id[veto_id], choice_id)
        case PlaceKind.HISTORY:
            real = subject in rubric.items or subject in rubric.vetoes_by_id or form_places.has_field(subject, world)
        case PlaceKind.GROUP:
            real = subject in rubric.groups_by_id
        case PlaceKind.CHAPTER:
            real = any(chapter.id == subject for chapter in rubric.chapters)
        case _:
            real = not subject
    return real


_ELSEWHERE: Final[tuple[tuple[Collection[PlaceKind], Callable[[Place, World], bool]], ...]] = (
    (station_places.KINDS, station_places.is_real),
    (form_places.KINDS, form_places.is_real),
    ((PlaceKind.IMPORT,), imports.is_real),
    (check.KINDS, check.is_real),
    (evidence_places.KINDS, evidence_places.is_real),
    (report.KINDS, report.is_real),
)
"""The parts of the conversation that know their own places."""


def _is_offered(kind: PlaceKind, item: Item) -> bool:
    if kind is PlaceKind.WRITE_EXCUSE:
        return item.not_applicable is not None
    return kind is not PlaceKind.WRITE_RATE or isinstance(item.facts, RateFacts)


def _is_asked(place: Place, veto: Veto, choice_id: str) -> bool:
    if place.kind in (PlaceKind.VETO_CONFIRM, PlaceKind.WRITE_VETO_REASON):
        choice = veto.choice(choice_id)
        return choice is not None and choice.declares is (place.kind is PlaceKind.VETO_CONFIRM)
    offered = {PlaceKind.WRITE_VETO_DETAILS: veto.details, PlaceKind.WRITE_VETO_SPECIAL: veto.special}
    return place.subject == veto.id and (place.kind is PlaceKind.VETO or offered[place.kind] is not None)


def choose_language(position: Position, locale: str, world: World) -> Move:
    """The person wants to be spoken to in this language."""
    if locale not in world.locales:
        return stay(position, "notice.unreadable_button")
    return Move(go(position, position.back), (LanguageChosen(locale),), Notice(say("notice.language_chosen")))


def cancel(position: Position, world: World) -> Move:
    """Leave what was being written, or go back to the card that was left; everything recorded stays."""
    place = position.place
    if place.kind in _WRITING and evidence_places.exists(place.subject, world):
        card = evidence_places.card_of(place.subject, world)
        return Move(go(position, card), notice=Notice(say("notice.cancelled")))
    if place.kind is PlaceKind.WRITE_EXPLANATION:
        found = Place(PlaceKind.FINDING, place.subject)
        return Move(go(position, found), notice=Notice(say("notice.cancelled")))
    if place.kind in report.KINDS and place != report.PLACE:
        return Move(go(position, report.PLACE), notice=Notice(say("notice.cancelled")))
    if place.kind in _WRITING_ON_VETOES:
        veto = Place(PlaceKind.VETO, place.subject.partition("/")[0])
        return Move(go(position, veto), notice=Notice(say("notice.cancelled")))
    written = form_places.left(place)
    if written is not None:
        return Move(go(position, written), notice=Notice(say("notice.cancelled")))
    return Move(go(position, position.back), notice=Notice(say("notice.nothing_to_cancel")))


def _as_card(place: Place) -> Place:
    return place if place.kind is PlaceKind.GROUP else Place(PlaceKind.ITEM, place.subject)


_WRITING = {
    PlaceKind.WRITE_NOTE,
    PlaceKind.WRITE_REMEDY,
    PlaceKind.WRITE_EXCUSE,
    PlaceKind.WRITE_RATE,
    PlaceKind.UNPLACED_TEXT,
    PlaceKind.WRITE_WHEREABOUTS,
}
_ABOUT_ITEMS = _WRITING | {PlaceKind.ITEM}
_WRITING_ON_VETOES = {
    PlaceKind.VETO_CONFIRM,
    PlaceKind.WRITE_VETO_DETAILS,
    PlaceKind.WRITE_VETO_SPECIAL,
    PlaceKind.WRITE_VETO_REASON,
}
_ABOUT_VETOES = _WRITING_ON_VETOES | {PlaceKind.VETO}
