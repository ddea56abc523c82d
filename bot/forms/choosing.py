"""Choices by their number, letter or words, and several levels at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.forms import notations
from bot.forms.outcomes import Cleaned, Cleaning, Fault, Unclean
from bot.forms.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.forms.model import Choice, Field

LEVELS_BETWEEN = ","
"""What stands between the ids in a canonical value."""


def choice(field: Field, words: str) -> Cleaning:
    """The id of the choice that is meant by its id, label, meaning or number."""
    found = _meant(field, words)
    if found is None:
        return Unclean(Fault.NOT_A_CHOICE, {"choices": _offered(field)})
    return Cleaned(found.id)


def levels(field: Field, words: str) -> Cleaning:
    """The ids of the levels that are meant, in the order of the field."""
    found = [_meant(field, word) for word in notations.BETWEEN_LEVELS.split(folded(words)) if word]
    meant = {each.id for each in found if each is not None}
    if not found or None in found:
        return Unclean(Fault.NOT_LEVELS, {"choices": _offered(field)})
    return Cleaned(written(field, meant))


def written(field: Field, ids: Iterable[str]) -> str:
    """Several choices as one canonical value."""
    chosen = set(ids)
    return LEVELS_BETWEEN.join(choice.id for choice in field.choices if choice.id in chosen)


def chosen(value: str) -> tuple[str, ...]:
    """The ids in a canonical value of levels."""
    return tuple(each for each in value.split(LEVELS_BETWEEN) if each)


def _meant(field: Field, words: str) -> Choice | None:
    word = folded(words).casefold()
    for each in field.choices:
        if word == each.id:
            return each
    for number, each in enumerate(field.choices, start=1):
        names = {folded(name).casefold() for name in (each.label, *each.meaning.by_locale.values())}
        if word == str(number) or word in names or word.removesuffix(notations.BEHIND_A_LEVEL) in names:
            return each
    return None


def _offered(field: Field) -> str:
    return " / ".join(each.label for each in field.choices)
