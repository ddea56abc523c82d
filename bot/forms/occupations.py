"""Occupations by name, with what a list of them suggests; the list is incomplete and refuses nothing."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Final

from bot.forms.outcomes import Cleaned, Cleaning, Remark, Said
from bot.forms.words import folded

_ALIKE: Final = 0.6
_SUGGESTED: Final = 3


@dataclass(frozen=True, slots=True)
class Occupation:
    """A 职业 by its name in the national classification, and what it was called before."""

    name: str
    aliases: tuple[str, ...]


@cache
def occupations() -> tuple[Occupation, ...]:
    """The list that ships with zicha."""
    text = (files("bot.forms") / "data" / "occupations.csv").read_text(encoding="utf-8")
    read = csv.DictReader(text.splitlines())
    return tuple(Occupation(row["name"], tuple(row["aliases"].split())) for row in read)


def occupation(words: str) -> Cleaning:
    """The name as it was written; one that the list does not have, but nearly, with a remark that asks."""
    near = suggest(words)
    if not near or words in near:
        return Cleaned(words)
    return Cleaned(words, Said(Remark.OCCUPATION, {"name": near[0]}))


def suggest(words: str) -> tuple[str, ...]:
    """The names of the list that are nearest to the words, best first; an alias suggests its name."""
    word = folded(words)
    names = {name: each.name for each in occupations() for name in (each.name, *each.aliases)}
    near = [word] if word in names else get_close_matches(word, names, n=_SUGGESTED, cutoff=_ALIKE)
    return tuple(dict.fromkeys(names[each] for each in near))
