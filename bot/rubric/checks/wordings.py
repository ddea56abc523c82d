"""Rules about our own words: every language complete, buttons short, and a gloss that says more than the item."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from bot.data_files.findings import Finding
from bot.rubric.checks.walk import items
from bot.rubric.codes import RubricCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.data_files.findings import Path
    from bot.rubric.levels_source import FactsSource, LevelSource
    from bot.rubric.source import ItemSource, RubricSource

LOCALES: Final = ("zh_CN", "en")
LABEL_COLUMNS: Final = 40
"""The widest label of a button, in columns of a phone; a Chinese character takes two."""


def check_chapter_wordings(source: RubricSource) -> Iterator[Finding]:
    """R050, R051 and R052 on scales and items."""
    for name, scale in source.scales.items():
        yield from _levels(scale, ("scales", name))
    for place in items(source):
        yield from _item(place.item, place.path)


def check_group_wordings(source: RubricSource) -> Iterator[Finding]:
    """R050 on the titles of groups."""
    for number, group in enumerate(source.groups):
        yield from _complete(group.title, ("groups", number, "title"))


def check_veto_wordings(source: RubricSource) -> Iterator[Finding]:
    """R050 and R051 on conditions and their choices."""
    for number, veto in enumerate(source.vetoes):
        path: Path = ("vetoes", number)
        yield from _complete(veto.question, (*path, "question"))
        for place, choice in enumerate(veto.choices):
            yield from _label(choice.label, (*path, "choices", place, "label"))
        if veto.details is not None:
            yield from _complete(veto.details, (*path, "details"))
        if veto.special is not None:
            yield from _complete(veto.special, (*path, "special"))


def check_outcome_wordings(source: RubricSource) -> Iterator[Finding]:
    """R050 and R051 on outcomes."""
    for number, outcome in enumerate(source.outcomes or []):
        yield from _label(outcome.label, ("outcomes", number, "label"))


def check_own_wordings(source: RubricSource) -> Iterator[Finding]:
    """R050 on the heading and the closing words."""
    for key, words in (("heading", source.heading), ("closing", source.closing)):
        if words is not None:
            yield from _complete(words, (key,))


def columns(text: str) -> int:
    """How many columns a text takes on a phone."""
    return sum(2 if unicodedata.east_asian_width(character) in "FWA" else 1 for character in text)


def _item(item: ItemSource, path: Path) -> Iterator[Finding]:
    yield from _complete(item.gloss, (*path, "gloss"))
    for locale, gloss in item.gloss.items():
        if gloss.strip() == item.text.strip():
            yield Finding(RubricCode.GLOSS_IS_ITEM, (*path, "gloss", locale))
    if isinstance(item.levels, list):
        yield from _levels(item.levels, (*path, "levels"))
    if item.not_applicable is not None:
        yield from _label(item.not_applicable.when, (*path, "not_applicable", "when"))
    if item.facts is not None:
        yield from _facts(item.facts, (*path, "facts"))


def _facts(facts: FactsSource, path: Path) -> Iterator[Finding]:
    for kind in ("rate", "measure", "deduction"):
        figures = getattr(facts, kind)
        if figures is not None:
            yield from _complete(figures.unit, (*path, kind, "unit"))
    if facts.proofs is not None:
        for number, proof in enumerate(facts.proofs.of):
            yield from _label(proof.label, (*path, "proofs", "of", number, "label"))


def _levels(levels: list[LevelSource], path: Path) -> Iterator[Finding]:
    for number, level in enumerate(levels):
        yield from _label(level.when, (*path, number, "when"))


def _label(wording: Mapping[str, str], path: Path) -> Iterator[Finding]:
    yield from _complete(wording, path)
    for locale, label in wording.items():
        if columns(label) > LABEL_COLUMNS:
            details = {"columns": columns(label), "most": LABEL_COLUMNS}
            yield Finding(RubricCode.LABEL_TOO_LONG, (*path, locale), details)


def _complete(wording: Mapping[str, str], path: Path) -> Iterator[Finding]:
    for locale in LOCALES:
        if not wording.get(locale, "").strip():
            yield Finding(RubricCode.LOCALE_MISSING, path, {"locale": locale})
