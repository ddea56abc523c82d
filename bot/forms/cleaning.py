"""Brings what people write into the canonical form of its kind, or says in plain words why that cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.forms import choosing, codes_of_bodies, dates, figures, occupations, phones
from bot.forms.model import FieldKind
from bot.forms.outcomes import Cleaned, Cleaning, Fault, Unclean
from bot.forms.words import has_unseen, lines, one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.forms.model import Field

_LONGEST: Final = {FieldKind.LONG_TEXT: 1000, FieldKind.TEXT: 200, FieldKind.OCCUPATION: 60, FieldKind.NAME: 40}
_LONGEST_OTHER: Final = 80


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around a field: the area code of the station's city, with its 0, or ""."""

    area_code: str = ""


NO_CONTEXT: Final = Context()


def clean(field: Field, text: str, context: Context = NO_CONTEXT) -> Cleaning:
    """The canonical value of a text, or why there is none; a canonical value comes back as it is."""
    if has_unseen(text):
        return Unclean(Fault.UNSEEN)
    most = _LONGEST.get(field.kind, _LONGEST_OTHER)
    words = lines(text) if field.kind is FieldKind.LONG_TEXT else one_line(text)
    if not words:
        return Unclean(Fault.EMPTY)
    if len(words) > most:
        return Unclean(Fault.TOO_LONG, {"most": most, "length": len(words)})
    cleaned = _cleaned(field, words, context)
    if isinstance(cleaned, Cleaned) and len(cleaned.value) > most:
        return Unclean(Fault.TOO_LONG, {"most": most, "length": len(cleaned.value)})
    return cleaned


def _cleaned(field: Field, words: str, context: Context) -> Cleaning:
    if field.kind is FieldKind.PHONE:
        return phones.phone(words, context.area_code)
    if field.kind is FieldKind.CHOICE:
        return choosing.choice(field, words)
    if field.kind is FieldKind.LEVELS:
        return choosing.levels(field, words)
    cleaner = _CLEANERS.get(field.kind)
    return Cleaned(words) if cleaner is None else cleaner(words)


def _name(words: str) -> Cleaning:
    fits = any(character.isalpha() for character in words) and not any(character.isdigit() for character in words)
    return Cleaned(words) if fits else Unclean(Fault.NOT_A_NAME)


_CLEANERS: Final[dict[FieldKind, Callable[[str], Cleaning]]] = {
    FieldKind.NAME: _name,
    FieldKind.DATE: dates.date,
    FieldKind.PERIOD: dates.period,
    FieldKind.YEAR: dates.year,
    FieldKind.NUMBER: figures.number,
    FieldKind.AREA: figures.area,
    FieldKind.POSTCODE: figures.postcode,
    FieldKind.ORG_CODE: codes_of_bodies.organisation_code,
    FieldKind.APPROVAL_NUMBER: codes_of_bodies.approval_number,
    FieldKind.CARD_NUMBER: codes_of_bodies.card_number,
    FieldKind.OCCUPATION: occupations.occupation,
}
