"""What evidence can be about, an item of the table or a section of the form, and which of its places are real."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from bot.dialogue.flows import form_places
from bot.dialogue.position import Place, PlaceKind
from bot.evidence.sets import UNPLACED, set_subject

if TYPE_CHECKING:
    from bot.assessments.model import Subject
    from bot.dialogue.world import World
    from bot.forms.model import Section

KINDS: Final = frozenset({PlaceKind.EVIDENCE, PlaceKind.WRITE_WHEREABOUTS, PlaceKind.UNPLACED_FILE})
_IN_SECTIONS: Final = {*form_places.KINDS, PlaceKind.HISTORY, PlaceKind.EVIDENCE, PlaceKind.WRITE_WHEREABOUTS}


def is_real(place: Place, world: World) -> bool:
    """Whether there is such an item or section, or files of that number wait to be told what they belong to."""
    if place.kind is PlaceKind.UNPLACED_FILE:
        return _is_waiting(place.subject, world)
    return exists(place.subject, world)


def exists(about: Subject, world: World) -> bool:
    """Whether it is an item of the table or a section of the form."""
    return about in world.rubric.items or section_of(about, world) is not None


def sections(world: World) -> tuple[Section, ...]:
    """The sections of the form that evidence can be about: those that ask something."""
    return () if world.form is None else tuple(each for each in world.form.sections if not each.is_free)


def section_of(about: Subject, world: World) -> Section | None:
    """The section of that id; None for anything else."""
    return next((each for each in sections(world) if each.id == about), None)


def subject_at(place: Place, world: World) -> Subject:
    """What a file that comes there belongs to: the item, the section that the field is in, or nothing yet."""
    if place.kind is not PlaceKind.GROUP and place.subject in world.rubric.items:
        return place.subject
    section = place.subject.partition(".")[0] if place.kind in _IN_SECTIONS else UNPLACED
    return section if exists(section, world) else UNPLACED


def named(words: str, world: World) -> Subject:
    """What words in compatible characters name: an item by its id, a section by its heading, or nothing."""
    found = (each.id for each in sections(world) if unicodedata.normalize("NFKC", each.label) == words)
    return words if words in world.rubric.items else next(found, UNPLACED)


def name_of(about: Subject, world: World) -> str:
    """What people call it: the id of an item, the heading of a section."""
    section = section_of(about, world)
    return about if section is None else section.label


def card_of(about: Subject, world: World) -> Place:
    """The screen of the item or section itself."""
    return Place(PlaceKind.ITEM if about in world.rubric.items else PlaceKind.FORM_SECTION, about)


def _is_waiting(number: str, world: World) -> bool:
    is_number = number.isascii() and number.isdigit() and number == str(int(number))
    if not is_number or world.assessment is None:
        return False
    return bool(world.assessment.entry(set_subject(UNPLACED, int(number))).value)
