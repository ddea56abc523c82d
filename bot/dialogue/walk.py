"""The order in which a station is asked: cards of the table one after the other, then the six conditions."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bot.dialogue.position import Place, PlaceKind, Walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.assessments.model import Assessment
    from bot.rubric.model import ItemId, Rubric


@lru_cache(maxsize=64)
def cards(rubric: Rubric, walk: Walk) -> tuple[Place, ...]:
    """Every card of the walk, in the order of the table; a group stands where its first item does."""
    if walk is Walk.SINGLE:
        return tuple(Place(PlaceKind.ITEM, item_id) for item_id in rubric.items)
    return tuple(dict.fromkeys(card_of(rubric, item_id, walk) for item_id in rubric.items))


@lru_cache(maxsize=64)
def _order(rubric: Rubric, walk: Walk) -> Mapping[Place, int]:
    """Where each card stands among `cards`, from 0."""
    return {card: number for number, card in enumerate(cards(rubric, walk))}


def card_of(rubric: Rubric, item_id: ItemId, walk: Walk) -> Place:
    """The card on which the walk asks this item."""
    group = rubric.group_of.get(item_id) if walk is Walk.GROUPED else None
    return Place(PlaceKind.ITEM, item_id) if group is None else Place(PlaceKind.GROUP, group.id)


def items_of(rubric: Rubric, card: Place) -> tuple[ItemId, ...]:
    """The items that a card asks."""
    return rubric.groups_by_id[card.subject].items if card.kind is PlaceKind.GROUP else (card.subject,)


def open_items(rubric: Rubric, assessment: Assessment, card: Place) -> tuple[ItemId, ...]:
    """The items of a card that have no answer yet."""
    return tuple(item_id for item_id in items_of(rubric, card) if assessment.item(item_id).answer is None)


def next_open(rubric: Rubric, assessment: Assessment, walk: Walk, after: Place) -> Place:
    """The next card with something open, from `after` on and round the table; then the conditions; then the score."""
    return _search(rubric, assessment, walk, after, skipped=None)


def next_other(rubric: Rubric, assessment: Assessment, walk: Walk, after: Place) -> Place:
    """The same, leaving `after` itself open for later."""
    skipped = _standing(rubric, walk, after)
    return _search(rubric, assessment, walk, after, skipped)


def first_open(rubric: Rubric, assessment: Assessment, walk: Walk) -> Place:
    """The first place in the whole walk with something open."""
    return next_open(rubric, assessment, walk, cards(rubric, walk)[0])


def previous_card(rubric: Rubric, walk: Walk, place: Place) -> Place:
    """The card before this one; before the first comes the first."""
    before = _order(rubric, walk)[_standing(rubric, walk, place)] - 1
    return cards(rubric, walk)[max(before, 0)]


def next_veto(rubric: Rubric, assessment: Assessment, after: str) -> Place:
    """The next unsettled condition behind `after`, and round; the score when all are settled."""
    ids = list(rubric.vetoes_by_id)
    start = ids.index(after) + 1 if after in ids else 0
    for veto_id in ids[start:] + ids[: max(start - 1, 0)]:
        if not assessment.veto(veto_id).is_settled:
            return Place(PlaceKind.VETO, veto_id)
    return Place(PlaceKind.SCORE)


def _standing(rubric: Rubric, walk: Walk, place: Place) -> Place:
    if place.kind is PlaceKind.GROUP and walk is Walk.SINGLE:
        return Place(PlaceKind.ITEM, items_of(rubric, place)[0])
    return card_of(rubric, place.subject, walk) if place.kind is not PlaceKind.GROUP else place


def _search(rubric: Rubric, assessment: Assessment, walk: Walk, after: Place, skipped: Place | None) -> Place:
    order = cards(rubric, walk)
    start = _order(rubric, walk)[_standing(rubric, walk, after)]
    for card in order[start:] + order[:start]:
        if card != skipped and open_items(rubric, assessment, card):
            return card
    return next_veto(rubric, assessment, after="")
