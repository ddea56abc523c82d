"""What a card shows of the others who fill in the same assessment: who wrote it, who is on it, whose chapter it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.assessments.model import Kind
from bot.dialogue.flows.sharing import assigned_to
from bot.dialogue.flows.stations import leads
from bot.dialogue.phrases import author_of
from bot.dialogue.position import Place, PlaceKind
from bot.dialogue.screen import Block, line, say
from bot.dialogue.screens.view import Row, View, opening

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from bot.assessments.model import PersonId
    from bot.stations.model import Presence

NOW: Final = timedelta(minutes=10)
"""Whoever did something so lately counts as being there."""


def who(view: View, by: PersonId, at: datetime | None) -> Iterable[Block]:
    """Who answered, and when."""
    if by and at is not None and is_shared(view):
        yield line(say("item.by", author=author_of(by, view.world), at=at))


def beside(view: View, item_id: str) -> Iterable[Block]:
    """Who else is on this item just now."""
    others = tuple(author_of(each.person, view.world) for each in _others(view) if item_of(each) == item_id)
    if others:
        yield line(say("company.beside", names=others))


def everybody(view: View) -> Iterable[Block]:
    """Who else is where in this assessment just now."""
    for each in _others(view):
        if item_of(each) in view.rubric.items:
            yield line(say("company.at", name=author_of(each.person, view.world), item=item_of(each)))


def keeper(view: View, chapter: str) -> Iterable[Block]:
    """Whose the chapter is to fill in."""
    person = assigned_to(view.assessment, chapter) if is_shared(view) else 0
    if person:
        yield line(say("company.keeper", name=author_of(person, view.world)))


def giving(view: View, chapter: str) -> Row:
    """The way to give a chapter to somebody."""
    station = view.assessment.station
    if station is None or not leads(view.world, station):
        return ()
    return (opening(say("button.assign"), Place(PlaceKind.ASSIGN, chapter)),)


def is_shared(view: View) -> bool:
    """Whether others may fill in the assessment as well."""
    return view.assessment.kind is Kind.SELF_ASSESSMENT


def item_of(presence: Presence) -> str:
    """The item that somebody is at, if it is one: a place's code is its letter and what it is about."""
    return presence.place[1:]


def _others(view: View) -> Iterator[Presence]:
    if is_shared(view):
        present = view.world.roster.present(view.world.now - NOW)
        yield from (each for each in present if each.person != view.world.person)
