"""Qualifications that a document of the State Council cancelled, and the names that are like one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.forms.notations import BEHIND_AN_OCCUPATION
from bot.forms.rows import rows
from bot.forms.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.forms.rows import Written

OCCUPATIONS: Final = "cancelled.occupations"
"""The table of the form that takes the occupations one by one."""

_TABLES: Final = (OCCUPATIONS, "licence.scope", "registration.appraisals")
_COLUMN: Final = "occupation"
_ENOUGH: Final = 2
"""So many signs of one name, found in another, make the two alike."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """One line of a document's list; `date` is the document's, such as 2015-02-24."""

    document: str
    name: str
    date: str
    code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """An occupation of a station whose name is like a cancelled one: a question, never a verdict."""

    occupation: str
    item: Cancelled


def occupations_of(entries: Mapping[str, Written]) -> tuple[str, ...]:
    """Every occupation that the station names: checked, licensed or appraised, each once."""
    named = (row.cells.get(_COLUMN, "") for path in _TABLES for row in rows(entries, path))
    return tuple(dict.fromkeys(each for each in named if each))


def alike(occupations: Iterable[str], items: Iterable[Cancelled]) -> tuple[Alike, ...]:
    """Which of the occupations are like which lines of the lists."""
    lines = [(_bare(item.name), item) for item in items]
    return tuple(
        Alike(occupation, item)
        for occupation in occupations
        for name, item in lines
        if _are_alike(_bare(occupation), name)
    )


def _are_alike(one: str, other: str) -> bool:
    if one == other:
        return bool(one)
    short, long = sorted((one, other), key=len)
    return len(short) >= _ENOUGH and short in long


def _bare(name: str) -> str:
    """The letters of a name alone, without what stands behind most of them."""
    letters = "".join(sign for sign in folded(name).lower() if sign.isalnum())
    return letters.rstrip(BEHIND_AN_OCCUPATION) or letters
